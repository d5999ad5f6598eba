using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>One number from several scores, with its interval.</summary>
internal readonly record struct CriterionConsensus(double? Value, ConfidenceInterval? Interval, string Method)
{
    /// <summary>The method of a value that a lead decided.</summary>
    public const string Adjudicated = "adjudicated";

    /// <summary>Whether a method looks at the scores of one output alone.</summary>
    public static bool IsSummary(ConsensusMethod method) =>
        method is ConsensusMethod.Median or ConsensusMethod.Mean or ConsensusMethod.Trimmed or ConsensusMethod.Weighted;

    /// <param name="given">What people gave the output.</param>
    /// <param name="graders">Who they are.</param>
    /// <param name="level">What differences between scores mean.</param>
    /// <param name="policy">The method.</param>
    /// <param name="posterior">What the rater model says; null without one.</param>
    /// <param name="model">The rater model's name.</param>
    public static CriterionConsensus Of(
        OutputScores given,
        IReadOnlyList<Grader> graders,
        MeasurementLevel level,
        ConsensusPolicy policy,
        OutputPosterior? posterior,
        string model
    )
    {
        if (posterior is { } p && !IsSummary(policy.Method))
            return OfModel(p, level, policy.Method, model);
        // Of names a method that rests on distances says nothing, and their mode needs none.
        if (level != MeasurementLevel.Nominal && !IsSummary(policy.Method))
            return new(null, null, "");
        double[] weights = policy.Method == ConsensusMethod.Weighted ? given.Weights(graders) : [];
        var found = Of(given.Scores, given.Sorted, weights, level, policy);
        // Few scores give a median no interval of its own. The model's may lie beside it, and then reaches to it.
        return
            policy.Method == ConsensusMethod.Median
            && found is { Value: { } value, Interval: null }
            && posterior?.Interval is { } i
            ? new(value, new(Math.Min(i.Low, value), Math.Max(i.High, value)), $"{model}-posterior")
            : found;
    }

    /// <param name="scores">In the order of the graders.</param>
    /// <param name="sorted">The same, ascending.</param>
    /// <param name="weights">Only the weighted method asks for them.</param>
    /// <param name="level">What differences between scores mean.</param>
    /// <param name="policy">The method: a summary.</param>
    public static CriterionConsensus Of(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<double> sorted,
        ReadOnlySpan<double> weights,
        MeasurementLevel level,
        ConsensusPolicy policy
    )
    {
        if (scores.IsEmpty)
            return new(null, null, "");
        if (level == MeasurementLevel.Nominal)
            return new(Mode.Lowest(scores), null, "");
        return policy.Method switch
        {
            ConsensusMethod.Median => With(Median.OfSorted(sorted), Median.IntervalOfSorted(sorted), "order-statistic"),
            ConsensusMethod.Mean => With(Mean.Of(scores), Mean.StudentInterval(scores), "student-t"),
            ConsensusMethod.Trimmed => With(
                Mean.Trimmed(scores, policy.Trim),
                Mean.TrimmedInterval(scores, policy.Trim),
                "trimmed-t"
            ),
            ConsensusMethod.Weighted => new(Mean.Weighted(scores, weights), null, ""),
            _ => throw new ArgumentOutOfRangeException(nameof(policy), policy.Method, null),
        };
    }

    // The shares of votes are no probabilities of a true score, so votes have no interval.
    private static CriterionConsensus OfModel(
        OutputPosterior posterior,
        MeasurementLevel level,
        ConsensusMethod method,
        string model
    ) =>
        method is ConsensusMethod.Majority or ConsensusMethod.Wawa or ConsensusMethod.Zbs || level == MeasurementLevel.Nominal
            ? new(posterior.Mode, null, "")
            : With(
                posterior.Median,
                posterior.Interval,
                method == ConsensusMethod.Additive ? "additive-normal" : $"{model}-posterior"
            );

    private static CriterionConsensus With(double? value, ConfidenceInterval? interval, string method) =>
        new(value, interval, interval is null ? "" : method);
}
