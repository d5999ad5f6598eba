namespace Concord.Core.Domain.Consensus;

/// <summary>A row of results.csv: one output.</summary>
/// <param name="Rank">Within its challenge, from 1; ties share the lowest; null without an overall.</param>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files.</param>
/// <param name="Graders">How many people scored every weighted criterion.</param>
/// <param name="Overall">The weighted mean of the criteria's consensus, in score units; null where one is missing.</param>
/// <param name="Criteria">The consensus by criterion, in rubric order.</param>
/// <param name="Flags">The flags of any of its rows, in order.</param>
public sealed record ResultRow(
    int? Rank,
    OutputKey Key,
    OutputId Output,
    int Graders,
    double? Overall,
    IReadOnlyList<double?> Criteria,
    IReadOnlyList<Flag> Flags
);
