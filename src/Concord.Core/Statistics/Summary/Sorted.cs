namespace Concord.Core.Statistics.Summary;

/// <summary>Sorted copies: no statistic touches its input.</summary>
internal static class Sorted
{
    public static double[] Copy(ReadOnlySpan<double> values)
    {
        var copy = values.ToArray();
        Array.Sort(copy);
        return copy;
    }
}
