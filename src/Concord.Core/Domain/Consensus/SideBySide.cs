using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>How the people who scored a criterion of one output differ.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Graders">How many people scored it.</param>
/// <param name="Median">In score units; of nominal data the mode, lowest first; null where nobody scored it.</param>
/// <param name="Min">The lowest score; null where nobody scored it, and of nominal data.</param>
/// <param name="Max">The highest score; null as <paramref name="Min"/>.</param>
/// <param name="Same">The share of pairs of people who gave the same score, 0 to 1; null for fewer than two people.</param>
/// <param name="WithinStep">The share of pairs at most one step of the scale apart; null as <paramref name="Same"/>, and of nominal data.</param>
/// <param name="Away">Who is a step or more from the median, sorted; of nominal data who gave another score than the mode.</param>
public sealed record CriterionSplit(
    CriterionId Criterion,
    int Graders,
    double? Median,
    double? Min,
    double? Max,
    double? Same,
    double? WithinStep,
    IReadOnlyList<GraderId> Away
)
{
    /// <summary>Max − min, in score units; null where either is.</summary>
    public double? Range => Max - Min;
}

/// <summary>An output's grades side by side, for a lead who decides.</summary>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files.</param>
/// <param name="Votes">The grade of every grader that is of its present files, models and programs too, sorted by grader.</param>
/// <param name="Criteria">One a criterion, in rubric order: how the people among them differ.</param>
/// <param name="Decisions">Each lead's word on it so far, the latest last; what was taken back is <see cref="GradeStatus.Withdrawn"/>.</param>
public sealed record SideBySide(
    OutputKey Key,
    OutputId Output,
    IReadOnlyList<Vote> Votes,
    IReadOnlyList<CriterionSplit> Criteria,
    IReadOnlyList<Decision> Decisions
)
{
    private const double Tolerance = 1e-9;

    /// <summary>Puts an output's grades side by side.</summary>
    /// <param name="ballot">The votes.</param>
    /// <param name="adjudication">What leads decided.</param>
    /// <param name="benchmark">The rubric.</param>
    /// <param name="key">The output.</param>
    /// <returns>The grades and how they differ; null where the workspace has no such output that can be graded.</returns>
    public static SideBySide? Of(Ballot ballot, Adjudication adjudication, Benchmark benchmark, OutputKey key)
    {
        ArgumentNullException.ThrowIfNull(ballot);
        ArgumentNullException.ThrowIfNull(adjudication);
        ArgumentNullException.ThrowIfNull(benchmark);
        if (ballot.Outputs.FirstOrDefault(o => o.Output.Key == key) is not { } output)
            return null;
        Vote[] votes = [.. output.Votes.Where(v => !v.Stale)];
        return new(
            key,
            output.Output.Id!.Value,
            votes,
            [.. benchmark.Criteria.Select((c, i) => Split(votes, c, i))],
            [
                .. adjudication
                    .Standing.Concat(adjudication.TakenBack)
                    .Where(d => d.Grade.Key == key)
                    .OrderBy(d => d.Grade.GradedAt),
            ]
        );
    }

    private static CriterionSplit Split(Vote[] votes, Criterion criterion, int place)
    {
        (GraderId Grader, double Score)[] given =
        [
            .. votes
                .Where(v => v.Grader.Counts && v.Votes.Scored(place)[v.Index])
                .Select(v => (v.Grader.Id, v.Votes.Scores(place)[v.Index])),
        ];
        double[] scores = [.. given.Select(g => g.Score).Order()];
        if (scores.Length == 0)
            return new(criterion.Id, 0, null, null, null, null, null, []);
        var nominal = criterion.Scale.Level == MeasurementLevel.Nominal;
        var middle = nominal ? Mode.Lowest(scores)!.Value : Statistics.Summary.Median.OfSorted(scores);
        var least = nominal ? Tolerance : criterion.Scale.Step - Tolerance;
        return new(
            criterion.Id,
            scores.Length,
            middle,
            nominal ? null : scores[0],
            nominal ? null : scores[^1],
            ShareOfPairs(scores, Tolerance),
            nominal ? null : ShareOfPairs(scores, criterion.Scale.Step + Tolerance),
            [.. given.Where(g => Math.Abs(g.Score - middle) >= least).Select(g => g.Grader)]
        );
    }

    // Percent agreement of one item (Gwet 2008): pairs that agree among all pairs.
    private static double? ShareOfPairs(double[] sorted, double most)
    {
        var (near, pairs) = (0, 0);
        for (var a = 0; a < sorted.Length; a++)
        for (var b = a + 1; b < sorted.Length; b++, pairs++)
            near += sorted[b] - sorted[a] <= most ? 1 : 0;
        return pairs > 0 ? (double)near / pairs : null;
    }
}
