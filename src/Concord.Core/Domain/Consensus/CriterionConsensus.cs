using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>One number from several scores, with its interval.</summary>
internal readonly record struct CriterionConsensus(double? Value, ConfidenceInterval? Interval, string Method)
{
    public static CriterionConsensus Of(
        ReadOnlySpan<double> scores,
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
            ConsensusMethod.Median => With(Median.Of(scores), Median.OrderStatisticInterval(scores), "order-statistic"),
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
