using Concord.Core.Domain.Grading;

namespace Concord.Core.Domain.Consensus;

/// <summary>What to grade or grade again next: the rows of review.csv, then outputs that lack graders.</summary>
public static class GradingQueue
{
    /// <summary>The queue of a workspace, without what leads decided and nobody has contradicted since. An output with a row of review.csv is not listed a second time for its lack of graders.</summary>
    /// <param name="tables">Its tables; review rows keep their order.</param>
    /// <param name="benchmark">Its benchmark, for the rubric and how many people should grade an output.</param>
    /// <param name="grader">Leaves out what this grader has scored of the present files; null leaves out nothing.</param>
    /// <param name="ungraded">Whether to list outputs that lack graders alone, all of them.</param>
    /// <returns>The rows; those for whole outputs by fewest graders, then challenge and model.</returns>
    public static IReadOnlyList<QueueRow> Rows(
        ConsensusTables tables,
        Benchmark benchmark,
        GraderId? grader = null,
        bool ungraded = false
    )
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(benchmark);
        var outputs = tables.Ballot.Outputs;
        var places = Enumerable.Range(0, outputs.Count).ToDictionary(i => outputs[i].Output.Key);
        var criteria = Enumerable.Range(0, benchmark.Criteria.Count).ToDictionary(i => benchmark.Criteria[i].Id);
        var own = grader is { } id ? [.. outputs.Select(o => VoteOf(o, id))] : new int?[outputs.Count];

        QueueRow[] review = ungraded
            ? []
            :
            [
                .. tables
                    .Review.Select(r => (Row: r, Place: places[r.Row.Key], Criterion: CriterionId.Parse(r.Row.Criterion)))
                    .Where(r => own[r.Place] is not { } vote || !tables.Ballot.Votes.Scored(criteria[r.Criterion])[vote])
                    .Select(r => new QueueRow(
                        0,
                        r.Row.Row.Key,
                        r.Row.Row.Output,
                        r.Criterion,
                        r.Row.Row.Graders,
                        r.Row.Row.ExpectedLoss,
                        r.Row.Row.InformationGain,
                        r.Row.Reasons
                    )),
            ];
        var listed = review.Select(r => r.Key).ToHashSet();
        var lacking = Enumerable
            .Range(0, outputs.Count)
            .Where(i => own[i] is null && !listed.Contains(outputs[i].Output.Key))
            .Select(i => (Votes: outputs[i], outputs[i].People))
            .Where(o => o.People < benchmark.Grading.Overlap && !IsDecided(o.Votes.Output.Key))
            .OrderBy(o => o.People)
            .ThenBy(o => o.Votes.Output.Key)
            .Select(o => new QueueRow(
                0,
                o.Votes.Output.Key,
                o.Votes.Output.Id!.Value,
                null,
                o.People,
                null,
                null,
                [Lack(o.Votes, o.People, benchmark.Grading.Overlap)]
            ));
        bool IsDecided(OutputKey key) =>
            Enumerable.Range(0, benchmark.Criteria.Count).All(i => tables.Adjudication.For(key, i) is not null);

        return [.. review.Concat(lacking).Select((r, i) => r with { Rank = i + 1 })];
    }

    /// <summary>What a grader would be shown by the grading page, in its order (<see cref="AssignmentOrder"/>).</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="grader">The grader.</param>
    /// <param name="ungraded">Whether to leave out outputs that enough others have graded.</param>
    /// <returns>One row an output that this grader has not fully scored; its graders are the others who have.</returns>
    public static IReadOnlyList<QueueRow> Of(Workspace workspace, GraderId grader, bool ungraded = false)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        var overlap = workspace.Benchmark.Grading.Overlap;
        var ballot = Ballot.Of(workspace);
        var votes = ballot.Outputs.ToDictionary(o => o.Output.Key);
        var left = Assignable.LeftFor(ballot, grader).ToDictionary(o => o.Key);
        var number = AssignmentOrder.NumberOf(workspace.Graders.Values, grader);
        return
        [
            .. AssignmentOrder
                .Of([.. left.Values], overlap, workspace.Benchmark.Name, grader, number, "")
                .Select(k => left[k])
                .Where(o => !ungraded || o.PeerGraders < overlap)
                .Select(
                    (o, i) =>
                        new QueueRow(
                            i + 1,
                            o.Key,
                            o.Output,
                            null,
                            o.PeerGraders,
                            null,
                            null,
                            [
                                o.PeerGraders < overlap
                                    ? Lack(votes[o.Key], o.PeerGraders, overlap)
                                    : "enough others have graded it",
                            ]
                        )
                ),
        ];
    }

    private static string Lack(OutputVotes output, int people, int overlap) =>
        (people, output.HasStale) switch
        {
            (0, true) => "nobody has graded its present files",
            (0, false) => "nobody has graded it",
            _ => $"{people} of {overlap} graders who should overlap",
        };

    private static int? VoteOf(OutputVotes output, GraderId grader)
    {
        var table = output.Table;
        for (var vote = output.Start; vote < output.End; vote++)
            if (table.Graders[table.GraderOf[vote]].Id == grader && !table.Stale[vote])
                return vote;
        return null;
    }
}
