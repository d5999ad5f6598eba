namespace Concord.Core.Domain.Consensus;

/// <summary>A criterion of an output on which a lead's decision stands: its score takes the place of the graders' consensus.</summary>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files.</param>
/// <param name="Criterion">The criterion.</param>
/// <param name="Place">The criterion's place in the rubric, from 0.</param>
/// <param name="Score">The decided score, on the criterion's scale.</param>
/// <param name="Decision">The decision that rules.</param>
/// <param name="Overruled">Decisions of other leads on the same criterion, which were earlier; the earliest first.</param>
public sealed record Ruling(
    OutputKey Key,
    OutputId Output,
    CriterionId Criterion,
    int Place,
    double Score,
    Decision Decision,
    IReadOnlyList<Decision> Overruled
)
{
    /// <summary>
    /// The votes of people that speak against it: given after the decision, and either flagged or as far from the decided score as
    /// scores are apart that the flag <c>range</c> is for; of nominal data any other score.
    /// </summary>
    /// <param name="output">The output's votes.</param>
    /// <param name="benchmark">The benchmark, for the rubric and the flag's value.</param>
    /// <returns>The votes, sorted by grader.</returns>
    public IReadOnlyList<Vote> Dissent(OutputVotes output, Benchmark benchmark)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(benchmark);
        var criterion = benchmark.Criteria[Place];
        var far =
            criterion.Scale.Level == Statistics.MeasurementLevel.Nominal
                ? criterion.Scale.Step
                : benchmark.RangeThreshold(criterion);
        return [.. output.Counted.Where(v => !v.Stale && IsLater(v) && (v.Status == GradeStatus.Flagged || IsFar(v)))];

        bool IsLater(Vote vote) => vote.Grade.GradedAt > Decision.Grade.GradedAt;

        bool IsFar(Vote vote) => ScoreOf(vote) is { } score && Math.Abs(score - Score) >= far - 1e-9;
    }

    /// <summary>What a vote gave the criterion; null where it was not scored.</summary>
    /// <param name="vote">The vote.</param>
    public double? ScoreOf(Vote vote) => vote.Votes.Scored(Place)[vote.Index] ? vote.Votes.Scores(Place)[vote.Index] : null;
}
