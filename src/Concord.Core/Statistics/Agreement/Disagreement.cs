using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics.Agreement;

/// <summary>Observed and expected disagreement of patterns under changing multiplicities: the inside of Krippendorff's alpha.</summary>
/// <remarks>
/// Sums run over ordered pairs of ratings. With squared differences of scores they have the closed form
/// Σ Σ (a − b)² = 2 m Σ (a − mean)², so no loop over pairs of categories is left but that of the ratio level.
/// </remarks>
internal sealed class Disagreement
{
    /// <summary>The most categories whose ratio metric is kept, and for which it is resampled: it has a value for every two.</summary>
    public const int MostRatioCategories = 2000;

    private readonly CountPatterns patterns;
    private readonly MeasurementLevel level;
    private readonly double[] scores;
    private readonly double[] totals;
    private readonly double[][]? ratioMetric;
    private readonly double[]? withinPatterns; // ordinal scores change with every resample, so nothing is kept for them

    public Disagreement(CountPatterns patterns, MeasurementLevel level)
    {
        (this.patterns, this.level) = (patterns, level);
        totals = new double[patterns.Categories.Count];
        scores = level is MeasurementLevel.Interval or MeasurementLevel.Ratio
            ? Magnitude.Scaled(patterns.Values!)
            : new double[totals.Length];
        if (level == MeasurementLevel.Ratio && totals.Length <= MostRatioCategories)
            ratioMetric =
            [
                .. Enumerable.Range(0, totals.Length).Select(a => Enumerable.Range(0, a).Select(b => Metric(b, a)).ToArray()),
            ];
        if (level != MeasurementLevel.Ordinal)
        {
            withinPatterns = new double[patterns.Count];
            for (var p = 0; p < withinPatterns.Length; p++)
                withinPatterns[p] = WithinPattern(p);
        }
    }

    /// <summary>Alpha when pattern p occurs <c>multiplicities[p]</c> times; null where chance disagreement is zero.</summary>
    [MethodImpl(Hot.Loop)]
    public double? Alpha(ReadOnlySpan<int> multiplicities)
    {
        Array.Clear(totals);
        for (var p = 0; p < multiplicities.Length; p++)
        {
            if (multiplicities[p] == 0)
                continue;
            foreach (var (category, count) in patterns[p])
                totals[category] += (double)multiplicities[p] * count;
        }
        if (level == MeasurementLevel.Ordinal)
            RankScores();

        double observed = 0;
        double ratings = 0;
        for (var p = 0; p < multiplicities.Length; p++)
        {
            if (multiplicities[p] == 0)
                continue;
            ratings += (double)multiplicities[p] * patterns.Sizes[p];
            observed += multiplicities[p] * (withinPatterns is null ? WithinPattern(p) : withinPatterns[p]);
        }
        var expected = Pooled(ratings) / (ratings - 1);
        return expected > 0 ? Finite.OrNull(1 - observed / expected) : null;
    }

    // Mid-ranks: the ratings below, and half of those in the category itself.
    private void RankScores()
    {
        double below = 0;
        for (var c = 0; c < totals.Length; c++)
        {
            scores[c] = below + totals[c] / 2;
            below += totals[c];
        }
    }

    [MethodImpl(Hot.Loop)]
    private double WithinPattern(int pattern)
    {
        var counts = patterns[pattern];
        if (counts.Length == 1)
            return 0;
        double size = patterns.Sizes[pattern];
        double sum = 0;
        switch (level)
        {
            case MeasurementLevel.Nominal:
                foreach (var (_, count) in counts)
                    sum += count * (size - count);
                break;
            case MeasurementLevel.Ratio:
                for (var a = 1; a < counts.Length; a++)
                for (var b = 0; b < a; b++)
                    sum += 2.0 * counts[a].Count * counts[b].Count * RatioMetric(counts[b].Category, counts[a].Category);
                break;
            case MeasurementLevel.Ordinal or MeasurementLevel.Interval:
                double mean = 0;
                foreach (var (category, count) in counts)
                    mean += count * scores[category] / size;
                foreach (var (category, count) in counts)
                    sum += 2 * size * count * Square(scores[category] - mean);
                break;
            default:
                throw new InvalidOperationException($"Unknown measurement level {level}.");
        }
        return sum / (size - 1);
    }

    private double Pooled(double ratings)
    {
        double sum = 0;
        switch (level)
        {
            case MeasurementLevel.Nominal:
                foreach (var total in totals)
                    sum += total * (ratings - total);
                break;
            case MeasurementLevel.Ratio:
                for (var a = 1; a < totals.Length; a++)
                {
                    if (totals[a] <= 0)
                        continue;
                    double toLower = 0;
                    for (var b = 0; b < a; b++)
                    {
                        // The metric of a category that nobody's pair holds need not exist.
                        if (totals[b] > 0)
                            toLower += totals[b] * RatioMetric(b, a);
                    }
                    sum += 2 * totals[a] * toLower;
                }
                break;
            case MeasurementLevel.Ordinal or MeasurementLevel.Interval:
                if (totals.Count(total => total > 0) < 2)
                    return 0;
                double mean = 0;
                for (var c = 0; c < totals.Length; c++)
                    mean += totals[c] * scores[c] / ratings;
                for (var c = 0; c < totals.Length; c++)
                    sum += 2 * ratings * totals[c] * Square(scores[c] - mean);
                break;
            default:
                throw new InvalidOperationException($"Unknown measurement level {level}.");
        }
        return sum;
    }

    private double RatioMetric(int low, int high) => ratioMetric is null ? Metric(low, high) : ratioMetric[high][low];

    // ((high − low) / (high + low))², as a function of low / high, which cannot overflow. Scores ascend from 0 or above.
    private double Metric(int low, int high)
    {
        var quotient = scores[low] / scores[high];
        return Square((1 - quotient) / (1 + quotient));
    }

    private static double Square(double x) => x * x;
}
