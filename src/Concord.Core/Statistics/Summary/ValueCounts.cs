namespace Concord.Core.Statistics.Summary;

/// <summary>The distinct values, ascending, with how often each occurs.</summary>
internal static class ValueCounts
{
    public static List<(double Value, int Count)> Of(ReadOnlySpan<double> values)
    {
        var sorted = Sorted.Copy(values);
        List<(double, int)> counts = [];
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; )
                to++;
            counts.Add((sorted[from], to - from));
        }
        return counts;
    }
}
