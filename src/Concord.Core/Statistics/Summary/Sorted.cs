using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics.Summary;

/// <summary>Sorted copies: no statistic touches its input.</summary>
internal static class Sorted
{
    // Grades are few distinct numbers, and counting those is several times faster than sorting.
    private const int FewDistinct = 16;
    private const int WorthCounting = 24;

    public static double[] Copy(ReadOnlySpan<double> values)
    {
        var copy = new double[values.Length];
        Copy(values, copy);
        return copy;
    }

    /// <summary>Copies finite values into the start of some room, ascending.</summary>
    public static void Copy(ReadOnlySpan<double> values, Span<double> sorted)
    {
        if (values.Length >= WorthCounting && TryCount(values, sorted))
            return;
        values.CopyTo(sorted);
        sorted[..values.Length].Sort();
    }

    [MethodImpl(Hot.Loop)]
    private static bool TryCount(ReadOnlySpan<double> values, Span<double> sorted)
    {
        Span<double> distinct = stackalloc double[FewDistinct];
        Span<int> counts = stackalloc int[FewDistinct];
        var known = 0;
        foreach (var value in values)
        {
            var at = 0;
            while (at < known && distinct[at] != value)
                at++;
            if (at == FewDistinct || (value == 0 && double.IsNegative(value)))
                return false; // −0 equals 0 and would be written as it
            if (at == known)
                (distinct[known], counts[known++]) = (value, 0);
            counts[at]++;
        }
        distinct[..known].Sort(counts[..known]);
        var next = 0;
        for (var i = 0; i < known; i++)
        {
            sorted.Slice(next, counts[i]).Fill(distinct[i]);
            next += counts[i];
        }
        return true;
    }
}
