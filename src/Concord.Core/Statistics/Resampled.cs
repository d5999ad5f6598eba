namespace Concord.Core.Statistics;

/// <summary>A statistic of the sample and of any resample of its items.</summary>
/// <param name="Point">The statistic of the sample itself.</param>
/// <param name="Statistic">That of a resample, given as multiplicities of the patterns, null where undefined; null where it cannot be resampled.</param>
internal sealed record Resampled(Estimate Point, Func<ReadOnlySpan<int>, double?>? Statistic = null);
