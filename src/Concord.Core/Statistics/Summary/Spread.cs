namespace Concord.Core.Statistics.Summary;

/// <summary>How far values lie apart.</summary>
public static class Spread
{
    /// <summary>The sample standard deviation, with n − 1.</summary>
    /// <returns>0 or more, in the unit of the values; null below two values.</returns>
    public static double? StandardDeviation(ReadOnlySpan<double> values) =>
        values.Length < 2 ? null : Finite.OrNull(Math.Sqrt(SquaresAround(values, Mean.Plain(values)) / (values.Length - 1)));

    /// <summary>The largest value minus the smallest.</summary>
    /// <returns>0 or more, in the unit of the values; null when there are none.</returns>
    public static double? Range(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return null;
        var (low, high) = (values[0], values[0]);
        foreach (var value in values)
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return Finite.OrNull(high - low);
    }

    /// <summary>The interquartile range, quartiles by <see cref="Quantile"/> (definition 7).</summary>
    /// <returns>0 or more, in the unit of the values; null when there are none.</returns>
    public static double? Iqr(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return null;
        var sorted = Sorted.Copy(values);
        return Finite.OrNull(Quantile.OfSorted(sorted, 0.75) - Quantile.OfSorted(sorted, 0.25));
    }

    /// <summary>The median absolute deviation from the median, not scaled to the normal distribution.</summary>
    /// <remarks>Source: Hampel (1974), "The Influence Curve and Its Role in Robust Estimation", JASA 69.</remarks>
    /// <returns>0 or more, in the unit of the values; null when there are none.</returns>
    public static double? Mad(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return null;
        var deviations = Sorted.Copy(values);
        var median = Median.OfSorted(deviations);
        for (var i = 0; i < deviations.Length; i++)
            deviations[i] = Math.Abs(deviations[i] - median);
        return Median.Of(deviations);
    }

    internal static double SquaresAround(ReadOnlySpan<double> values, double centre)
    {
        double sum = 0;
        foreach (var value in values)
            sum += (value - centre) * (value - centre);
        return sum;
    }
}
