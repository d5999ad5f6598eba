namespace Concord.Core.Domain.Consensus;

/// <summary>Every output of a workspace with the votes it got, and what became of the other grades.</summary>
/// <param name="Outputs">The outputs that can be graded, sorted, each with its votes sorted by grader.</param>
/// <param name="Votes">The same votes as columns.</param>
/// <param name="Graded">Grades with a score, of every kind of grader.</param>
/// <param name="Skipped">Rows that were skipped.</param>
/// <param name="Superseded">Grades that the same grader replaced by a later one.</param>
/// <param name="Stale">Grades of files that the output no longer has.</param>
/// <param name="Unknown">Grades of outputs that are not in the workspace.</param>
public sealed record Ballot(
    IReadOnlyList<OutputVotes> Outputs,
    VoteTable Votes,
    int Graded,
    int Skipped,
    int Superseded,
    int Stale,
    int Unknown
)
{
    /// <summary>The votes of people, which make the consensus.</summary>
    public int Counted => Outputs.Sum(o => o.People);

    /// <summary>How many people voted.</summary>
    public int People
    {
        get
        {
            var voted = new bool[Votes.Graders.Count];
            for (var vote = 0; vote < Votes.Count; vote++)
                voted[Votes.GraderOf[vote]] |= Votes.Counts(vote);
            return voted.Count(v => v);
        }
    }

    /// <summary>Stale grades that count nevertheless, because they were asked for.</summary>
    public int StaleVotes => Votes.Stale.Count(true);

    /// <summary>Counts the votes of a workspace. O(rows).</summary>
    /// <remarks>
    /// A grader counts once an output: by the latest <c>graded_at</c> of the output's present files, then by the later
    /// file name. A skipped row erases nothing.
    /// </remarks>
    /// <param name="workspace">The workspace.</param>
    /// <param name="includeStale">Whether a grade of earlier files counts where its grader gave no newer one.</param>
    /// <returns>The votes.</returns>
    public static Ballot Of(Workspace workspace, bool includeStale = false)
    {
        var count = new VoteCount(workspace, includeStale);
        var digests = workspace.Challenges.ToDictionary(c => c.Id, c => c.Digest);
        return new(
            [
                .. count.Outputs.Select(
                    (o, i) =>
                        new OutputVotes(
                            o,
                            o.ChallengeDigest is { } digest && digests.TryGetValue(o.Key.Challenge, out var now) && now != digest,
                            count.HasStale[i],
                            count.Votes,
                            i
                        )
                ),
            ],
            count.Votes,
            count.Graded,
            count.Skipped,
            count.Superseded,
            count.Stale,
            count.NotThere
        );
    }
}
