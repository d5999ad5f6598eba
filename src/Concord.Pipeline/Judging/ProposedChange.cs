using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.Pipeline.Judging;

/// <summary>What a pull request makes of the workspace: of the base, and of the base with it.</summary>
/// <param name="Benchmark">The benchmark with it.</param>
/// <param name="Difference">Whose grades come, change and go, and each value of the consensus that moves.</param>
/// <param name="Effect">What that does to outputs, models, flags and agreement.</param>
/// <param name="Concerned">The outputs whose grades come, change or go.</param>
public sealed record ProposedChange(
    Benchmark Benchmark,
    ConsensusDifference Difference,
    ConsensusEffect Effect,
    IReadOnlySet<OutputKey> Concerned
)
{
    /// <summary>Computes the consensus twice and compares.</summary>
    /// <param name="before">The base.</param>
    /// <param name="after">The base with the pull request.</param>
    public static ProposedChange Of(Workspace before, Workspace after)
    {
        var (old, now) = (ConsensusTables.Of(before), ConsensusTables.Of(after));
        var concerned = Concerning(before, after);
        return new(
            after.Benchmark,
            ConsensusDifference.Of((before, old), (after, now)),
            ConsensusEffect.Of(old, (after, now), concerned),
            concerned
        );
    }

    private static HashSet<OutputKey> Concerning(Workspace before, Workspace after)
    {
        var (old, now) = (Rows(before), Rows(after));
        var concerned = now.Except(old).Concat(old.Except(now)).Select(r => r.Grade.Key);
        return [.. concerned];
    }

    private static HashSet<(GraderId Grader, string File, Grade Grade)> Rows(Workspace workspace) =>
        [.. workspace.Sheets.Concat(workspace.DecisionSheets).SelectMany(s => s.Grades.Select(g => (s.Grader, s.FileName, g)))];
}
