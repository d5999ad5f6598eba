using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.Comparison;

/// <summary>One number of a paired comparison, under its name in <c>--json</c>.</summary>
/// <param name="Name">Such as <c>paired-t</c>.</param>
/// <param name="Value">The statistic, finite; null where it is undefined.</param>
/// <param name="P">The p-value, 0 to 1; null where it is undefined or the statistic is no test.</param>
/// <param name="Interval">The 95 % interval of the mean difference; null where the statistic has none.</param>
/// <param name="UndefinedBecause">One sentence that says why the value, or an interval that was asked for, is null; else null.</param>
public sealed record PairedStatistic(
    string Name,
    double? Value,
    double? P,
    ConfidenceInterval? Interval,
    string? UndefinedBecause
)
{
    /// <summary>How the p-value was found, and what was done about zeros and ties; null where the statistic is no test, or undefined.</summary>
    public string? How { get; internal init; }

    internal static PairedStatistic Of(string name, Estimate e) =>
        new(name, e.Value, null, e.Interval, e.UndefinedBecause ?? e.NoIntervalBecause);

    internal static PairedStatistic Of(string name, SignificanceTest t) =>
        new(name, t.Statistic, t.P, t.Interval, t.UndefinedBecause) { How = t.UndefinedBecause is null ? t.Method : null };

    internal static PairedStatistic Of(string name, WilcoxonResult w) => Of(name, w, w.V);

    internal static PairedStatistic Of(string name, WilcoxonResult w, double? sum) =>
        new(name, sum, w.P, null, w.UndefinedBecause)
        {
            How = w.UndefinedBecause is not null
                ? null
                : $"{w.Method}{(w.Zeros > 0 ? $", zeros left out: {w.Zeros}" : "")}{(w.Tied ? ", with ties" : "")}",
        };
}

/// <summary>Everything that Concord says about two paired samples. Tests are two-sided, intervals at 95 %, differences first − second.</summary>
/// <param name="Pairs">How many pairs.</param>
/// <param name="MeanA">The mean of the first sample; null without pairs.</param>
/// <param name="MeanB">The mean of the second sample; null without pairs.</param>
/// <param name="Difference">The mean difference with the percentile bootstrap interval.</param>
/// <param name="DifferenceBca">The same with the BCa interval.</param>
/// <param name="SignFlip">The sign-flip permutation test; its statistic is the mean difference.</param>
/// <param name="StudentT">The paired t test with its interval.</param>
/// <param name="Wilcoxon">The signed-rank test, exact where possible.</param>
/// <param name="WilcoxonNormal">The same by the normal distribution.</param>
/// <param name="WilcoxonContinuity">The same by the normal distribution with the correction for continuity.</param>
/// <param name="CohenDz">The mean difference in standard deviations of the differences.</param>
/// <param name="RankBiserial">The matched rank-biserial correlation.</param>
/// <param name="CliffDelta">Cliff's delta; as all below it ignores the pairing.</param>
/// <param name="CohenD">The difference of the means in pooled standard deviations.</param>
/// <param name="HedgesG">The same, corrected for small samples.</param>
/// <param name="Welch">Welch's t test.</param>
/// <param name="MannWhitney">The test of Mann and Whitney.</param>
public sealed record PairedAnalysis(
    int Pairs,
    double? MeanA,
    double? MeanB,
    Estimate Difference,
    Estimate DifferenceBca,
    SignificanceTest SignFlip,
    SignificanceTest StudentT,
    WilcoxonResult Wilcoxon,
    WilcoxonResult WilcoxonNormal,
    WilcoxonResult WilcoxonContinuity,
    Estimate CohenDz,
    Estimate RankBiserial,
    Estimate CliffDelta,
    Estimate CohenD,
    Estimate HedgesG,
    SignificanceTest Welch,
    SignificanceTest MannWhitney
)
{
    /// <summary>Every statistic under its name, in one order.</summary>
    public IReadOnlyList<PairedStatistic> All =>
        [
            new("pairs", Pairs, null, null, null),
            new("mean-a", MeanA, null, null, MeanA is null ? Difference.UndefinedBecause : null),
            new("mean-b", MeanB, null, null, MeanB is null ? Difference.UndefinedBecause : null),
            PairedStatistic.Of("mean-difference", Difference),
            PairedStatistic.Of("mean-difference-bca", DifferenceBca),
            PairedStatistic.Of("sign-flip", SignFlip),
            PairedStatistic.Of("paired-t", StudentT),
            PairedStatistic.Of("wilcoxon", Wilcoxon),
            PairedStatistic.Of("wilcoxon-smaller-sum", Wilcoxon, Wilcoxon.SmallerSum),
            PairedStatistic.Of("wilcoxon-normal", WilcoxonNormal),
            PairedStatistic.Of("wilcoxon-normal-continuity", WilcoxonContinuity),
            PairedStatistic.Of("cohen-dz", CohenDz),
            PairedStatistic.Of("rank-biserial", RankBiserial),
            PairedStatistic.Of("cliff-delta", CliffDelta),
            PairedStatistic.Of("cohen-d", CohenD),
            PairedStatistic.Of("hedges-g", HedgesG),
            PairedStatistic.Of("welch-t", Welch),
            PairedStatistic.Of("mann-whitney-u", MannWhitney),
        ];

    /// <summary>Compares two paired samples. The order of the pairs does not matter.</summary>
    /// <param name="a">Finite values.</param>
    /// <param name="b">The values paired with them.</param>
    /// <param name="replicates">How many bootstrap resamples, 0 for no bootstrap interval.</param>
    /// <param name="seed">Seed of the resamples, and of random sign flips above <see cref="SignFlipTest.ExactUpTo"/> pairs.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than no replicates.</exception>
    public static PairedAnalysis Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int replicates, ulong seed)
    {
        if (a.Length != b.Length)
            throw new ArgumentException($"Pairs need as many values on both sides, not {a.Length} and {b.Length}.", nameof(b));
        // Sums of doubles depend on their order in the last digit; sorted, they do not depend on the order of the rows.
        var pairs = new (double A, double B)[a.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (a[i], b[i]);
        Array.Sort(pairs);
        double[] first = [.. pairs.Select(p => p.A)];
        double[] second = [.. pairs.Select(p => p.B)];
        Array.Sort(second);
        double[] differences = [.. pairs.Select(p => p.A - p.B)];
        Array.Sort(differences);
        var (percentile, bca) = MeanBootstrap.Of(differences, replicates, seed);
        var p = SignFlipTest.TwoSidedP(differences, seed);
        return new(
            pairs.Length,
            Mean.Of(first),
            Mean.Of(second),
            percentile,
            bca,
            p is null
                ? SignificanceTest.Undefined("sign-flip", percentile.UndefinedBecause ?? Reasons.TooLarge)
                : new(percentile.Value, p, differences.Length <= SignFlipTest.ExactUpTo ? "exact" : "sampled"),
            PairedT.Test(differences),
            WilcoxonSignedRank.Test(differences),
            WilcoxonSignedRank.Test(differences, method: RankTestMethod.Normal),
            WilcoxonSignedRank.Test(differences, method: RankTestMethod.NormalWithContinuity),
            EffectSize.CohenDz(differences),
            EffectSize.MatchedRankBiserial(differences),
            EffectSize.CliffDelta(first, second),
            EffectSize.CohenD(first, second),
            EffectSize.HedgesG(first, second),
            WelchT.Test(first, second),
            MannWhitneyU.Test(first, second)
        );
    }
}
