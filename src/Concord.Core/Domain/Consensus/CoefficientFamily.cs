using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Core.Domain.Consensus;

/// <summary>A coefficient of agreement with the weightings it is offered with: an entry of the list of all.</summary>
/// <param name="Name">Its name in files and options.</param>
/// <param name="Weights">What stands in the column weights, in the order of the rows.</param>
/// <param name="Compute">The estimate by one of the weights; with a statistic of resamples where the interval is a bootstrap's.</param>
/// <param name="TakesWeights">Whether it also takes a matrix of one's own.</param>
/// <param name="TakesDistances">Whether it also takes distances, which stand behind the first of <paramref name="Weights"/>.</param>
internal sealed record CoefficientFamily(
    string Name,
    IReadOnlyList<string> Weights,
    Func<AgreementSample, string, Resampled> Compute,
    bool TakesWeights = false,
    bool TakesDistances = false
)
{
    private const string Unweighted = "unweighted";

    private static readonly string[] Gwets = [Unweighted, "linear", "quadratic", "ordinal", "ratio", "radical"];

    /// <summary>Every coefficient, in the order in which they are written.</summary>
    public static IReadOnlyList<CoefficientFamily> All { get; } =
    [
        new(AgreementCoefficient.Alpha, Names.All<MeasurementLevel>(), Alpha),
        new(AgreementCoefficient.Percent, Gwets, Percent, TakesWeights: true, TakesDistances: true),
        OfPatterns(AgreementCoefficient.GwetAc, GwetAgreement.Of),
        OfPatterns("fleiss-kappa", FleissKappa.Of),
        Weighted("conger-kappa", Gwets, (sample, weights) => CongerKappa.Of(sample.Ratings, weights)),
        OfPatterns("brennan-prediger", BrennanPrediger.Of),
        OfPatterns("irrcac-alpha", IrrcacAlpha.Of),
        Weighted("cohen-kappa", Gwets[..3], (sample, weights) => CohenKappa.Of(sample.Ratings, weights).Estimate),
        Plain("scott-pi", sample => ScottPi.Of(sample.Ratings, sample.Weights(Unweighted))),
        Plain("exact-fleiss-kappa", sample => ExactFleissKappa.Of(sample.Ratings)),
        Plain("light-kappa", sample => LightKappa.Of(sample.Ratings)),
        Plain("randolph-kappa", sample => RandolphKappa.Of(sample.Patterns)),
        new(
            "kendall-w",
            [Unweighted, "ties-uncorrected"],
            (sample, ties) =>
                new((ties == Unweighted ? KendallW.Of(sample.Ratings) : KendallW.WithoutTieCorrection(sample.Ratings)).W)
        ),
        Plain("icc-1-1", sample => sample.Intraclass(IntraclassForm.OneWaySingle)),
        Plain("icc-2-1", sample => sample.Intraclass(IntraclassForm.TwoWayRandomSingle)),
        Plain("icc-3-1", sample => sample.Intraclass(IntraclassForm.TwoWayMixedSingle)),
        Plain("icc-1-k", sample => sample.Intraclass(IntraclassForm.OneWayAverage)),
        Plain("icc-2-k", sample => sample.Intraclass(IntraclassForm.TwoWayRandomAverage)),
        Plain("icc-3-k", sample => sample.Intraclass(IntraclassForm.TwoWayMixedAverage)),
        Plain("icc-reml-1", sample => sample.Components.Intraclass(1)),
        Plain("icc-reml-k", sample => sample.Components.Intraclass(sample.Components.RatingsPerItem)),
    ];

    private static CoefficientFamily OfPatterns(string name, Func<CountPatterns, AgreementWeights, double, Estimate> of) =>
        Weighted(name, Gwets, (sample, weights) => of(sample.Patterns, weights, AgreementCoefficient.Confidence));

    private static CoefficientFamily Weighted(
        string name,
        IReadOnlyList<string> offered,
        Func<AgreementSample, AgreementWeights, Estimate> of
    ) => new(name, offered, (sample, weights) => new(of(sample, sample.Weights(weights))), TakesWeights: true);

    private static CoefficientFamily Plain(string name, Func<AgreementSample, Estimate> of) =>
        new(name, [Unweighted], (sample, _) => new(of(sample)));

    private static Resampled Alpha(AgreementSample sample, string level) =>
        Names.TryParse<MeasurementLevel>(level, out var parsed)
            ? KrippendorffAlpha.Resampling(sample.Patterns, parsed)
            : throw new ArgumentOutOfRangeException(nameof(level), level, "Unknown measurement level.");

    private static Resampled Percent(AgreementSample sample, string weights) =>
        weights switch
        {
            Unweighted => PercentAgreement.Resampling(sample.Patterns, null),
            _ when sample.Distance(weights) is { } distance => PercentAgreement.Resampling(sample.Patterns, distance),
            _ => new(PercentAgreement.Weighted(sample.Patterns, sample.Weights(weights))),
        };
}
