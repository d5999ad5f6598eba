using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of graders.csv: each grader against the consensus of the other people.</summary>
internal static class GraderProfiles
{
    public static IReadOnlyList<GraderRow> Rows(Ballot ballot, IReadOnlyList<Ratings> ratings, Benchmark benchmark)
    {
        var graders = ballot
            .Outputs.SelectMany(o => o.Votes.Select(v => v.Grader))
            .DistinctBy(g => g.Id)
            .OrderBy(g => g.Id)
            .ToArray();
        var byCriterion = benchmark.Criteria.Select((c, i) => Rows(ballot, ratings[i], benchmark, c, i, graders)).ToArray();
        return [.. graders.SelectMany((_, g) => byCriterion.Select(rows => rows[g]))];
    }

    private static GraderRow[] Rows(
        Ballot ballot,
        Ratings ratings,
        Benchmark benchmark,
        Criterion criterion,
        int index,
        Grader[] graders
    )
    {
        var samples = graders.ToDictionary(g => g.Id, _ => new Sample());
        foreach (var output in ballot.Outputs)
        {
            var scored = output.Votes.Where(v => v.Grade.Scores[index] is not null).ToArray();
            var others = new OthersConsensus(
                [.. scored.Where(v => v.Grader.Counts)],
                index,
                criterion.Scale.Level,
                benchmark.Consensus
            );
            foreach (var vote in scored)
                samples[vote.Grader.Id].Add(vote.Grade.Scores[index]!.Value, others.Without(vote));
        }
        var without = KrippendorffAlpha.WithoutEachRater(ratings, criterion.Scale.Level);
        var alphas = ratings
            .Raters.Select((name, i) => (name, i))
            .ToDictionary(r => r.name, r => without[r.i], StringComparer.Ordinal);
        return
        [
            .. graders.Select(g =>
                samples[g.Id]
                    .Row(g, criterion, g.Counts ? alphas.GetValueOrDefault(g.Id.Value) : null, benchmark.Consensus.Method)
            ),
        ];
    }

    /// <summary>A grader's scores, and those that somebody else scored too beside the others' consensus.</summary>
    private sealed class Sample
    {
        private readonly List<double> _own = [];
        private readonly List<double> _paired = [];
        private readonly List<double> _others = [];

        public void Add(double score, double? others)
        {
            _own.Add(score);
            if (others is not { } other)
                return;
            _paired.Add(score);
            _others.Add(other);
        }

        public GraderRow Row(Grader grader, Criterion criterion, double? alphaWithout, ConsensusMethod method)
        {
            var numeric = criterion.Scale.Level != MeasurementLevel.Nominal;
            double[] differences = [.. _paired.Zip(_others, (a, b) => a - b)];
            return new(
                grader,
                criterion.Id,
                _own.Count,
                numeric ? Mean.Of([.. _own]) : null,
                numeric ? Mean.Of(differences) : null,
                numeric ? Mean.Of([.. differences.Select(Math.Abs)]) : null,
                numeric && Mean.Of([.. differences.Select(d => d * d)]) is { } square ? Math.Sqrt(square) : null,
                numeric ? Correlation.Pearson([.. _paired], [.. _others]) : null,
                numeric ? Correlation.Spearman([.. _paired], [.. _others]) : null,
                alphaWithout,
                grader.Counts && method == ConsensusMethod.Weighted ? grader.Weight : null
            );
        }
    }
}
