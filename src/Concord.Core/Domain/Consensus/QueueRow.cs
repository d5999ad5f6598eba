namespace Concord.Core.Domain.Consensus;

/// <summary>Something to grade, or to grade again.</summary>
/// <param name="Rank">From 1, the most urgent first.</param>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files.</param>
/// <param name="Criterion">What needs another look; null where the output as a whole lacks graders.</param>
/// <param name="Graders">How many people scored the criterion, or graded the output.</param>
/// <param name="ExpectedLoss">As in consensus.csv, in score units; null for whole outputs and without a rater model.</param>
/// <param name="InformationGain">As in consensus.csv, in nats; null for whole outputs and without a rater model.</param>
/// <param name="Reasons">Sentences with the numbers behind it.</param>
public sealed record QueueRow(
    int Rank,
    OutputKey Key,
    OutputId Output,
    CriterionId? Criterion,
    int Graders,
    double? ExpectedLoss,
    double? InformationGain,
    IReadOnlyList<string> Reasons
);
