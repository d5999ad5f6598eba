using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Pairwise;

namespace Concord.Core.Domain.Comparison;

/// <summary>Models compared on the challenges that they share.</summary>
/// <remarks>
/// The unit is the challenge: a model's score is the mean of its samples' consensus. Grades of one challenge or one grader are not
/// independent, so the intervals of strengths, which take them for that, are too narrow where graders are of one mind.
/// </remarks>
/// <param name="Request">What was asked.</param>
/// <param name="Criteria">One a criterion that was asked for, in that order.</param>
/// <param name="Checks">For each pair of models, by challenge and automatic check: who passed. Empty where there is no such check.</param>
public sealed record ModelComparison(
    ComparisonRequest Request,
    IReadOnlyList<CriterionComparison> Criteria,
    IReadOnlyList<(string A, string B, PassTable Passes)> Checks
)
{
    /// <summary>How many outputs of the compared models have a score that a lead decided; grades themselves are nowhere replaced.</summary>
    public int Adjudicated { get; private init; }

    /// <summary>Compares. Pure: the same workspace and request give the same numbers.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="tables">Its consensus.</param>
    /// <param name="request">What to compare.</param>
    /// <returns>The comparison; what is undefined says why.</returns>
    public static ModelComparison Of(Workspace workspace, ConsensusTables tables, ComparisonRequest request)
    {
        var rubric = workspace.Benchmark.Criteria;
        var outputs = workspace.Outputs.ToLookup(o => o.Key.Model.Model, StringComparer.Ordinal);
        var scores = new ModelScores(tables.Results, rubric, tables.Policy);
        return new(
            request,
            [.. request.Criteria.Select(c => Criterion(c, rubric, outputs, scores, tables.Ballot, request))],
            [
                .. Pairs(request.Models)
                    .Select(p => (p.A, p.B, Passes: ByCheck(outputs[p.A], outputs[p.B])))
                    .Where(p => p.Passes.Total > 0),
            ]
        )
        {
            Adjudicated = tables.Results.Count(r =>
                r.Flags.Contains(Flag.Adjudicated) && request.Models.Contains(r.Key.Model.Model, StringComparer.Ordinal)
            ),
        };
    }

    private static CriterionComparison Criterion(
        string id,
        IReadOnlyList<Criterion> rubric,
        ILookup<string, Output> outputs,
        ModelScores scores,
        Ballot ballot,
        ComparisonRequest request
    )
    {
        int? index = id == CriterionId.Overall ? null : Enumerable.Range(0, rubric.Count).Single(i => rubric[i].Id.Value == id);
        var (min, max) = Scale(rubric, index);
        if (index is { } nominal && rubric[nominal].Scale.Level == MeasurementLevel.Nominal)
            return new(id, min, max, [], null, "The criterion is nominal: its scores are names, of which none is higher.");
        var byGrader = GraderScores.Of(ballot, rubric, index);
        var means = request.Models.ToDictionary(m => m, m => scores.ByChallenge(outputs[m], index), StringComparer.Ordinal);
        ModelPair[] pairs =
        [
            .. Pairs(request.Models).Select(p => Compare(p.A, p.B, means[p.A], means[p.B], byGrader, max - min, request)),
        ];
        return new(
            id,
            min,
            max,
            [.. pairs.Zip(Adjusted(pairs, request.Adjust), (pair, p) => pair with { AdjustedP = p })],
            BradleyTerry.Fit(byGrader.Wins(request.Rivals), request.Prior),
            null
        );
    }

    private static ModelPair Compare(
        string a,
        string b,
        SortedDictionary<ChallengeId, double> first,
        SortedDictionary<ChallengeId, double> second,
        GraderScores byGrader,
        double width,
        ComparisonRequest request
    )
    {
        // Weighted means of decimal scores differ in their last binary digits alone; on paper they are equal.
        (double A, double B)[] shared =
        [
            .. first.Where(c => second.ContainsKey(c.Key)).Select(c => (Math.Round(c.Value, 9), Math.Round(second[c.Key], 9))),
        ];
        return new(
            a,
            b,
            PairedAnalysis.Of([.. shared.Select(s => s.A)], [.. shared.Select(s => s.B)], request.Bootstrap, request.Seed),
            null,
            width,
            Tally.Of(shared),
            byGrader.Tally(a, b),
            request.Pass is { } pass ? PassTable.Of([.. shared.Select(s => (s.A >= pass - 1e-9, s.B >= pass - 1e-9))]) : null
        );
    }

    private static IEnumerable<double?> Adjusted(ModelPair[] pairs, Adjustment adjustment)
    {
        double[] p = [.. pairs.Select(pair => pair.Paired.SignFlip.P).OfType<double>()];
        var adjusted = adjustment switch
        {
            Adjustment.Holm => Holm.Adjust(p),
            Adjustment.Bh => BenjaminiHochberg.Adjust(p),
            Adjustment.None => p,
            _ => throw new ArgumentOutOfRangeException(nameof(adjustment), adjustment, "Unknown adjustment."),
        };
        var next = 0;
        foreach (var pair in pairs)
            yield return pair.Paired.SignFlip.P is null ? null : adjusted[next++];
    }

    private static PassTable ByCheck(IEnumerable<Output> a, IEnumerable<Output> b)
    {
        var (first, second) = (Passed(a), Passed(b));
        return PassTable.Of([.. first.Where(c => second.ContainsKey(c.Key)).Select(c => (c.Value, second[c.Key]))]);
    }

    // A check that only measures neither passes nor fails. Of several samples more than half must pass.
    private static Dictionary<(ChallengeId, string), bool> Passed(IEnumerable<Output> outputs) =>
        outputs
            .SelectMany(o =>
                o.Checks.Where(c => c.Passed is not null).Select(c => (o.Key.Challenge, c.Name, Passed: c.Passed!.Value))
            )
            .GroupBy(c => (c.Challenge, c.Name), c => c.Passed)
            .ToDictionary(c => c.Key, c => 2 * c.Count(passed => passed) > c.Count());

    private static (double Min, double Max) Scale(IReadOnlyList<Criterion> rubric, int? criterion)
    {
        if (criterion is { } c)
            return (rubric[c].Scale.Min, rubric[c].Scale.Max);
        var weights = rubric.Sum(r => r.Weight);
        return weights > 0
            ? (rubric.Sum(r => r.Weight * r.Scale.Min) / weights, rubric.Sum(r => r.Weight * r.Scale.Max) / weights)
            : (rubric[0].Scale.Min, rubric[0].Scale.Max);
    }

    private static IEnumerable<(string A, string B)> Pairs(IReadOnlyList<string> models) =>
        models.SelectMany((a, i) => models.Skip(i + 1).Select(b => (a, b)));
}
