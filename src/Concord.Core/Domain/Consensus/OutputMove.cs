using Concord.Core.Statistics;

namespace Concord.Core.Domain.Consensus;

/// <summary>An output of which something differs between two moments: a consensus, an interval, its rank or its graders.</summary>
/// <param name="Key">The output.</param>
/// <param name="Before">Its row of results.csv before; null where it was not there.</param>
/// <param name="After">Its row after; null where it is gone.</param>
/// <param name="IntervalBefore">The interval of its overall before; null where there was none.</param>
/// <param name="IntervalAfter">The interval after; null where there is none.</param>
public sealed record OutputMove(
    OutputKey Key,
    ResultRow? Before,
    ResultRow? After,
    ConfidenceInterval? IntervalBefore,
    ConfidenceInterval? IntervalAfter
)
{
    /// <summary>The largest change of the overall or of a criterion, in score units, 0 or more; null where no value was there both times.</summary>
    public double? Size =>
        Before is null || After is null
            ? null
            : Before
                .Criteria.Zip(After.Criteria, (b, a) => a - b)
                .Append(After.Overall - Before.Overall)
                .Max(d => d is { } by ? Math.Abs(by) : null as double?);
}
