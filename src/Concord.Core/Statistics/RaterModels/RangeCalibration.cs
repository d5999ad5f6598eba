namespace Concord.Core.Statistics.RaterModels;

/// <summary>How far apart so many grades of one item lie when average raters merely err as they do.</summary>
/// <remarks>
/// Exact: given the true class the grades are independent, so the chance that all lie in a window is a power, and that the
/// lowest class of the window is among them besides is a difference of two. The classes are mixed by their shares.
/// </remarks>
public static class RangeCalibration
{
    /// <summary>The quantile of the range of n grades: a range above it is rarer than usual and worth a look.</summary>
    /// <param name="rater">The average rater.</param>
    /// <param name="values">The value of each class, ascending.</param>
    /// <param name="n">The number of grades of an item.</param>
    /// <param name="quantile">Above 0, below 1.</param>
    /// <returns>The smallest range, in the unit of the values, that is not exceeded with at least the given chance, 0 or more; undefined with its reason for
    /// fewer than two grades and without classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is not between 0 and 1.</exception>
    /// <exception cref="ArgumentException">There are not as many values as classes.</exception>
    public static Estimate Threshold(PooledConfusion rater, IReadOnlyList<double> values, int n, double quantile = 0.95)
    {
        Check(rater, values);
        if (!(quantile > 0 && quantile < 1))
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "A quantile is above 0 and below 1.");
        if (n < 2)
            return Estimate.Undefined("A single grade has no range.");
        if (values.Count == 0)
            return Estimate.Undefined("There are no ratings to tell how raters err.");

        SortedSet<double> ranges = [];
        for (var low = 0; low < values.Count; low++)
        for (var high = low; high < values.Count; high++)
            ranges.Add(values[high] - values[low]);
        double[] ascending = [.. ranges];
        var (below, above) = (0, ascending.Length - 1);
        while (below < above)
        {
            var middle = (below + above) / 2;
            if (ChanceWithin(rater, values, n, ascending[middle]) >= quantile)
                above = middle;
            else
                below = middle + 1;
        }
        return new(ascending[below]);
    }

    /// <summary>The chance that the range of n grades is at most so much.</summary>
    /// <param name="rater">The average rater.</param>
    /// <param name="values">The value of each class, ascending.</param>
    /// <param name="n">The number of grades of an item, 1 or more.</param>
    /// <param name="range">In the unit of the values.</param>
    /// <returns>0 to 1.</returns>
    public static double ChanceWithin(PooledConfusion rater, IReadOnlyList<double> values, int n, double range)
    {
        Check(rater, values);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        // Differences of decimal values do not come out equal to the bit.
        var slack = 1e-9 * Math.Max(1, values.Count > 0 ? values[^1] - values[0] : 0);
        double chance = 0;
        for (var t = 0; t < values.Count; t++)
        for (int low = 0, high = 0; low < values.Count; low++)
        {
            high = Math.Max(high, low);
            while (high + 1 < values.Count && values[high + 1] - values[low] <= range + slack)
                high++;
            if (range < -slack)
                continue;
            double above = 0;
            for (var given = low + 1; given <= high; given++)
                above += rater[t, given];
            chance += rater.Prior[t] * (Math.Pow(above + rater[t, low], n) - Math.Pow(above, n));
        }
        return Math.Clamp(chance, 0, 1);
    }

    private static void Check(PooledConfusion rater, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(rater);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != rater.Classes)
            throw new ArgumentException("There is one value a class.", nameof(values));
    }
}
