namespace Concord.Core.Statistics.Summary;

/// <summary>The most frequent value.</summary>
public static class Mode
{
    /// <summary>The most frequent of the values, the lowest of them on a tie.</summary>
    /// <returns>One of the values; null when there are none.</returns>
    public static double? Lowest(ReadOnlySpan<double> values)
    {
        double? mode = null;
        var most = 0;
        foreach (var (value, count) in ValueCounts.Of(values))
        {
            if (count > most)
                (mode, most) = (value, count);
        }
        return mode;
    }
}
