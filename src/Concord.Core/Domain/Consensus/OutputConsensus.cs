using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of consensus.csv and results.csv.</summary>
internal static class OutputConsensus
{
    public static IReadOnlyList<ConsensusRow> Rows(Ballot ballot, Benchmark benchmark) =>
        [.. ballot.Outputs.SelectMany(o => Rows(o, benchmark))];

    public static IReadOnlyList<ResultRow> Results(IReadOnlyList<ConsensusRow> rows, Benchmark benchmark)
    {
        var perOutput = benchmark.Criteria.Count + 1;
        var results = rows.Chunk(perOutput)
            .Select(o => new ResultRow(
                null,
                o[^1].Key,
                o[^1].Output,
                o[^1].Graders,
                o[^1].Consensus,
                [.. o[..^1].Select(r => r.Consensus)],
                [.. o.SelectMany(r => r.Flags).Distinct().Order()]
            ));
        return
        [
            .. results
                .GroupBy(r => r.Key.Challenge)
                .SelectMany(challenge =>
                    Ranking
                        .Of(challenge, r => r.Overall)
                        .Select(r => r.Row with { Rank = r.Rank })
                        .OrderBy(r => r.Rank ?? int.MaxValue)
                        .ThenBy(r => r.Key)
                ),
        ];
    }

    private static IEnumerable<ConsensusRow> Rows(OutputVotes output, Benchmark benchmark)
    {
        var rubric = benchmark.Criteria;
        var votes = output.Counted.ToArray();
        var common = CommonFlags(output, votes);
        var consensus = new CriterionConsensus[rubric.Count];
        for (var i = 0; i < rubric.Count; i++)
        {
            var scored = votes.Where(v => v.Grade.Scores[i] is not null).ToArray();
            var scores = Array.ConvertAll(scored, v => v.Grade.Scores[i]!.Value);
            consensus[i] = CriterionConsensus.Of(
                scores,
                Array.ConvertAll(scored, v => v.Grader.Weight),
                rubric[i].Scale.Level,
                benchmark.Consensus
            );
            var flags = common.Concat(Spread(scores, rubric[i], benchmark)).Concat(Few(scores.Length, benchmark));
            yield return Row(output, rubric[i].Id.Value, scores, rubric[i].Scale.Level, consensus[i], flags);
        }
        double[] means = [.. votes.Select(v => OutputVotes.WeightedMean(v.Grade, rubric)).OfType<double>()];
        var overall = OutputVotes.WeightedMean([.. consensus.Select(c => c.Value)], rubric);
        // Only a mean of complete grades commutes with the weighting, so only then does its interval bound this number.
        var interval =
            benchmark.Consensus.Method == ConsensusMethod.Mean && means.Length == votes.Length && overall is not null
                ? Mean.StudentInterval(means)
                : null;
        yield return Row(
            output,
            CriterionId.Overall,
            means,
            MeasurementLevel.Interval,
            new(overall, interval, interval is null ? "" : "student-t"),
            common.Concat(Few(means.Length, benchmark))
        );
    }

    private static ConsensusRow Row(
        OutputVotes output,
        string criterion,
        double[] scores,
        MeasurementLevel level,
        CriterionConsensus consensus,
        IEnumerable<Flag> flags
    )
    {
        var nominal = level == MeasurementLevel.Nominal;
        return new(
            output.Output.Key,
            output.Output.Id!.Value,
            criterion,
            scores.Length,
            consensus.Value,
            nominal ? Mode.Lowest(scores) : Median.Of(scores),
            nominal ? null : Mean.Of(scores),
            nominal ? null : Statistics.Summary.Spread.StandardDeviation(scores),
            scores.Length == 0 ? null : scores.Min(),
            scores.Length == 0 ? null : scores.Max(),
            consensus.Interval,
            consensus.Method,
            null,
            [.. flags.Distinct().Order()]
        );
    }

    private static Flag[] CommonFlags(OutputVotes output, Vote[] votes) =>
        [
            .. output.HasStale ? [Flag.Stale] : Array.Empty<Flag>(),
            .. output.Outdated ? [Flag.Outdated] : Array.Empty<Flag>(),
            .. votes.Any(v => v.Grade.Status == GradeStatus.Flagged) ? [Flag.GraderFlagged] : Array.Empty<Flag>(),
        ];

    private static IEnumerable<Flag> Few(int graders, Benchmark benchmark) =>
        graders < benchmark.Consensus.MinGraders ? [Flag.FewGraders] : [];

    private static IEnumerable<Flag> Spread(double[] scores, Criterion criterion, Benchmark benchmark)
    {
        if (scores.Length < 2 || criterion.Scale.Level == MeasurementLevel.Nominal)
            yield break;
        if (scores.Max() - scores.Min() >= benchmark.RangeThreshold(criterion) - 1e-9)
            yield return Flag.Range;
        if (Bimodality.Modes(scores, criterion.Scale.Step) is not null)
            yield return Flag.Bimodal;
    }
}
