namespace Concord.Core.Statistics.Summary;

/// <summary>Quantiles by linear interpolation between order statistics.</summary>
/// <remarks>Source: Hyndman and Fan (1996), "Sample Quantiles in Statistical Packages", The American Statistician 50(4), definition 7.</remarks>
public static class Quantile
{
    /// <summary>The value below which a share of the values lies.</summary>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="probability">0, the smallest, to 1, the largest.</param>
    /// <returns>In the unit of the values; null when there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside 0 to 1.</exception>
    public static double? Of(ReadOnlySpan<double> values, double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is between 0 and 1.");
        return values.IsEmpty ? null : Finite.OrNull(OfSorted(Sorted.Copy(values), probability));
    }

    internal static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        var position = (sorted.Length - 1) * probability;
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        var weight = position - below;
        return weight == 0 || sorted[below] == sorted[above]
            ? sorted[below]
            : sorted[below] * (1 - weight) + sorted[above] * weight;
    }
}
