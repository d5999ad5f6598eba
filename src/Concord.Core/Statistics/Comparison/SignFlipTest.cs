namespace Concord.Core.Statistics.Comparison;

/// <summary>The sign-flip permutation test for paired differences: were there no effect, each could as well have the other sign.</summary>
/// <remarks>Source: Fisher (1935), "The Design of Experiments", section 21; the count of draws plus one after Phipson and Smyth (2010),
/// "Permutation P-values Should Never Be Zero", Stat. Appl. Genet. Mol. Biol. 9(1).</remarks>
public static class SignFlipTest
{
    /// <summary>Up to this many differences all sign assignments are tried; above, random ones.</summary>
    public const int ExactUpTo = 20;

    private const double Slack = 1e-12; // sums of the same numbers in another order

    /// <summary>The share of sign assignments whose mean is at least as far from zero as the observed one.</summary>
    /// <param name="differences">Finite paired differences; zeros stay in.</param>
    /// <param name="seed">Seed of the random assignments above <see cref="ExactUpTo"/> differences.</param>
    /// <param name="draws">How many random assignments, 1 or more; then p = (hits + 1) / (draws + 1).</param>
    /// <returns>Above 0, at most 1; null when there are no differences, or their sum is beyond the range of double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no draws.</exception>
    public static double? TwoSidedP(ReadOnlySpan<double> differences, ulong seed, int draws = 9999)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        double sum = 0;
        double size = 0;
        foreach (var difference in differences)
        {
            sum += difference;
            size += Math.Abs(difference);
        }
        if (differences.IsEmpty || !double.IsFinite(size))
            return null;
        var atLeast = Math.Abs(sum) - Slack * size;
        return differences.Length <= ExactUpTo ? Exact(differences, atLeast) : Sampled(differences, atLeast, seed, draws);
    }

    // Every sum of the first half meets every sum of the second, so no sum has many roundings. Sums lie symmetrically about
    // zero: those at the upper end are counted, by walking one sorted half against the other, and doubled.
    private static double Exact(ReadOnlySpan<double> differences, double atLeast)
    {
        if (atLeast <= 0)
            return 1;
        var half = differences.Length / 2;
        var first = SignedSums(differences[..half]);
        var second = SignedSums(differences[half..]);
        Array.Sort(first);
        Array.Sort(second);
        long above = 0;
        var from = second.Length;
        foreach (var a in first)
        {
            while (from > 0 && a + second[from - 1] >= atLeast)
                from--;
            above += second.Length - from;
        }
        return 2.0 * above / ((long)first.Length * second.Length);
    }

    private static double[] SignedSums(ReadOnlySpan<double> differences)
    {
        var sums = new double[1 << differences.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            var filled = 1 << i;
            for (var s = 0; s < filled; s++)
            {
                sums[filled + s] = sums[s] - differences[i];
                sums[s] += differences[i];
            }
        }
        return sums;
    }

    private static double Sampled(ReadOnlySpan<double> differences, double atLeast, ulong seed, int draws)
    {
        // Only sizes matter, and sorted they give one p whatever the order of the pairs and whichever sample is first.
        var sizes = differences.ToArray();
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Abs(sizes[i]);
        Array.Sort(sizes);
        var random = new Xoshiro256(seed);
        var hits = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            double sum = 0;
            ulong signs = 0;
            for (var i = 0; i < sizes.Length; i++)
            {
                if (i % 64 == 0)
                    signs = random.NextUInt64();
                sum += (signs & 1) == 0 ? sizes[i] : -sizes[i];
                signs >>= 1;
            }
            hits += Math.Abs(sum) >= atLeast ? 1 : 0;
        }
        return (hits + 1.0) / (draws + 1.0);
    }
}
