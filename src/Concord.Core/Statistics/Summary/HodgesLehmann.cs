namespace Concord.Core.Statistics.Summary;

/// <summary>The Hodges-Lehmann estimate: the median of the means of all pairs of values, each value with itself included.</summary>
/// <remarks>Source: Hodges and Lehmann (1963), "Estimates of Location Based on Rank Tests", Ann. Math. Stat. 34(2).</remarks>
public static class HodgesLehmann
{
    /// <summary>The estimate for finite values. O(n log n): the pairs are counted, never listed.</summary>
    /// <returns>In the unit of the values; null when there are none.</returns>
    public static double? Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return null;
        var sorted = Sorted.Copy(values);
        var pairs = (long)sorted.Length * (sorted.Length + 1) / 2;
        var lower = Ranked(sorted, (pairs + 1) / 2);
        var upper = pairs % 2 == 1 ? lower : Ranked(sorted, pairs / 2 + 1);
        return Finite.OrNull(PairMean(lower, upper));
    }

    // The rank-th smallest pair mean: a bisection over the doubles between the ends, at most 64 counts, exact.
    private static double Ranked(double[] sorted, long rank)
    {
        var (low, high) = (Order(sorted[0]), Order(sorted[^1]));
        while (low < high)
        {
            var middle = low + (long)((ulong)(high - low) / 2);
            if (CountUpTo(sorted, Value(middle)) >= rank)
                high = middle;
            else
                low = middle + 1;
        }
        return Value(low);
    }

    private static long CountUpTo(double[] sorted, double limit)
    {
        long count = 0;
        var first = 0;
        var last = sorted.Length - 1;
        for (; first <= last; first++)
        {
            while (last >= first && PairMean(sorted[first], sorted[last]) > limit)
                last--;
            count += last - first + 1;
        }
        return count;
    }

    private static double PairMean(double a, double b) => a / 2 + b / 2;

    // Doubles as integers in the same order.
    private static long Order(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits >= 0 ? bits : long.MinValue - bits;
    }

    private static double Value(long order) => BitConverter.Int64BitsToDouble(order >= 0 ? order : long.MinValue - order);
}
