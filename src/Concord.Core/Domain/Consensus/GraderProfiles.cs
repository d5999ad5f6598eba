using System.Runtime.CompilerServices;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.RaterModels;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of graders.csv: each grader against the consensus of the other people.</summary>
internal static class GraderProfiles
{
    public static IReadOnlyList<GraderRow> Rows(
        Ballot ballot,
        IReadOnlyList<Ratings> ratings,
        IReadOnlyList<CriterionModel> models,
        Benchmark benchmark
    )
    {
        var voted = new bool[ballot.Votes.Graders.Count];
        foreach (var grader in ballot.Votes.GraderOf)
            voted[grader] = true;
        var byCriterion = EachCriterion.AtOnce(benchmark, (c, i) => Rows(ballot, ratings[i], models[i], benchmark, c, i));
        return [.. Enumerable.Range(0, voted.Length).Where(g => voted[g]).SelectMany(g => byCriterion.Select(rows => rows[g]))];
    }

    // One row for each grader of the ballot.
    private static GraderRow[] Rows(
        Ballot ballot,
        Ratings ratings,
        CriterionModel model,
        Benchmark benchmark,
        Criterion criterion,
        int index
    )
    {
        var samples = Samples(ballot, benchmark, criterion, index);
        var without = KrippendorffAlpha.WithoutEachRater(ratings, criterion.Scale.Level);
        var alphas = ratings
            .Raters.Select((name, i) => (name, i))
            .ToDictionary(r => r.name, r => without[r.i], StringComparer.Ordinal);
        return
        [
            .. ballot.Votes.Graders.Select(
                (g, i) =>
                    samples[i]
                        .Row(
                            g,
                            criterion,
                            g.Counts ? alphas.GetValueOrDefault(g.Id.Value) : null,
                            g.Counts ? model.FitOf(g.Id) : null,
                            Weight(g, model, benchmark.Consensus.Method)
                        )
            ),
        ];
    }

    private static double? Weight(Grader grader, CriterionModel model, ConsensusMethod method) =>
        !grader.Counts ? null
        : method == ConsensusMethod.Weighted ? grader.Weight
        : model.Weight(grader.Id);

    [MethodImpl(Hot.Loop)]
    private static Sample[] Samples(Ballot ballot, Benchmark benchmark, Criterion criterion, int index)
    {
        var votes = ballot.Votes;
        var scores = votes.Scores(index);
        var scored = votes.Scored(index);
        var given = new int[votes.Graders.Count];
        var graderOf = votes.GraderOf;
        for (var vote = 0; vote < graderOf.Length; vote++)
            given[graderOf[vote]] += scored[vote] ? 1 : 0;
        var samples = Array.ConvertAll(given, count => new Sample(count));
        var others = new OthersConsensus(votes.Graders, criterion.Scale.Level, benchmark.Consensus);
        var people = new OutputScores();
        foreach (var output in ballot.Outputs)
        {
            people.Read(output, index);
            var (start, end) = (output.Start, output.End);
            for (var vote = start; vote < end; vote++)
                if (scored[vote])
                    samples[graderOf[vote]].Add(scores[vote], others.Without(people, graderOf[vote], scores[vote]));
        }
        return samples;
    }

    /// <summary>A grader's scores, and those that somebody else scored too beside the others' consensus.</summary>
    private sealed class Sample(int count)
    {
        private readonly double[] _own = new double[count];
        private readonly double[] _paired = new double[count];
        private readonly double[] _others = new double[count];
        private int _owns;
        private int _pairs;

        public void Add(double score, double? others)
        {
            _own[_owns++] = score;
            if (others is not { } other)
                return;
            _paired[_pairs] = score;
            _others[_pairs++] = other;
        }

        public GraderRow Row(Grader grader, Criterion criterion, double? alphaWithout, RaterFit? fit, double? weight)
        {
            var numeric = criterion.Scale.Level != MeasurementLevel.Nominal;
            var own = _own.AsSpan(0, _owns);
            var paired = _paired.AsSpan(0, _pairs);
            var others = _others.AsSpan(0, _pairs);
            var differences = new double[_pairs];
            for (var i = 0; i < differences.Length; i++)
                differences[i] = paired[i] - others[i];
            return new(
                grader,
                criterion.Id,
                own.Length,
                numeric ? Mean.Of(own) : null,
                numeric ? Mean.Of(differences) : null,
                numeric ? Mean.Of(Array.ConvertAll(differences, Math.Abs)) : null,
                numeric && Mean.Of(Array.ConvertAll(differences, d => d * d)) is { } square ? Math.Sqrt(square) : null,
                numeric ? Correlation.Pearson(paired, others) : null,
                numeric ? Correlation.Spearman(paired, others) : null,
                alphaWithout,
                fit?.ConditionalInfit,
                fit?.ConditionalOutfit,
                weight
            );
        }
    }
}
