namespace Concord.Core.Statistics.Summary;

/// <summary>Means: plain, weighted, and with the extremes cut off or pulled in; with Student's interval.</summary>
public static class Mean
{
    /// <summary>The arithmetic mean of finite values.</summary>
    /// <returns>In the unit of the values; null when there are none, or their sum is beyond the range of double.</returns>
    public static double? Of(ReadOnlySpan<double> values) => values.IsEmpty ? null : Finite.OrNull(Plain(values));

    /// <summary>The mean without the extremes: ⌊proportion · n⌋ values are dropped at each end.</summary>
    /// <remarks>Source: Tukey and McLaughlin (1963), Sankhyā A 25(3). With few values nothing is dropped: 10 % starts at 10 of them.</remarks>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="proportion">The share to drop at each end, 0 to below ½.</param>
    /// <returns>In the unit of the values; null when there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The proportion is outside 0 to below ½.</exception>
    public static double? Trimmed(ReadOnlySpan<double> values, double proportion)
    {
        var cut = CutOff(values.Length, proportion);
        return values.IsEmpty ? null : Finite.OrNull(Plain(Sorted.Copy(values).AsSpan(cut..^cut)));
    }

    /// <summary>The mean with the ⌊proportion · n⌋ extremes at each end replaced by the nearest value that stays.</summary>
    /// <remarks>Source: Dixon (1960), "Simplified Estimation from Censored Normal Samples", Ann. Math. Stat. 31(2).</remarks>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="proportion">The share to replace at each end, 0 to below ½.</param>
    /// <returns>In the unit of the values; null when there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The proportion is outside 0 to below ½.</exception>
    public static double? Winsorized(ReadOnlySpan<double> values, double proportion)
    {
        var cut = CutOff(values.Length, proportion);
        return values.IsEmpty ? null : Finite.OrNull(Plain(PulledIn(values, cut)));
    }

    /// <summary>The weighted mean, Σ w x / Σ w.</summary>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="weights">One weight for each value, finite, 0 or more.</param>
    /// <returns>In the unit of the values; null when no value has a weight above 0.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a weight is negative or not finite.</exception>
    public static double? Weighted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        Weights.Check(values, weights);
        double sum = 0;
        double total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
            total += weights[i];
        }
        return total > 0 ? Finite.OrNull(sum / total) : null;
    }

    /// <summary>Student's t interval of the mean. With equal values its width is zero.</summary>
    /// <remarks>Source: Student (1908), "The Probable Error of a Mean", Biometrika 6(1).</remarks>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>In the unit of the values; null below 3 values, where the interval is wider than any scale.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static ConfidenceInterval? StudentInterval(ReadOnlySpan<double> values, double confidence = 0.95)
    {
        var degrees = values.Length - 1;
        if (degrees < 2)
            return null;
        var mean = Plain(values);
        return Around(mean, Math.Sqrt(Spread.SquaresAround(values, mean) / degrees / values.Length), degrees, confidence);
    }

    /// <summary>Student's interval of the trimmed mean, from the winsorized variance.</summary>
    /// <remarks>
    /// With h values left, the standard error is √(winsorized sum of squares / (h (h − 1))) on h − 1 degrees of freedom.
    /// Source: Tukey and McLaughlin (1963), Sankhyā A 25(3), in the form of Yuen (1974), "The Two-Sample Trimmed t", Biometrika 61(1), which takes
    /// the number really trimmed, so that an interval with nothing trimmed is Student's.
    /// </remarks>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="proportion">The share to drop at each end, 0 to below ½.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>In the unit of the values; null when fewer than 3 are left.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The proportion or the confidence is out of range.</exception>
    public static ConfidenceInterval? TrimmedInterval(ReadOnlySpan<double> values, double proportion, double confidence = 0.95)
    {
        var left = values.Length - 2 * CutOff(values.Length, proportion);
        if (left < 3 || Trimmed(values, proportion) is not { } mean)
            return null;
        var winsorized = PulledIn(values, CutOff(values.Length, proportion));
        var squares = Spread.SquaresAround(winsorized, Plain(winsorized));
        return Around(mean, Math.Sqrt(squares / left / (left - 1)), left - 1, confidence);
    }

    internal static double Plain(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    private static ConfidenceInterval? Around(double mean, double standardError, int degrees, double confidence)
    {
        var reach = StudentQuantile.TwoSided(degrees, confidence) * standardError;
        return double.IsFinite(mean - reach) && double.IsFinite(mean + reach) ? new(mean - reach, mean + reach) : null;
    }

    private static double[] PulledIn(ReadOnlySpan<double> values, int cut)
    {
        var sorted = Sorted.Copy(values);
        sorted.AsSpan(0, cut).Fill(sorted[cut]);
        sorted.AsSpan(sorted.Length - cut).Fill(sorted[^(cut + 1)]);
        return sorted;
    }

    private static int CutOff(int count, double proportion)
    {
        if (!(proportion >= 0 && proportion < 0.5))
            throw new ArgumentOutOfRangeException(nameof(proportion), proportion, "The share to trim is 0 to below one half.");
        // .29 · 100 is a hair below 29 in binary; the extremes of an even half must not meet.
        return Math.Min((int)(proportion * count + 1e-9), Math.Max(0, (count - 1) / 2));
    }
}
