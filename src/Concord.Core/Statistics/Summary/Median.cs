using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Summary;

/// <summary>The middle value. Between two middle values it is their mean, so half grades stay halves.</summary>
public static class Median
{
    private const int Remembered = 10_000;

    // A search over distribution functions, and every item asks for one of few.
    private static readonly ConcurrentDictionary<(int Count, double Confidence), int?> CutOffs = new();

    /// <summary>The median of finite values.</summary>
    /// <returns>In the unit of the values; null when there are none.</returns>
    public static double? Of(ReadOnlySpan<double> values) => values.IsEmpty ? null : Finite.OrNull(OfSorted(Sorted.Copy(values)));

    /// <summary>The weighted median: the smallest value at which the weights up to it reach half of their sum; the mean of that value
    /// and the next when they are exactly half.</summary>
    /// <remarks>Source: Cormen, Leiserson, Rivest and Stein (2009), "Introduction to Algorithms", third edition, problem 9-2, lower and upper weighted median averaged.</remarks>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="weights">One weight for each value, finite, 0 or more; equal weights give the plain median.</param>
    /// <returns>In the unit of the values; null when no value has a weight above 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a weight is negative or not finite.</exception>
    public static double? Weighted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        const double slack = 1e-12; // sums of weights such as .1 and .2 are exact to less than this
        Weights.Check(values, weights);
        var sorted = values.ToArray();
        var weightOf = weights.ToArray();
        Array.Sort(sorted, weightOf);
        var total = weightOf.Sum();
        double passed = 0;
        double? middle = null;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (weightOf[i] == 0)
                continue;
            if (middle is { } lower)
                return Finite.OrNull(lower / 2 + sorted[i] / 2);
            passed += weightOf[i];
            if (passed >= total / 2 * (1 + slack))
                return Finite.OrNull(sorted[i]);
            if (passed >= total / 2 * (1 - slack))
                middle = sorted[i];
        }
        return middle;
    }

    /// <summary>The interval between two order statistics that covers the population's median, whatever the distribution.</summary>
    /// <remarks>
    /// From the value after the k smallest to the one before the k largest, k the largest number with 2 P(Binomial(n, ½) ≤ k) ≤ 1 − confidence. At 95 % it exists from 6 values.
    /// Source: Conover (1999), "Practical Nonparametric Statistics", third edition, section 3.2.
    /// </remarks>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="confidence">The least coverage, above 0, below 1.</param>
    /// <returns>In the unit of the values; null when there are too few for the confidence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static ConfidenceInterval? OrderStatisticInterval(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        return CutOff(values.Length, confidence) is null ? null : IntervalOfSorted(Sorted.Copy(values), confidence);
    }

    internal static ConfidenceInterval? IntervalOfSorted(ReadOnlySpan<double> sorted, double confidence = 0.95) =>
        CutOff(sorted.Length, confidence) is { } cut ? new(sorted[cut], sorted[^(cut + 1)]) : null;

    /// <summary>The coverage that <see cref="OrderStatisticInterval"/> really has, which is at least the confidence asked for.</summary>
    /// <param name="count">Number of values, 0 or more.</param>
    /// <param name="confidence">The least coverage, above 0, below 1.</param>
    /// <returns>A probability; null when there are too few values for the confidence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static double? OrderStatisticCoverage(int count, double confidence = 0.95) =>
        CutOff(count, confidence) is { } cut ? 1 - 2 * Binomial.CDF(0.5, count, cut) : null;

    internal static double OfSorted(ReadOnlySpan<double> sorted)
    {
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
    }

    // How many values to leave out at each end.
    private static int? CutOff(int count, double confidence)
    {
        ConfidenceInterval.Check(confidence);
        if (CutOffs.TryGetValue((count, confidence), out var known))
            return known;
        var found = Search(count, confidence);
        if (CutOffs.Count < Remembered)
            CutOffs.TryAdd((count, confidence), found);
        return found;
    }

    private static int? Search(int count, double confidence)
    {
        var (fits, fails) = (-1, (count + 1) / 2);
        while (fails - fits > 1)
        {
            var cut = (fits + fails) / 2;
            if (2 * Binomial.CDF(0.5, count, cut) <= 1 - confidence + 1e-12)
                fits = cut;
            else
                fails = cut;
        }
        return fits >= 0 ? fits : null;
    }
}
