namespace Concord.Core.Domain.Consensus;

/// <summary>Every output of a workspace with the votes it got, and what became of the other grades.</summary>
/// <param name="Outputs">The outputs that can be graded, sorted, each with its votes sorted by grader.</param>
/// <param name="Graded">Grades with a score, of every kind of grader.</param>
/// <param name="Skipped">Rows that were skipped.</param>
/// <param name="Superseded">Grades that the same grader replaced by a later one.</param>
/// <param name="Stale">Grades of files that the output no longer has.</param>
/// <param name="Unknown">Grades of outputs that are not in the workspace.</param>
public sealed record Ballot(IReadOnlyList<OutputVotes> Outputs, int Graded, int Skipped, int Superseded, int Stale, int Unknown)
{
    /// <summary>Counts the votes of a workspace.</summary>
    /// <remarks>
    /// A grader counts once an output: by the latest <c>graded_at</c> of the output's present files, then by the later
    /// file name. A skipped row erases nothing.
    /// </remarks>
    /// <param name="workspace">The workspace.</param>
    /// <param name="includeStale">Whether a grade of earlier files counts where its grader gave no newer one.</param>
    /// <returns>The votes.</returns>
    public static Ballot Of(Workspace workspace, bool includeStale = false)
    {
        var outputs = workspace.Outputs.Where(o => o.Id is not null).ToDictionary(o => o.Key);
        var latest = new Dictionary<(OutputKey, GraderId, OutputId), (Grade Grade, string File)>();
        var (graded, skipped, superseded, unknown) = (0, 0, 0, 0);
        foreach (var sheet in workspace.Sheets)
        {
            var file = sheet.FileName;
            foreach (var grade in sheet.Grades)
            {
                if (grade.Status == GradeStatus.Skipped)
                {
                    skipped++;
                    continue;
                }
                graded++;
                if (!outputs.ContainsKey(grade.Key))
                {
                    unknown++;
                    continue;
                }
                var place = (grade.Key, sheet.Grader, grade.Output);
                if (latest.TryGetValue(place, out var other))
                {
                    superseded++;
                    if (!IsLater(grade, file, other.Grade, other.File))
                        continue;
                }
                latest[place] = (grade, file);
            }
        }
        var stale = latest.Keys.Count(k => outputs[k.Item1].Id != k.Item3);
        var votes = latest.ToLookup(
            e => e.Key.Item1,
            e =>
                (
                    Vote: new Vote(workspace.Grader(e.Key.Item2), e.Value.Grade, outputs[e.Key.Item1].Id != e.Key.Item3),
                    e.Value.File
                )
        );
        var digests = workspace.Challenges.ToDictionary(c => c.Id, c => c.Digest);
        return new(
            [
                .. outputs
                    .Values.OrderBy(o => o.Key)
                    .Select(o => new OutputVotes(
                        o,
                        o.ChallengeDigest is { } digest && digests.TryGetValue(o.Key.Challenge, out var now) && now != digest,
                        votes[o.Key]
                            .Where(v => v.Vote.Grader.Counts)
                            .GroupBy(v => v.Vote.Grader.Id)
                            .Any(g => g.All(v => v.Vote.Stale)),
                        OnePerGrader(votes[o.Key], includeStale)
                    )),
            ],
            graded,
            skipped,
            superseded,
            stale,
            unknown
        );
    }

    private static Vote[] OnePerGrader(IEnumerable<(Vote Vote, string File)> votes, bool includeStale) =>
        [
            .. votes
                .Where(v => includeStale || !v.Vote.Stale)
                .GroupBy(v => v.Vote.Grader.Id)
                .OrderBy(g => g.Key)
                .Select(g =>
                    g.OrderBy(v => v.Vote.Stale)
                        .ThenByDescending(v => v.Vote.Grade.GradedAt)
                        .ThenByDescending(v => v.File, StringComparer.Ordinal)
                        .First()
                        .Vote
                ),
        ];

    private static bool IsLater(Grade grade, string file, Grade other, string otherFile) =>
        grade.GradedAt != other.GradedAt ? grade.GradedAt > other.GradedAt : string.CompareOrdinal(file, otherFile) > 0;
}
