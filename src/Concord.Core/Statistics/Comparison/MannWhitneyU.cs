namespace Concord.Core.Statistics.Comparison;

/// <summary>The test of Mann and Whitney: whether values of one independent sample tend to be larger. It ignores pairing.</summary>
/// <remarks>
/// U counts the pairs in which the first sample's value is larger, ties half. p is exact without ties and below 50 values on both sides, else by the normal
/// distribution with ties taken off the variance.
/// Source: Mann and Whitney (1947), "On a Test of Whether One of Two Random Variables Is Stochastically Larger than the Other", Ann. Math. Stat. 18(1).
/// </remarks>
public static class MannWhitneyU
{
    /// <summary>Below this many values on both sides, and without ties, the p-value is exact.</summary>
    public const int ExactBelow = 50;

    /// <summary>Tests whether neither sample tends to be larger.</summary>
    /// <param name="a">Finite values.</param>
    /// <param name="b">Finite values.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <param name="method">How p is found.</param>
    /// <returns>U of the first sample, 0 to |a|·|b|, and p; undefined where a sample is empty, and by the normal distribution where all values are equal.</returns>
    public static SignificanceTest Test(
        ReadOnlySpan<double> a,
        ReadOnlySpan<double> b,
        Alternative alternative = Alternative.TwoSided,
        RankTestMethod method = RankTestMethod.ExactWherePossible
    )
    {
        if (Of(a, b) is not { } u)
            return SignificanceTest.Undefined("none", "A sample is empty.");
        double[] pooled = [.. a, .. b];
        var ties = MidRanks.TieTerm(pooled);
        if (method == RankTestMethod.ExactWherePossible && ties == 0 && a.Length < ExactBelow && b.Length < ExactBelow)
            return new(u, RankNormal.Exact(Chances(a.Length, b.Length), (int)u, alternative), "exact");
        double n = pooled.Length;
        double pairs = (double)a.Length * b.Length;
        var variance = pairs / 12 * (n + 1 - (n > 1 ? ties / (n * (n - 1)) : 0));
        var continuity = method != RankTestMethod.Normal;
        var name = continuity ? "normal-continuity" : "normal";
        return variance > pairs * 1e-12
            ? new(u, RankNormal.P(u - (pairs / 2), Math.Sqrt(variance), alternative, continuity), name)
            : SignificanceTest.Undefined(name, "All values are equal, so there is nothing to rank.");
    }

    /// <summary>U of the first sample; null where a sample is empty.</summary>
    internal static double? Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.IsEmpty || b.IsEmpty)
            return null;
        double sum = 0;
        foreach (var rank in MidRanks.Of([.. a, .. b]).AsSpan(0, a.Length))
            sum += rank;
        return sum - (a.Length * (a.Length + 1.0) / 2);
    }

    // The largest of m + n values is of the first sample with chance m/(m+n), and then exceeds all n of the second. Chances, not
    // counts: those pass 2⁵³.
    private static double[] Chances(int first, int second)
    {
        var rows = new double[second + 1][]; // for the present m, by n
        for (var n = 0; n <= second; n++)
            rows[n] = [1];
        for (var m = 1; m <= first; m++)
        {
            for (var n = 1; n <= second; n++)
            {
                var next = new double[(m * n) + 1];
                var (larger, smaller) = (rows[n], rows[n - 1]);
                for (var u = 0; u < larger.Length; u++)
                    next[u + n] += larger[u] * m / (m + n);
                for (var u = 0; u < smaller.Length; u++)
                    next[u] += smaller[u] * n / (m + n);
                rows[n] = next;
            }
        }
        return rows[second];
    }
}
