using Concord.Core.Domain.Consensus;

namespace Concord.Core.Domain.Grading;

/// <summary>An output that a grader can be asked to grade.</summary>
/// <param name="Key">Which output.</param>
/// <param name="Output">The fingerprint of its present files.</param>
/// <param name="PeerGraders">How many people without this grader have scored every criterion of its present files; 0 or more.</param>
public sealed record Assignable(OutputKey Key, OutputId Output, int PeerGraders)
{
    /// <summary>What is left for a grader: every output that can be graded and that this grader has not fully scored in its present form.</summary>
    /// <remarks>A skipped output is left, and so is one that lacks a score. Peers count by the same measure, and only people do.</remarks>
    /// <param name="ballot">The votes so far.</param>
    /// <param name="grader">The grader.</param>
    /// <returns>The outputs, sorted.</returns>
    public static IReadOnlyList<Assignable> LeftFor(Ballot ballot, GraderId grader)
    {
        ArgumentNullException.ThrowIfNull(ballot);
        var left = new List<Assignable>();
        foreach (var output in ballot.Outputs)
        {
            var (peers, own) = (0, false);
            for (var vote = output.Start; vote < output.End; vote++)
            {
                if (!IsWhole(ballot.Votes, vote))
                    continue;
                if (ballot.Votes.Graders[ballot.Votes.GraderOf[vote]].Id == grader)
                    own = true;
                else if (ballot.Votes.Counts(vote))
                    peers++;
            }
            if (!own)
                left.Add(new(output.Output.Key, output.Output.Id!.Value, peers));
        }
        return left;
    }

    private static bool IsWhole(VoteTable votes, int vote)
    {
        if (votes.Stale[vote])
            return false;
        for (var criterion = 0; criterion < votes.Criteria; criterion++)
            if (!votes.Scored(criterion)[vote])
                return false;
        return true;
    }
}
