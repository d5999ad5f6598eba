namespace Concord.Core.Statistics;

/// <summary>Percentile bootstrap over units: items are drawn with replacement and the whole statistic is computed anew.</summary>
/// <remarks>
/// Drawing N of N items is drawing the multiplicities of the patterns from a multinomial distribution, done as a chain of
/// binomials: the time depends on the number of patterns, not of items. The standard error is the standard deviation of the resamples.
/// Source: Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapters 6 and 13.
/// </remarks>
internal static class UnitBootstrap
{
    /// <summary>Adds the intervals of several statistics, all computed on the same resamples.</summary>
    /// <param name="patterns">The sample.</param>
    /// <param name="replicates">How many resamples, 0 for none.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <param name="statistics">Each takes a resample as multiplicities of the patterns; resamples in which it is undefined are left out.</param>
    /// <returns>One estimate a statistic, each the same as if it had been asked for alone; those that cannot be resampled unchanged.</returns>
    public static IReadOnlyList<Estimate> Intervals(
        CountPatterns patterns,
        int replicates,
        ulong seed,
        double confidence,
        IReadOnlyList<Resampled> statistics
    )
    {
        var estimates = statistics.Select(s => s.Point).ToArray();
        int[] open = [.. Enumerable.Range(0, statistics.Count).Where(i => statistics[i].Statistic is not null)];
        if (replicates == 0 || open.Length == 0)
            return estimates;
        if (patterns.Units < 2)
        {
            foreach (var i in open)
                estimates[i] = estimates[i] with
                {
                    NoIntervalBecause = "A single item has two or more ratings, so there is nothing to resample.",
                };
            return estimates;
        }

        var random = new Xoshiro256(seed);
        var resample = new int[patterns.Count];
        var defined = open.Select(_ => new List<double>(replicates)).ToArray();
        for (var r = 0; r < replicates; r++)
        {
            Resample(patterns, random, resample);
            for (var i = 0; i < open.Length; i++)
            {
                if (statistics[open[i]].Statistic!(resample) is { } replicate)
                    defined[i].Add(replicate);
            }
        }
        for (var i = 0; i < open.Length; i++)
            estimates[open[i]] = WithInterval(estimates[open[i]], defined[i], replicates, confidence);
        return estimates;
    }

    private static Estimate WithInterval(Estimate point, List<double> defined, int replicates, double confidence)
    {
        if (2 * defined.Count < replicates || defined.Count == 0)
            return point with
            {
                NoIntervalBecause = "The statistic is undefined in more than half of the resamples, so they give no interval.",
            };
        var sorted = defined.ToArray();
        Array.Sort(sorted);
        var tail = (1 - confidence) / 2;
        return point with
        {
            Interval = new(Summary.Quantile.OfSorted(sorted, tail), Summary.Quantile.OfSorted(sorted, 1 - tail)),
            StandardError = Summary.Spread.StandardDeviation(sorted),
        };
    }

    /// <exception cref="ArgumentOutOfRangeException">Fewer than no replicates, or a confidence that is not between 0 and 1.</exception>
    public static void Check(int replicates, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicates);
        ConfidenceInterval.Check(confidence);
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
