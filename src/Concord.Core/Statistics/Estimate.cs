namespace Concord.Core.Statistics;

/// <summary>A statistic that may be undefined, with its interval when one was asked for.</summary>
/// <param name="Value">The point estimate, always finite; null when it is undefined.</param>
/// <param name="Interval">The interval estimate; null when none was asked for or none exists.</param>
/// <param name="UndefinedBecause">One sentence that says why <paramref name="Value"/> is null; null when there is a value.</param>
/// <param name="NoIntervalBecause">One sentence that says why there is a value and no interval although one was asked for;
/// else null.</param>
/// <param name="StandardError">The standard error of <paramref name="Value"/> in its unit, 0 or more; null where none is known.</param>
public sealed record Estimate(
    double? Value,
    ConfidenceInterval? Interval = null,
    string? UndefinedBecause = null,
    string? NoIntervalBecause = null,
    double? StandardError = null
)
{
    internal static Estimate Undefined(string reason) => new(null, null, reason);
}
