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

    /// <summary>The name of percent agreement, with the weights <c>unweighted</c>, <c>within-K</c> and Gwet's.</summary>
    public const string Percent = "percent-agreement";

    /// <summary>The name of Gwet's coefficient: AC1 unweighted, else AC2.</summary>
    public const string GwetAc = "gwet-ac";

    /// <summary>Stands for every coefficient in a selection.</summary>
    public const string All = "all";

    internal const double Confidence = 0.95;

    /// <summary>The names of all coefficients, in the order in which they are written.</summary>
    public static IReadOnlyList<string> Names => [.. CoefficientFamily.All.Select(f => f.Name)];

    /// <summary>Whether a selection may name this.</summary>
    /// <param name="selector">A name, <c>name:weights</c> for one weighting of it, or <see cref="All"/>.</param>
    /// <returns>True where it stands for at least one coefficient.</returns>
    public static bool IsKnown(string selector) =>
        selector == All
        || CoefficientFamily.All.Any(f => f.Weights.Append(null).Any(w => Selects(selector, f.Name, w)))
        || DistanceOf(selector) is not null;

    /// <summary>The distance that a selection names, as <c>percent-agreement:within-2</c> does; null where it names none.</summary>
    /// <param name="selector">What <see cref="IsKnown"/>.</param>
    public static AgreementDistance? DistanceOf(string selector) =>
        selector.Split(':') is [var name, var weights] && CoefficientFamily.All.Any(f => f.TakesDistances && f.Name == name)
            ? AgreementDistance.TryParse(weights)
            : null;

    /// <summary>Computes coefficients of agreement, in the order in which they are written; bootstraps share their resamples.</summary>
    /// <remarks>The interval of alpha and of percent agreement, unweighted or within a distance, is the percentile bootstrap's over items and
    /// the standard error its standard deviation; that of all others is the one that belongs to the coefficient.</remarks>
    /// <param name="ratings">The ratings.</param>
    /// <param name="selection">What <see cref="IsKnown"/>; null for alpha, percent agreement unweighted and within each distance, and, of
    /// numbers that are more than names, Gwet's with quadratic weights.</param>
    /// <param name="levels">The levels to compute alpha at.</param>
    /// <param name="within">The distances that agree, each a row of percent agreement; none says that the ratings are names.</param>
    /// <param name="replicates">Bootstrap replicates, 0 for no bootstrap.</param>
    /// <param name="seed">The seed of the bootstrap.</param>
    /// <param name="custom">Weights of one's own, for a further row <c>custom</c> of every selected coefficient that takes weights.</param>
    /// <returns>The coefficients.</returns>
    /// <exception cref="ArgumentException">A selector is unknown.</exception>
    public static IReadOnlyList<AgreementCoefficient> Of(
        Ratings ratings,
        IReadOnlyList<string>? selection,
        IReadOnlyList<MeasurementLevel> levels,
        IReadOnlyList<AgreementDistance> within,
        int replicates,
        ulong seed,
        AgreementWeights? custom = null
    )
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(within);
        return Of(new AgreementSample(ratings, within, custom), selection, levels, replicates, seed);
    }

    /// <summary>The same of a sample that the caller looks at too.</summary>
    internal static IReadOnlyList<AgreementCoefficient> Of(
        AgreementSample sample,
        IReadOnlyList<string>? selection,
        IReadOnlyList<MeasurementLevel> levels,
        int replicates,
        ulong seed
    )
    {
        if (selection?.FirstOrDefault(s => !IsKnown(s)) is { } unknown)
            throw new ArgumentException($"There is no coefficient '{unknown}'.", nameof(selection));
        UnitBootstrap.Check(replicates, Confidence);
        string[] asked = [.. selection ?? Default(sample.Ratings, sample.Within)];
        var chosen = new List<(CoefficientFamily Family, string Weights)>();
        foreach (var family in CoefficientFamily.All)
        {
            string[] weights =
            [
                .. WeightsOf(family, sample.Within)
                    .Where(w => asked.Any(s => Selects(s, family.Name, w)) && IsOffered(family, w, levels)),
            ];
            chosen.AddRange(weights.Select(w => (family, w)));
            if (sample.HasCustom && family.TakesWeights && asked.Any(s => s == All || s.Split(':')[0] == family.Name))
                chosen.Add((family, AgreementWeights.CustomName));
        }
        var estimates = UnitBootstrap.Intervals(
            sample.Patterns,
            replicates,
            seed,
            Confidence,
            [.. chosen.Select(c => c.Family.Compute(sample, c.Weights))]
        );
        return [.. chosen.Zip(estimates, (c, estimate) => new AgreementCoefficient(c.Family.Name, c.Weights, estimate))];
    }

    private static IEnumerable<string> WeightsOf(CoefficientFamily family, IReadOnlyList<AgreementDistance> within) =>
        family.TakesDistances
            ? family.Weights.Take(1).Concat(within.Select(w => w.Weights)).Concat(family.Weights.Skip(1))
            : family.Weights;

    private static IEnumerable<string> Default(Ratings ratings, IReadOnlyList<AgreementDistance> within)
    {
        yield return Alpha;
        yield return $"{Percent}:unweighted";
        foreach (var distance in within)
            yield return $"{Percent}:{distance.Weights}";
        if (within.Count > 0 && ratings.CategoryValues is not null)
            yield return $"{GwetAc}:quadratic";
    }

    private static bool Selects(string selector, string name, string? weights) =>
        selector == All || selector == name || selector == $"{name}:{weights}";

    private static bool IsOffered(CoefficientFamily family, string weights, IReadOnlyList<MeasurementLevel> levels) =>
        family.Name != Alpha || levels.Any(level => Domain.Names.Of(level) == weights);
}
