using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>One number from several scores, with its interval.</summary>
internal readonly record struct CriterionConsensus(double? Value, ConfidenceInterval? Interval, string Method)
{
    public static CriterionConsensus Of(
        OutputScores given,
        IReadOnlyList<Grader> graders,
        MeasurementLevel level,
        ConsensusPolicy policy
    )
    {
        double[] weights = policy.Method == ConsensusMethod.Weighted ? given.Weights(graders) : [];
        return Of(given.Scores, given.Sorted, weights, level, policy);
    }

    /// <param name="scores">In the order of the graders.</param>
    /// <param name="sorted">The same, ascending.</param>
    /// <param name="weights">Only the weighted method asks for them.</param>
    /// <param name="level">What differences between scores mean.</param>
    /// <param name="policy">The method.</param>
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

    private static CriterionConsensus With(double? value, ConfidenceInterval? interval, string method) =>
        new(value, interval, interval is null ? "" : method);
}
