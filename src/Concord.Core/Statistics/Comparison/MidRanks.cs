using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics.Comparison;

/// <summary>Ranks from 1, the smallest first; equal values share the mean of their ranks.</summary>
internal static class MidRanks
{
    private const int FewDistinct = 32;
    private const int WorthCounting = 64;

    /// <summary>The rank of each value, in the order given.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="slack">Values this close to the lowest of a tie join it: decimal fractions are not exact in binary.</param>
    public static double[] Of(ReadOnlySpan<double> values, double slack = 0)
    {
        if (slack == 0 && values.Length >= WorthCounting && RanksOfFew(values) is { } known)
            return known;
        var ranks = new double[values.Length];
        var (order, ends) = Ties(values, slack);
        var from = 0;
        foreach (var to in ends)
        {
            foreach (var i in order.AsSpan(from..to))
                ranks[i] = (from + 1 + to) / 2.0;
            from = to;
        }
        return ranks;
    }

    /// <summary>Σ t³ − t over the ties of t values: what ties take from the variance of a sum of ranks.</summary>
    public static double TieTerm(ReadOnlySpan<double> values, double slack = 0)
    {
        double term = 0;
        var from = 0;
        foreach (var to in Ties(values, slack).Ends)
        {
            double tied = to - from;
            term += (tied * tied * tied) - tied;
            from = to;
        }
        return term;
    }

    private static (int[] Order, List<int> Ends) Ties(ReadOnlySpan<double> values, double slack)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ends = new List<int>();
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] - sorted[from] <= slack; )
                to++;
            ends.Add(to);
        }
        return (order, ends);
    }

    // Grades are few distinct numbers: counting them gives the ranks without sorting.
    [MethodImpl(Hot.Loop)]
    private static double[]? RanksOfFew(ReadOnlySpan<double> values)
    {
        Span<double> distinct = stackalloc double[FewDistinct];
        Span<int> counts = stackalloc int[FewDistinct];
        var (known, codes) = (0, new byte[values.Length]);
        for (var i = 0; i < values.Length; i++)
        {
            var at = 0;
            while (at < known && distinct[at] != values[i])
                at++;
            if (at == FewDistinct)
                return null;
            if (at == known)
                (distinct[known], counts[known++]) = (values[i], 0);
            counts[at]++;
            codes[i] = (byte)at;
        }
        Span<double> rankOf = stackalloc double[FewDistinct];
        for (var a = 0; a < known; a++)
        {
            var below = 0;
            for (var b = 0; b < known; b++)
                below += distinct[b] < distinct[a] ? counts[b] : 0;
            rankOf[a] = (below + 1 + below + counts[a]) / 2.0;
        }
        var ranks = new double[values.Length];
        for (var i = 0; i < ranks.Length; i++)
            ranks[i] = rankOf[codes[i]];
        return ranks;
    }
}
