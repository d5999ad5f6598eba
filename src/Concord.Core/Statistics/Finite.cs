namespace Concord.Core.Statistics;

/// <summary>The last gate of every statistic: what is not a finite number leaves as null.</summary>
internal static class Finite
{
    public static double? OrNull(double value) => double.IsFinite(value) ? value : null;
}
