namespace Concord.Core.Domain.Consensus;

/// <summary>A row of review.csv: what needs another look.</summary>
/// <param name="Rank">From 1, the most urgent first.</param>
/// <param name="Row">The row of consensus.csv.</param>
/// <param name="Reasons">Sentences with the numbers behind each flag.</param>
public sealed record ReviewRow(int Rank, ConsensusRow Row, IReadOnlyList<string> Reasons);
