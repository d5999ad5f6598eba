namespace Concord.Core.Statistics.Comparison;

/// <summary>What Wilcoxon's signed-rank test says.</summary>
/// <param name="V">The sum of the ranks of the positive differences, W+: what R reports. Null where the test is undefined.</param>
/// <param name="SmallerSum">The smaller of W+ and W−: what scipy reports two-sided. Null where the test is undefined.</param>
/// <param name="P">0 to 1; null where the test is undefined.</param>
/// <param name="Method"><c>exact</c>, <c>normal</c> or <c>normal-continuity</c>.</param>
/// <param name="Ranked">How many differences were ranked: those that are not zero.</param>
/// <param name="Zeros">How many were zero and left out.</param>
/// <param name="Tied">Whether some of the ranked ones are equally large.</param>
/// <param name="UndefinedBecause">One sentence that says why there is no statistic; null where there is one.</param>
public sealed record WilcoxonResult(
    double? V,
    double? SmallerSum,
    double? P,
    string Method,
    int Ranked,
    int Zeros,
    bool Tied,
    string? UndefinedBecause
);

/// <summary>Wilcoxon's signed-rank test of paired differences.</summary>
/// <remarks>
/// Zeros are left out before ranking, and equal sizes share the mean of their ranks; ties are taken off the variance of the
/// normal distribution. Sizes are equal, or zero, within 10⁻¹⁰ of the largest: .3 − .2 and .2 − .1 are one size.
/// Source: Wilcoxon (1945), "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1(6); Hollander, Wolfe and Chicken (2014), "Nonparametric Statistical
/// Methods", section 3.1.
/// </remarks>
public static class WilcoxonSignedRank
{
    /// <summary>Up to this many differences without ties and zeros the p-value is exact.</summary>
    public const int ExactUpTo = 50;

    private const double Slack = 1e-10;

    /// <summary>Tests whether the differences lie symmetrically about zero.</summary>
    /// <param name="differences">Finite paired differences.</param>
    /// <param name="alternative">What is held against it.</param>
    /// <param name="method">How p is found.</param>
    /// <returns>The sums of ranks and p; undefined where every difference is zero or there is none.</returns>
    public static WilcoxonResult Test(
        ReadOnlySpan<double> differences,
        Alternative alternative = Alternative.TwoSided,
        RankTestMethod method = RankTestMethod.ExactWherePossible
    )
    {
        var slack = Slack * Reasons.Largest(differences);
        var (sizes, positive) = NonZero(differences, slack);
        var (n, zeros) = (sizes.Length, differences.Length - sizes.Length);
        if (n == 0)
            return new(null, null, null, "none", 0, zeros, false, zeros == 0 ? Reasons.Fewer(0, 1) : Reasons.AllZero);
        double v = 0;
        var ranks = MidRanks.Of(sizes, slack);
        for (var i = 0; i < n; i++)
            v += positive[i] ? ranks[i] : 0;
        var all = n * (n + 1.0) / 2;
        var ties = MidRanks.TieTerm(sizes, slack);
        var exact = method == RankTestMethod.ExactWherePossible && zeros == 0 && ties == 0 && n <= ExactUpTo;
        var continuity = method != RankTestMethod.Normal;
        var deviation = Math.Sqrt((n * (n + 1.0) * (2.0 * n + 1) / 24) - (ties / 48));
        return new(
            v,
            Math.Min(v, all - v),
            exact
                ? RankNormal.Exact(Chances(n), (int)v, alternative)
                : RankNormal.P(v - all / 2, deviation, alternative, continuity),
            exact ? "exact"
                : continuity ? "normal-continuity"
                : "normal",
            n,
            zeros,
            ties > 0,
            null
        );
    }

    internal static (double[] Sizes, bool[] Positive) NonZero(ReadOnlySpan<double> differences, double slack)
    {
        var sizes = new List<double>(differences.Length);
        var positive = new List<bool>(differences.Length);
        foreach (var difference in differences)
        {
            if (Math.Abs(difference) <= slack)
                continue;
            sizes.Add(Math.Abs(difference));
            positive.Add(difference > 0);
        }
        return ([.. sizes], [.. positive]);
    }

    // Each rank is in the sum or not, with even chances.
    private static double[] Chances(int n)
    {
        var chances = new double[(n * (n + 1) / 2) + 1];
        chances[0] = 1;
        for (int rank = 1, reached = 0; rank <= n; reached += rank, rank++)
        {
            for (var sum = reached; sum >= 0; sum--)
            {
                chances[sum] /= 2;
                chances[sum + rank] += chances[sum];
            }
        }
        return chances;
    }
}
