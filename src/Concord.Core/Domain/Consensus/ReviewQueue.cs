namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of review.csv: what somebody has graded and somebody should grade again, most urgent first.</summary>
internal static class ReviewQueue
{
    public static IReadOnlyList<ReviewRow> Rows(
        IReadOnlyList<ConsensusRow> consensus,
        Ballot ballot,
        IReadOnlyList<CriterionModel> models,
        Benchmark benchmark,
        Adjudication adjudication
    )
    {
        var criteria = benchmark
            .Criteria.Select((c, i) => (Criterion: c, Model: models[i]))
            .ToDictionary(c => c.Criterion.Id.Value, StringComparer.Ordinal);
        var votes = ballot.Outputs.ToDictionary(o => o.Output.Key);
        var rulings = adjudication.Rulings.ToDictionary(
            r => (r.Key, r.Criterion.Value),
            r => (Ruling: r, Dissent: r.Dissent(votes[r.Key], benchmark))
        );
        // What a lead decided needs no further look, unless somebody has since seen it otherwise.
        bool IsSettled(ConsensusRow row) => rulings.TryGetValue((row.Key, row.Criterion), out var r) && r.Dissent.Count == 0;
        double Width(ConsensusRow row) => criteria[row.Criterion].Criterion.Scale.Width;
        return
        [
            .. consensus
                .Where(r =>
                    r.Criterion != CriterionId.Overall
                    && (r.Graders > 0 || r.Flags.Contains(Flag.Stale))
                    && r.Flags.Count > 0
                    && !IsSettled(r)
                )
                .OrderByDescending(r =>
                    benchmark.Consensus.Queue == QueueOrder.InformationGain ? r.InformationGain : r.ExpectedLoss / Width(r)
                )
                .ThenByDescending(r => (r.Max - r.Min) / Width(r))
                .ThenByDescending(r => (r.Sd ?? 0) / Width(r))
                .ThenBy(r => r.Graders)
                .ThenBy(r => r.Key)
                .ThenBy(r => r.Criterion, StringComparer.Ordinal)
                .Select(
                    (r, i) =>
                        new ReviewRow(
                            i + 1,
                            r,
                            [
                                .. r.Flags.Select(f =>
                                    Reason(
                                        f,
                                        r,
                                        criteria[r.Criterion].Criterion,
                                        criteria[r.Criterion].Model,
                                        votes[r.Key],
                                        benchmark,
                                        rulings.GetValueOrDefault((r.Key, r.Criterion))
                                    )
                                ),
                            ]
                        )
                ),
        ];
    }

    private static string Reason(
        Flag flag,
        ConsensusRow row,
        Criterion criterion,
        CriterionModel model,
        OutputVotes output,
        Benchmark benchmark,
        (Ruling Ruling, IReadOnlyList<Vote> Dissent) decided
    ) =>
        flag switch
        {
            Flag.FewGraders => $"{row.Graders} of {benchmark.Consensus.MinGraders} graders",
            Flag.Range => Range(row, benchmark.RangeThreshold(criterion), model.UsualRange(row.Graders)),
            Flag.ExpectedLoss =>
                $"expected loss {NumberText.Of(row.ExpectedLoss is { } loss ? Math.Round(loss, 3) : null)} by {model.Note.Model} reaches {NumberText.Of(benchmark.LossThreshold(criterion))}",
            Flag.Bimodal => "the graders fall into two camps",
            Flag.Stale => "graded before its files changed",
            Flag.Outdated => "the challenge has changed since",
            Flag.GraderFlagged =>
                $"flagged by {string.Join(" and ", output.Counted.Where(v => v.Status == GradeStatus.Flagged).Select(v => v.Grader.Id))}",
            Flag.Adjudicated =>
                $"{decided.Ruling.Decision.Lead} decided {NumberText.Of(decided.Ruling.Score)}, and since then {string.Join(" and ", decided.Dissent.Select(v => Against(v, decided.Ruling)))}",
            _ => throw new ArgumentOutOfRangeException(nameof(flag), flag, null),
        };

    private static string Against(Vote vote, Ruling ruling) =>
        vote.Status == GradeStatus.Flagged
            ? $"{vote.Grader.Id} flagged it"
            : $"{vote.Grader.Id} gave {NumberText.Of(ruling.ScoreOf(vote))}";

    private static string Range(ConsensusRow row, double declared, double? usual)
    {
        var range = row.Max - row.Min;
        var rule =
            range >= declared - 1e-9
                ? $"reaches {NumberText.Of(declared)}"
                : $"exceeds {NumberText.Of(usual)}, which {row.Graders} graders like these exceed for one output in twenty at most";
        return $"scores from {NumberText.Of(row.Min)} to {NumberText.Of(row.Max)}: range {NumberText.Of(range)} {rule}";
    }
}
