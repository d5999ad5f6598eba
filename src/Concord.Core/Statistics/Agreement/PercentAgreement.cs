namespace Concord.Core.Statistics.Agreement;

/// <summary>Agreement without correction for chance: the share of agreeing pairs of ratings of an item, averaged over items.</summary>
/// <remarks>Every item with two or more ratings weighs the same, however many it has.
/// Source: Gwet (2008), "Computing inter-rater reliability and its variance in the presence of high agreement", Br. J. Math. Stat. Psychol. 61, p_a.</remarks>
public static class PercentAgreement
{
    private const double Slack = 1e-9; // 0.4 − 0.3 is above 0.1 in binary

    /// <summary>The mean share of pairs in the same category.</summary>
    /// <returns>0 to 1; undefined with its reason where no item has two ratings.</returns>
    public static Estimate Exact(CountPatterns patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return Of(patterns, ExactShares(patterns));
    }

    /// <summary>The mean share of pairs at most a distance apart.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="distance">The largest difference that agrees, in the unit of the ratings, 0 or more.</param>
    /// <returns>0 to 1; undefined with its reason where no item has two ratings or some category is not a number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or not a number.</exception>
    public static Estimate Within(CountPatterns patterns, double distance)
    {
        Check(patterns, distance);
        return patterns.Values is null ? NotNumbers : Of(patterns, SharesWithin(patterns, distance));
    }

    /// <summary>The mean share of pairs in the same category, with the percentile bootstrap interval over items.</summary>
    /// <inheritdoc cref="KrippendorffAlpha.WithBootstrap" path="/param"/>
    /// <inheritdoc cref="KrippendorffAlpha.WithBootstrap" path="/exception"/>
    public static Estimate ExactWithBootstrap(CountPatterns patterns, int replicates, ulong seed, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        UnitBootstrap.Check(replicates, confidence);
        return UnitBootstrap.Intervals(patterns, replicates, seed, confidence, [Resampling(patterns, null)])[0];
    }

    /// <summary>The mean share of pairs at most a distance apart, with the percentile bootstrap interval over items.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="distance">The largest difference that agrees, in the unit of the ratings, 0 or more.</param>
    /// <param name="replicates">How many resamples, 0 for no interval; 1,000 is usual.</param>
    /// <param name="seed">Seed of <see cref="Xoshiro256"/>: the same seed gives the same interval.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative, there are fewer than no replicates, or the confidence is not between 0 and 1.</exception>
    public static Estimate WithinWithBootstrap(
        CountPatterns patterns,
        double distance,
        int replicates,
        ulong seed,
        double confidence = 0.95
    )
    {
        Check(patterns, distance);
        UnitBootstrap.Check(replicates, confidence);
        return UnitBootstrap.Intervals(patterns, replicates, seed, confidence, [Resampling(patterns, distance)])[0];
    }

    /// <summary>The mean agreement of pairs where two categories agree by their weight.</summary>
    /// <remarks>Standard error and interval as for <see cref="GwetAgreement"/>. With no weights but those of equal categories it is <see cref="Exact"/>.</remarks>
    /// <returns>0 to 1; undefined with its reason where no item has two ratings, or where the weights are.</returns>
    public static Estimate Weighted(CountPatterns patterns, AgreementWeights weights, double confidence = 0.95)
    {
        var sample = WeightedSample.Of(patterns, weights, out var reason);
        return sample is null ? Estimate.Undefined(reason) : sample.Observed(confidence);
    }

    /// <summary>The share of items on which all ratings are at most a distance apart.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="distance">The largest difference that agrees, in the unit of the ratings, 0 or more.</param>
    /// <returns>0 to 1, of the items with two or more ratings; undefined with its reason where there are none, or where some category is
    /// not a number and the distance is not 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or not a number.</exception>
    public static Estimate OfAllRaters(CountPatterns patterns, double distance)
    {
        Check(patterns, distance);
        if (patterns.Units == 0)
            return Of(patterns, []);
        if (patterns.Values is null && distance > 0)
            return NotNumbers;
        double agreeing = 0;
        for (var p = 0; p < patterns.Count; p++)
        {
            var counts = patterns[p];
            if (
                counts.Length == 1
                || distance > 0
                    && IsWithin(
                        patterns.Values![counts[counts.Length - 1].Category] - patterns.Values[counts[0].Category],
                        distance
                    )
            )
                agreeing += patterns.Multiplicities[p];
        }
        return new(agreeing / patterns.Units);
    }

    /// <summary>Agreement, ready to be computed on resamples together with other statistics.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="distance">The largest difference that agrees; null for the same category.</param>
    internal static Resampled Resampling(CountPatterns patterns, double? distance)
    {
        if (distance is not null && patterns.Values is null)
            return new(NotNumbers);
        var shares = distance is { } d ? SharesWithin(patterns, d) : ExactShares(patterns);
        var estimate = Of(patterns, shares);
        return estimate.Value is null ? new(estimate) : new(estimate, drawn => MeanShare(shares, drawn));
    }

    private static Estimate NotNumbers => Estimate.Undefined("Some categories are not numbers, and a distance needs numbers.");

    /// <summary>Whether a difference, 0 or more, is one that agrees.</summary>
    internal static bool IsWithin(double difference, double distance) => difference <= distance * (1 + Slack);

    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or not a number.</exception>
    internal static void Check(double distance)
    {
        if (!(distance >= 0))
            throw new ArgumentOutOfRangeException(nameof(distance), distance, "A distance is not negative.");
    }

    private static void Check(CountPatterns patterns, double distance)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        Check(distance);
    }

    private static Estimate Of(CountPatterns patterns, double[] shares) =>
        patterns.Units > 0
            ? new(MeanShare(shares, patterns.Multiplicities))
            : Estimate.Undefined("No item has two or more ratings, so there is nothing to compare.");

    private static double MeanShare(double[] shares, ReadOnlySpan<int> multiplicities)
    {
        double sum = 0;
        double units = 0;
        for (var p = 0; p < shares.Length; p++)
        {
            sum += multiplicities[p] * shares[p];
            units += multiplicities[p];
        }
        return Math.Min(1, sum / units);
    }

    private static double[] ExactShares(CountPatterns patterns)
    {
        var shares = new double[patterns.Count];
        for (var p = 0; p < shares.Length; p++)
        {
            double size = patterns.Sizes[p];
            double agreeing = 0;
            foreach (var (_, count) in patterns[p])
                agreeing += count * (count - 1.0);
            shares[p] = agreeing / (size * (size - 1));
        }
        return shares;
    }

    private static double[] SharesWithin(CountPatterns patterns, double distance)
    {
        var values = patterns.Values!;
        var shares = new double[patterns.Count];
        for (var p = 0; p < shares.Length; p++)
        {
            // Categories ascend, so those near enough below form a window that only moves up.
            var counts = patterns[p];
            double size = patterns.Sizes[p];
            double agreeing = 0;
            double window = 0;
            for (int c = 0, first = 0; c < counts.Length; c++)
            {
                while (!IsWithin(values[counts[c].Category] - values[counts[first].Category], distance))
                    window -= counts[first++].Count;
                agreeing += counts[c].Count * (counts[c].Count - 1 + 2 * window);
                window += counts[c].Count;
            }
            shares[p] = agreeing / (size * (size - 1));
        }
        return shares;
    }
}
