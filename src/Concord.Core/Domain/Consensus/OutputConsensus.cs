using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of consensus.csv and results.csv.</summary>
internal static class OutputConsensus
{
    private static readonly Flag[] Flags = Enum.GetValues<Flag>();

    public static IReadOnlyList<ConsensusRow> Rows(
        Ballot ballot,
        IReadOnlyList<CriterionModel> models,
        Benchmark benchmark,
        Adjudication adjudication
    )
    {
        var scores = new OutputScores();
        return [.. ballot.Outputs.SelectMany(o => Rows(o, scores, models, benchmark, adjudication))];
    }

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
                InOrder(o.SelectMany(r => r.Flags))
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

    private static IEnumerable<ConsensusRow> Rows(
        OutputVotes output,
        OutputScores scores,
        IReadOnlyList<CriterionModel> models,
        Benchmark benchmark,
        Adjudication adjudication
    )
    {
        var rubric = benchmark.Criteria;
        var common = CommonFlags(output);
        var item = GraderAgreement.ItemName(output.Output.Key);
        var consensus = new double?[rubric.Count];
        var decided = false;
        for (var i = 0; i < rubric.Count; i++)
        {
            scores.Read(output, i);
            var level = rubric[i].Scale.Level;
            var posterior = models[i].For(item);
            var found = CriterionConsensus.Of(
                scores,
                output.Table.Graders,
                level,
                benchmark.Consensus,
                posterior,
                models[i].Note.Model
            );
            var ruling = adjudication.For(output.Output.Key, i);
            if (ruling is not null)
                found = new(ruling.Score, null, CriterionConsensus.Adjudicated);
            consensus[i] = found.Value;
            decided |= ruling is not null && rubric[i].Weight > 0;
            var flags = common
                .Concat(Spread(scores, rubric[i], benchmark, models[i].UsualRange(scores.Count)))
                .Concat(Loss(posterior, rubric[i], benchmark))
                .Concat(Few(scores.Count, benchmark))
                .Concat(Decided(ruling is not null));
            yield return Row(output, rubric[i].Id.Value, scores, level, found, posterior, flags);
        }
        scores.ReadMeans(output, rubric);
        var overall = OutputVotes.WeightedMean(consensus, rubric);
        // Only a mean of complete grades commutes with the weighting, so only then does its interval bound this number.
        var interval =
            !decided && benchmark.Consensus.Method == ConsensusMethod.Mean && scores.Count == output.People && overall is not null
                ? Mean.StudentInterval(scores.Scores)
                : null;
        yield return Row(
            output,
            CriterionId.Overall,
            scores,
            MeasurementLevel.Interval,
            new(
                overall,
                interval,
                decided ? CriterionConsensus.Adjudicated
                    : interval is null ? ""
                    : "student-t"
            ),
            null,
            common.Concat(Few(scores.Count, benchmark)).Concat(Decided(decided))
        );
    }

    private static ConsensusRow Row(
        OutputVotes output,
        string criterion,
        OutputScores given,
        MeasurementLevel level,
        CriterionConsensus consensus,
        OutputPosterior? posterior,
        IEnumerable<Flag> flags
    )
    {
        var nominal = level == MeasurementLevel.Nominal;
        var scores = given.Scores;
        var sorted = given.Sorted;
        return new(
            output.Output.Key,
            output.Output.Id!.Value,
            criterion,
            scores.Length,
            consensus.Value,
            nominal ? Mode.Lowest(scores)
                : sorted.IsEmpty ? null
                : Median.OfSorted(sorted),
            nominal ? null : Mean.Of(scores),
            nominal ? null : Statistics.Summary.Spread.StandardDeviation(scores),
            sorted.IsEmpty ? null : sorted[0],
            sorted.IsEmpty ? null : sorted[^1],
            consensus.Interval,
            consensus.Method,
            posterior?.ExpectedLoss,
            posterior?.InformationGain,
            InOrder(flags)
        );
    }

    // Most rows have none, and there are four times as many rows as outputs.
    private static IReadOnlyList<Flag> InOrder(IEnumerable<Flag> flags)
    {
        var raised = 0;
        foreach (var flag in flags)
            raised |= 1 << (int)flag;
        return raised == 0 ? [] : [.. Flags.Where(f => (raised & 1 << (int)f) != 0)];
    }

    private static Flag[] CommonFlags(OutputVotes output) =>
        [
            .. output.HasStale ? [Flag.Stale] : Array.Empty<Flag>(),
            .. output.Outdated ? [Flag.Outdated] : Array.Empty<Flag>(),
            .. output.IsFlagged ? [Flag.GraderFlagged] : Array.Empty<Flag>(),
        ];

    private static IEnumerable<Flag> Few(int graders, Benchmark benchmark) =>
        graders < benchmark.Consensus.MinGraders ? [Flag.FewGraders] : [];

    private static IEnumerable<Flag> Decided(bool decided) => decided ? [Flag.Adjudicated] : [];

    private static IEnumerable<Flag> Loss(OutputPosterior? posterior, Criterion criterion, Benchmark benchmark) =>
        posterior?.ExpectedLoss >= benchmark.LossThreshold(criterion) - 1e-9 ? [Flag.ExpectedLoss] : [];

    // A range that graders who err as these do seldom reach says something even below the declared one.
    private static IEnumerable<Flag> Spread(OutputScores scores, Criterion criterion, Benchmark benchmark, double? usual)
    {
        if (scores.Count < 2 || criterion.Scale.Level == MeasurementLevel.Nominal)
            yield break;
        var range = scores.Sorted[^1] - scores.Sorted[0];
        if (range >= benchmark.RangeThreshold(criterion) - 1e-9 || range > usual + 1e-9)
            yield return Flag.Range;
        if (Bimodality.Modes(scores.Sorted, criterion.Scale.Step) is not null)
            yield return Flag.Bimodal;
    }
}
