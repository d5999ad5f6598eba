using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Core.Domain.Consensus;

/// <summary>One coefficient of agreement, by the names that files and JSON have for it.</summary>
/// <param name="Name">Such as <c>krippendorff-alpha</c>.</param>
/// <param name="Weights">Which differences count: a level of measurement, or a weighting.</param>
/// <param name="Estimate">The value with its interval, or why it is undefined.</param>
public sealed record AgreementCoefficient(string Name, string Weights, Estimate Estimate)
{
    /// <summary>The name of Krippendorff's alpha.</summary>
    public const string Alpha = "krippendorff-alpha";

    /// <summary>The name of percent agreement, with the weights <c>unweighted</c> and <c>within-1</c>.</summary>
    public const string Percent = "percent-agreement";

    /// <summary>Computes every coefficient, in the order in which they are written.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="levels">The levels to compute alpha at.</param>
    /// <param name="within">How far apart ratings of <c>within-1</c> may be, in grade units; null leaves it out.</param>
    /// <param name="replicates">Bootstrap replicates, 0 for no intervals.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <returns>The coefficients.</returns>
    public static IReadOnlyList<AgreementCoefficient> Of(
        CountPatterns patterns,
        IReadOnlyList<MeasurementLevel> levels,
        double? within,
        int replicates,
        ulong seed
    )
    {
        var coefficients = new List<AgreementCoefficient>();
        foreach (var level in levels)
            coefficients.Add(
                new(
                    Alpha,
                    Names.Of(level),
                    replicates == 0
                        ? KrippendorffAlpha.Of(patterns, level)
                        : KrippendorffAlpha.WithBootstrap(patterns, level, replicates, seed)
                )
            );
        coefficients.Add(
            new(
                Percent,
                "unweighted",
                replicates == 0
                    ? PercentAgreement.Exact(patterns)
                    : PercentAgreement.ExactWithBootstrap(patterns, replicates, seed)
            )
        );
        if (within is { } distance)
            coefficients.Add(
                new(
                    Percent,
                    "within-1",
                    replicates == 0
                        ? PercentAgreement.Within(patterns, distance)
                        : PercentAgreement.WithinWithBootstrap(patterns, distance, replicates, seed)
                )
            );
        return coefficients;
    }
}
