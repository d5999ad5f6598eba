using Concord.Core.Statistics.Pairwise;

namespace Concord.Core.Domain.Comparison;

/// <summary>Models on one criterion.</summary>
/// <param name="Criterion">Its id, or <see cref="CriterionId.Overall"/>.</param>
/// <param name="Min">The scale's low end.</param>
/// <param name="Max">The scale's high end.</param>
/// <param name="Pairs">Every two of the models, in the order in which they were named.</param>
/// <param name="Strengths">Bradley-Terry over whom graders graded higher; null where <paramref name="UndefinedBecause"/> is not.</param>
/// <param name="UndefinedBecause">Why the criterion has no comparison; null where it has.</param>
public sealed record CriterionComparison(
    string Criterion,
    double Min,
    double Max,
    IReadOnlyList<ModelPair> Pairs,
    BradleyTerryFit? Strengths,
    string? UndefinedBecause
);
