using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.Comparison;

/// <summary>How large a difference is, free of units. All change their sign when the samples change places.</summary>
public static class EffectSize
{
    /// <summary>The mean of paired differences in their standard deviations.</summary>
    /// <remarks>Source: Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", 2nd edition, section 2.3 (d_z).</remarks>
    /// <param name="differences">Finite paired differences.</param>
    /// <returns>No bounds; undefined below two differences, and where all are equal.</returns>
    public static Estimate CohenDz(ReadOnlySpan<double> differences) =>
        PairedT.Test(differences) is { Statistic: { } t } test
            ? new(t / Math.Sqrt(differences.Length))
            : Estimate.Undefined(PairedT.Test(differences).UndefinedBecause!);

    /// <summary>The ranks of the positive differences less those of the negative ones, as a share of all ranks; zeros are left out.</summary>
    /// <remarks>Source: Kerby (2014), "The Simple Difference Formula: An Approach to Teaching Nonparametric Correlation", Comprehensive Psychology 3.</remarks>
    /// <param name="differences">Finite paired differences.</param>
    /// <returns>−1 to 1; undefined where every difference is zero or there is none.</returns>
    public static Estimate MatchedRankBiserial(ReadOnlySpan<double> differences)
    {
        var test = WilcoxonSignedRank.Test(differences);
        return test.V is { } v
            ? new((4 * v / (test.Ranked * (test.Ranked + 1.0))) - 1)
            : Estimate.Undefined(test.UndefinedBecause!);
    }

    /// <summary>The share of pairs across the samples in which the first is larger, less the share in which it is smaller. It ignores pairing.</summary>
    /// <remarks>Source: Cliff (1993), "Dominance Statistics: Ordinal Analyses to Answer Ordinal Questions", Psychol. Bull. 114(3).</remarks>
    /// <param name="a">Finite values.</param>
    /// <param name="b">Finite values.</param>
    /// <returns>−1 to 1; undefined where a sample is empty.</returns>
    public static Estimate CliffDelta(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        MannWhitneyU.Of(a, b) is { } u
            ? new((2 * u / ((double)a.Length * b.Length)) - 1)
            : Estimate.Undefined("A sample is empty.");

    /// <summary>The difference of two means in pooled standard deviations. It ignores pairing.</summary>
    /// <remarks>Source: Cohen (1988), section 2.2, with n − 1 in each variance.</remarks>
    /// <param name="a">Finite values.</param>
    /// <param name="b">Finite values.</param>
    /// <returns>No bounds; undefined where a sample is empty, below three values in all, and where neither sample varies.</returns>
    public static Estimate CohenD(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.IsEmpty || b.IsEmpty || a.Length + b.Length < 3)
            return Estimate.Undefined("The samples need a value each, and three together.");
        var (meanA, meanB) = (Mean.Plain(a), Mean.Plain(b));
        var pooled = Math.Sqrt((Spread.SquaresAround(a, meanA) + Spread.SquaresAround(b, meanB)) / (a.Length + b.Length - 2));
        if (pooled <= Math.Max(Reasons.Largest(a), Reasons.Largest(b)) * 1e-12)
            return Estimate.Undefined(Reasons.NoSpread);
        return Finite.OrNull((meanA - meanB) / pooled) is { } d ? new(d) : Estimate.Undefined(Reasons.TooLarge);
    }

    /// <summary>Cohen's d with the correction for small samples, d (1 − 3 / (4 (n − 2) − 1)).</summary>
    /// <remarks>Source: Hedges (1981), "Distribution Theory for Glass's Estimator of Effect Size and Related Estimators", J. Educ. Stat. 6(2), the approximation.</remarks>
    /// <param name="a">Finite values.</param>
    /// <param name="b">Finite values.</param>
    /// <returns>No bounds; undefined where <see cref="CohenD"/> is.</returns>
    public static Estimate HedgesG(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        CohenD(a, b) is { Value: { } d } ? new(d * (1 - (3 / ((4.0 * (a.Length + b.Length - 2)) - 1)))) : CohenD(a, b);
}
