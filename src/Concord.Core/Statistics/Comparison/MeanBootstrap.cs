using Concord.Core.Statistics.Summary;
using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Comparison;

/// <summary>Bootstrap intervals of a mean: values are drawn with replacement, as many as there are.</summary>
/// <remarks>
/// The order of the values does not matter, and negated values give the negated interval, to the bit.
/// Source: Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapters 13 (percentile) and 14 (BCa).
/// </remarks>
public static class MeanBootstrap
{
    /// <summary>The mean with its percentile interval and its bias-corrected and accelerated (BCa) one, from the same resamples.</summary>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="replicates">How many resamples, 0 for no interval; 2,000 or more for BCa.</param>
    /// <param name="seed">Seed of <see cref="Xoshiro256"/>.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>In the unit of the values; undefined where there are none; without intervals below two values, and where all are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than no replicates, or a confidence that is not between 0 and 1.</exception>
    public static (Estimate Percentile, Estimate Bca) Of(
        ReadOnlySpan<double> values,
        int replicates,
        ulong seed,
        double confidence = 0.95
    )
    {
        UnitBootstrap.Check(replicates, confidence);
        if (values.IsEmpty)
            return Both(Estimate.Undefined(Reasons.Fewer(0, 1)));
        var sorted = Sorted.Copy(values);
        var mirror = Mirror(sorted);
        if (mirror)
        {
            Array.Reverse(sorted);
            for (var i = 0; i < sorted.Length; i++)
                sorted[i] = -sorted[i];
        }
        if (Mean.Of(sorted) is not { } mean)
            return Both(Estimate.Undefined(Reasons.TooLarge));
        var value = mirror ? -mean : mean;
        if (replicates == 0)
            return Both(new(value));
        if (values.Length < 2)
            return Both(new(value, NoIntervalBecause: Reasons.Fewer(1, 2)));
        if (sorted[^1] - sorted[0] <= Reasons.Largest(sorted) * 1e-12)
            return Both(new(value, NoIntervalBecause: Reasons.AllEqual));

        var means = Means(sorted, replicates, seed);
        Array.Sort(means);
        var tail = (1 - confidence) / 2;
        return (
            new(value, Interval(means, tail, 1 - tail, mirror)),
            new(value, Interval(means, Corrected(tail), Corrected(1 - tail), mirror))
        );

        double Corrected(double probability)
        {
            var bias = Normal.InvCDF(0, 1, Share(means, mean));
            var z = bias + Normal.InvCDF(0, 1, probability);
            return Normal.CDF(0, 1, bias + (z / (1 - (Acceleration(sorted, mean) * z))));
        }
    }

    /// <summary>How many of the resamples have a mean above zero, those with a mean of zero counting half.</summary>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="replicates">How many resamples, 1 or more.</param>
    /// <param name="seed">Seed of <see cref="Xoshiro256"/>.</param>
    /// <param name="tolerance">Means as near to zero as this are zero, 0 or more.</param>
    /// <returns>A share, 0 to 1; null below two values, where every resample is the same.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no resample, or the tolerance is negative.</exception>
    public static double? ShareAboveZero(ReadOnlySpan<double> values, int replicates, ulong seed, double tolerance = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(replicates);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        if (values.Length < 2)
            return null;
        var sorted = Sorted.Copy(values);
        double above = 0;
        foreach (var mean in Means(sorted, replicates, seed))
            above +=
                mean > tolerance ? 1
                : mean >= -tolerance ? 0.5
                : 0;
        return above / replicates;
    }

    private static (Estimate, Estimate) Both(Estimate estimate) => (estimate, estimate);

    // Which of the values and their negatives is resampled: the one that is larger at its first place from the low end.
    private static bool Mirror(double[] sorted)
    {
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] + sorted[^(i + 1)] is var sum and not 0)
                return sum < 0;
        }
        return false;
    }

    private static double[] Means(double[] sorted, int replicates, ulong seed)
    {
        var random = new Xoshiro256(seed);
        var means = new double[replicates];
        for (var r = 0; r < replicates; r++)
        {
            double sum = 0;
            for (var i = 0; i < sorted.Length; i++)
                sum += sorted[random.NextInt(sorted.Length)];
            means[r] = sum / sorted.Length;
        }
        return means;
    }

    private static ConfidenceInterval Interval(double[] means, double low, double high, bool mirror)
    {
        var (from, to) = (Quantile.OfSorted(means, low), Quantile.OfSorted(means, high));
        return mirror ? new(-to, -from) : new(from, to);
    }

    // Ties count half, and never all or none of the resamples, so that the normal quantile is finite.
    private static double Share(double[] means, double mean)
    {
        double below = 0;
        var slack = 1e-12 * Reasons.Largest(means);
        foreach (var m in means)
            below +=
                m < mean - slack ? 1
                : m <= mean + slack ? 0.5
                : 0;
        return (below + 0.5) / (means.Length + 1);
    }

    // The jackknife of a mean in closed form.
    private static double Acceleration(double[] values, double mean)
    {
        double squares = 0;
        double cubes = 0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
            cubes += (value - mean) * (value - mean) * (value - mean);
        }
        return cubes / (6 * Math.Pow(squares, 1.5));
    }
}
