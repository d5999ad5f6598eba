namespace Concord.Core.Statistics;

/// <summary>Percentile bootstrap over units: items are drawn with replacement and the whole statistic is computed anew.</summary>
/// <remarks>
/// Drawing N of N items is drawing the multiplicities of the patterns from a multinomial distribution, done as a chain of
/// binomials: the time depends on the number of patterns, not of items.
/// Source: Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13.
/// </remarks>
internal static class UnitBootstrap
{
    /// <summary>Adds the interval to an estimate that has a value.</summary>
    /// <param name="value">The statistic on the sample itself.</param>
    /// <param name="patterns">The sample.</param>
    /// <param name="replicates">How many resamples, 1 or more.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <param name="statistic">The statistic of a resample, given as multiplicities of the patterns; null where undefined. Such resamples are left out.</param>
    public static Estimate Interval(
        double value,
        CountPatterns patterns,
        int replicates,
        ulong seed,
        double confidence,
        Func<ReadOnlySpan<int>, double?> statistic
    )
    {
        if (replicates == 0)
            return new(value);
        if (patterns.Units < 2)
            return new(value, NoIntervalBecause: "A single item has two or more ratings, so there is nothing to resample.");

        var random = new Xoshiro256(seed);
        var resample = new int[patterns.Count];
        var defined = new List<double>(replicates);
        for (var r = 0; r < replicates; r++)
        {
            Resample(patterns, random, resample);
            if (statistic(resample) is { } replicate)
                defined.Add(replicate);
        }
        if (2 * defined.Count < replicates || defined.Count == 0)
            return new(
                value,
                NoIntervalBecause: "The statistic is undefined in more than half of the resamples, so they give no interval."
            );

        var sorted = defined.ToArray();
        Array.Sort(sorted);
        var tail = (1 - confidence) / 2;
        return new(value, new(Summary.Quantile.OfSorted(sorted, tail), Summary.Quantile.OfSorted(sorted, 1 - tail)));
    }

    /// <exception cref="ArgumentOutOfRangeException">Fewer than no replicates, or a confidence that is not between 0 and 1.</exception>
    public static void Check(int replicates, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicates);
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
    }

    private static void Resample(CountPatterns patterns, Xoshiro256 random, int[] resample)
    {
        var toDraw = patterns.Units;
        var toPass = patterns.Units;
        for (var p = 0; p < resample.Length; p++)
        {
            var multiplicity = patterns.Multiplicities[p];
            resample[p] = BinomialDraw.Next(random, toDraw, (double)multiplicity / toPass);
            toDraw -= resample[p];
            toPass -= multiplicity;
        }
    }
}
