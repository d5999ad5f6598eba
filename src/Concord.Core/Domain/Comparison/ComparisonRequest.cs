namespace Concord.Core.Domain.Comparison;

/// <summary>What is to be compared, and how.</summary>
/// <param name="Models">The models that are compared pair by pair, without a sample's number; they exist in the workspace.</param>
/// <param name="Rivals">The models among which strengths are estimated.</param>
/// <param name="Criteria">Ids of criteria, and <see cref="CriterionId.Overall"/>.</param>
/// <param name="Pass">The score from which a challenge is passed; null for no such test.</param>
/// <param name="Bootstrap">Bootstrap resamples, 0 for no such interval.</param>
/// <param name="Seed">The seed of resamples and random sign flips.</param>
/// <param name="Adjust">How p-values of the pairs are adjusted.</param>
/// <param name="Prior">The weight of the prior on strengths, 0 for none.</param>
public sealed record ComparisonRequest(
    IReadOnlyList<string> Models,
    IReadOnlyList<string> Rivals,
    IReadOnlyList<string> Criteria,
    double? Pass,
    int Bootstrap,
    ulong Seed,
    Adjustment Adjust,
    double Prior
);
