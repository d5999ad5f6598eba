using Concord.Core.Statistics;

namespace Concord.Core.Domain.Consensus;

/// <summary>A row of models.csv: one model over all challenges.</summary>
/// <param name="Rank">From 1; ties share the lowest; null without an overall.</param>
/// <param name="RankLow">The best rank that the data does not rule out; null where <paramref name="Rank"/> is.</param>
/// <param name="RankHigh">The worst rank that the data does not rule out; null where <paramref name="Rank"/> is.</param>
/// <param name="Model">The model, without a sample's number.</param>
/// <param name="Outputs">Outputs that could be graded.</param>
/// <param name="Failed">Outputs that the model failed to produce.</param>
/// <param name="Graders">How many people graded any of its outputs.</param>
/// <param name="Overall">The mean over challenges of the outputs' overall, in score units.</param>
/// <param name="Interval">A 95 % Student interval over challenges; null for fewer than three.</param>
/// <param name="Criteria">The same mean by criterion, in rubric order.</param>
public sealed record ModelRow(
    int? Rank,
    int? RankLow,
    int? RankHigh,
    string Model,
    int Outputs,
    int Failed,
    int Graders,
    double? Overall,
    ConfidenceInterval? Interval,
    IReadOnlyList<double?> Criteria
)
{
    /// <summary>Outputs of the model whose consensus a lead decided, in part or whole.</summary>
    public int Adjudicated { get; init; }
}
