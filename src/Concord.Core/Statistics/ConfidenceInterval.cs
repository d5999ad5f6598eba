namespace Concord.Core.Statistics;

/// <summary>An interval estimate, both ends included.</summary>
/// <param name="Low">The lower limit, finite, in the unit of what is estimated.</param>
/// <param name="High">The upper limit, finite, never below <paramref name="Low"/>.</param>
public readonly record struct ConfidenceInterval(double Low, double High);
