namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of review.csv: what somebody has graded and somebody should grade again, widest apart first.</summary>
internal static class ReviewQueue
{
    public static IReadOnlyList<ReviewRow> Rows(IReadOnlyList<ConsensusRow> consensus, Ballot ballot, Benchmark benchmark)
    {
        var criteria = benchmark.Criteria.ToDictionary(c => c.Id.Value, StringComparer.Ordinal);
        var votes = ballot.Outputs.ToDictionary(o => o.Output.Key);
        return
        [
            .. consensus
                .Where(r =>
                    r.Criterion != CriterionId.Overall && (r.Graders > 0 || r.Flags.Contains(Flag.Stale)) && r.Flags.Count > 0
                )
                .OrderByDescending(r => (r.Max - r.Min) / criteria[r.Criterion].Scale.Width)
                .ThenByDescending(r => (r.Sd ?? 0) / criteria[r.Criterion].Scale.Width)
                .ThenBy(r => r.Graders)
                .ThenBy(r => r.Key)
                .ThenBy(r => r.Criterion, StringComparer.Ordinal)
                .Select(
                    (r, i) =>
                        new ReviewRow(
                            i + 1,
                            r,
                            [.. r.Flags.Select(f => Reason(f, r, criteria[r.Criterion], votes[r.Key], benchmark))]
                        )
                ),
        ];
    }

    private static string Reason(Flag flag, ConsensusRow row, Criterion criterion, OutputVotes output, Benchmark benchmark) =>
        flag switch
        {
            Flag.FewGraders => $"{row.Graders} of {benchmark.Consensus.MinGraders} graders",
            Flag.Range =>
                $"scores from {NumberText.Of(row.Min)} to {NumberText.Of(row.Max)}: range {NumberText.Of(row.Max - row.Min)} reaches {NumberText.Of(benchmark.RangeThreshold(criterion))}",
            Flag.ExpectedLoss => $"expected loss {NumberText.Of(row.ExpectedLoss)}",
            Flag.Bimodal => "the graders fall into two camps",
            Flag.Stale => "graded before its files changed",
            Flag.Outdated => "the challenge has changed since",
            Flag.GraderFlagged =>
                $"flagged by {string.Join(" and ", output.Counted.Where(v => v.Status == GradeStatus.Flagged).Select(v => v.Grader.Id))}",
            Flag.Adjudicated => "decided by a lead",
            _ => throw new ArgumentOutOfRangeException(nameof(flag), flag, null),
        };
}
