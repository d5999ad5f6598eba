using System.Runtime.CompilerServices;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of agreement.csv.</summary>
internal static class GraderAgreement
{
    public static IReadOnlyList<AgreementRow> Rows(IReadOnlyList<Ratings> ratings, Benchmark benchmark) =>
        [
            .. EachCriterion
                .AtOnce(benchmark, (criterion, i) => Rows(ratings[i], criterion, benchmark.Consensus))
                .SelectMany(r => r),
        ];

    /// <summary>What an output is called among the ratings.</summary>
    public static string ItemName(OutputKey key) => $"{key.Challenge}/{key.Model}";

    /// <summary>The counted scores of each criterion, in rubric order.</summary>
    public static IReadOnlyList<Ratings> Ratings(Ballot ballot, Benchmark benchmark)
    {
        var names = ballot.Outputs.Select(o => ItemName(o.Output.Key)).ToArray();
        var order = Enumerable.Range(0, names.Length).ToArray();
        Array.Sort(names, order, StringComparer.Ordinal);
        return EachCriterion.AtOnce(benchmark, (_, i) => Ratings(ballot, i, names, order));
    }

    // The votes are sorted by output and grader already: only who has none must go, and the scores be numbered.
    [MethodImpl(Hot.Loop)]
    private static Ratings Ratings(Ballot ballot, int criterion, string[] names, int[] order)
    {
        var votes = ballot.Votes;
        var scores = votes.Scores(criterion);
        var scored = votes.Scored(criterion);
        var (items, start, counted) = (new List<string>(), new List<int> { 0 }, new List<int>(votes.Count));
        var raterOf = new int[votes.Graders.Count];
        for (var i = 0; i < order.Length; i++)
        {
            var output = ballot.Outputs[order[i]];
            var (first, end) = (output.Start, output.End);
            for (var vote = first; vote < end; vote++)
            {
                if (!scored[vote] || !votes.Counts(vote))
                    continue;
                counted.Add(vote);
                raterOf[votes.GraderOf[vote]] = 1;
            }
            if (counted.Count == start[^1])
                continue;
            items.Add(names[i]);
            start.Add(counted.Count);
        }
        string[] raters = [.. votes.Graders.Where((_, g) => raterOf[g] > 0).Select(g => g.Id.Value)];
        for (int grader = 0, next = 0; grader < raterOf.Length; grader++)
            raterOf[grader] = raterOf[grader] > 0 ? next++ : -1;

        var categories = new CategoryIndex();
        var columns = new RatingColumns(null, new int[counted.Count], new int[counted.Count], [.. start]);
        for (var i = 0; i < counted.Count; i++)
        {
            columns.RaterOf[i] = raterOf[votes.GraderOf[counted[i]]];
            columns.CategoryOf[i] = categories.IdOf(scores[counted[i]]);
        }
        var (labels, values, rank) = categories.Sort();
        for (var i = 0; i < counted.Count; i++)
            columns.CategoryOf[i] = rank[columns.CategoryOf[i]];
        return new([.. items], raters, labels, values, columns);
    }

    private static AgreementRow[] Rows(Ratings ratings, Criterion criterion, ConsensusPolicy policy)
    {
        AgreementDistance[] within =
            criterion.Scale.Level == MeasurementLevel.Nominal ? [] : [AgreementDistance.OfStep(criterion.Scale.Step)];
        var sample = new AgreementSample(ratings, within, null);
        return
        [
            .. AgreementCoefficient
                .Of(sample, null, Enum.GetValues<MeasurementLevel>(), policy.Bootstrap, policy.Seed)
                .Select(c => new AgreementRow(
                    criterion.Id,
                    c.Name,
                    c.Weights,
                    c.Estimate,
                    sample.Patterns.Units,
                    ratings.Raters.Count,
                    sample.Patterns.PairableRatings,
                    c.Name == AgreementCoefficient.Alpha ? AgreementReading.OfAlpha(c.Estimate) ?? "" : ""
                )),
        ];
    }
}
