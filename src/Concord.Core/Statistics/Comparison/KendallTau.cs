namespace Concord.Core.Statistics.Comparison;

/// <summary>Knight's way to tau: sort by one side, then count the swaps that sorting by the other takes.</summary>
internal static class KendallTau
{
    /// <summary>Tau-b of values that vary on both sides.</summary>
    public static double B(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var pairs = new (double A, double B)[a.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (a[i], b[i]);
        Array.Sort(pairs);

        var all = Pairs(pairs.Length);
        var tiedA = Ties(pairs, (x, y) => x.A == y.A);
        var tiedBoth = Ties(pairs, (x, y) => x == y);
        var byB = Array.ConvertAll(pairs, pair => pair.B);
        var discordant = SortAndCountSwaps(byB, new double[byB.Length]);
        var tiedB = Ties(byB, (x, y) => x == y);
        double difference = all - tiedA - tiedB + tiedBoth - 2 * discordant;
        return Math.Clamp(difference / (Math.Sqrt(all - tiedA) * Math.Sqrt(all - tiedB)), -1, 1);
    }

    private static long Pairs(long n) => n * (n - 1) / 2;

    private static long Ties<T>(T[] sorted, Func<T, T, bool> equal)
    {
        long ties = 0;
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && equal(sorted[from], sorted[to]); )
                to++;
            ties += Pairs(to - from);
        }
        return ties;
    }

    private static long SortAndCountSwaps(Span<double> values, Span<double> spare)
    {
        if (values.Length < 2)
            return 0;
        var half = values.Length / 2;
        var swaps = SortAndCountSwaps(values[..half], spare[..half]) + SortAndCountSwaps(values[half..], spare[half..]);
        for (int left = 0, right = half, to = 0; to < values.Length; to++)
        {
            if (right == values.Length || (left < half && values[left] <= values[right]))
            {
                spare[to] = values[left++];
            }
            else
            {
                spare[to] = values[right++];
                swaps += half - left;
            }
        }
        spare.CopyTo(values);
        return swaps;
    }
}
