using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of graders.csv: each grader against the consensus of the other people.</summary>
internal static class GraderProfiles
{
    public static IReadOnlyList<GraderRow> Rows(Ballot ballot, Benchmark benchmark)
    {
        var graders = ballot.Outputs.SelectMany(o => o.Votes.Select(v => v.Grader)).DistinctBy(g => g.Id).OrderBy(g => g.Id);
        return [.. graders.SelectMany(g => benchmark.Criteria.Select((c, i) => Row(ballot, benchmark, g, c, i)))];
    }

    private static GraderRow Row(Ballot ballot, Benchmark benchmark, Grader grader, Criterion criterion, int index)
    {
        var (own, paired, others) = (new List<double>(), new List<double>(), new List<double>());
        var level = criterion.Scale.Level;
        foreach (var output in ballot.Outputs)
        {
            if (output.Votes.FirstOrDefault(v => v.Grader.Id == grader.Id)?.Grade.Scores[index] is not { } score)
                continue;
            own.Add(score);
            var rest = output.Counted.Where(v => v.Grader.Id != grader.Id && v.Grade.Scores[index] is not null).ToArray();
            var consensus = CriterionConsensus.Of(
                Array.ConvertAll(rest, v => v.Grade.Scores[index]!.Value),
                Array.ConvertAll(rest, v => v.Grader.Weight),
                level,
                benchmark.Consensus
            );
            if (consensus.Value is not { } other)
                continue;
            paired.Add(score);
            others.Add(other);
        }
        var numeric = level != MeasurementLevel.Nominal;
        double[] differences = [.. paired.Zip(others, (a, b) => a - b)];
        return new(
            grader,
            criterion.Id,
            own.Count,
            numeric ? Mean.Of([.. own]) : null,
            numeric ? Mean.Of(differences) : null,
            numeric ? Mean.Of([.. differences.Select(Math.Abs)]) : null,
            numeric && Mean.Of([.. differences.Select(d => d * d)]) is { } square ? Math.Sqrt(square) : null,
            numeric ? Correlation.Pearson([.. paired], [.. others]) : null,
            numeric ? Correlation.Spearman([.. paired], [.. others]) : null,
            grader.Counts
                ? KrippendorffAlpha.Of(CountPatterns.Of(GraderAgreement.Ratings(ballot, index, grader.Id)), level).Value
                : null,
            grader.Counts && benchmark.Consensus.Method == ConsensusMethod.Weighted ? grader.Weight : null
        );
    }
}
