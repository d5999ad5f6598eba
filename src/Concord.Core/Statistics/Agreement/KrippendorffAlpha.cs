using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics.Agreement;

/// <summary>Krippendorff's alpha: agreement of any number of raters, corrected for chance, with missing ratings.</summary>
/// <remarks>
/// Alpha = 1 − observed / expected disagreement: 1 is perfect, 0 is chance, negative is systematic disagreement.
/// Items with a single rating do not count. The metrics δ² are those of the source: nominal a ≠ b; ordinal the squared number of
/// ratings between, ends counted half, which is the squared difference of mid-ranks; interval (a − b)²; ratio ((a − b) / (a + b))².
/// Source: Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", sections C to E.
/// </remarks>
public static class KrippendorffAlpha
{
    /// <summary>Computes alpha. O(patterns), for the ratio level O(patterns + categories²).</summary>
    /// <returns>Dimensionless, at most 1; undefined with its reason where nothing is pairable, all pairable ratings are
    /// equal, the level needs numbers that the categories are not, or the ratio level meets a negative number.</returns>
    public static Estimate Of(CountPatterns patterns, MeasurementLevel level)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return Of(patterns, level, out _);
    }

    /// <summary>Computes alpha and the percentile bootstrap interval over items.</summary>
    /// <remarks>
    /// Each resample draws as many items as there are, with replacement, and computes observed and expected disagreement anew.
    /// This differs from Hayes and Krippendorff (2007), "Answering the Call for a Standard Reliability Measure", Commun. Methods Meas. 1(1), who resample
    /// pairs of ratings and hold the expected disagreement fixed. Resamples in which alpha is undefined are left out;
    /// with fewer than two items, or where more than half are undefined, there is no interval.
    /// </remarks>
    /// <param name="patterns">The ratings.</param>
    /// <param name="level">What the numbers mean.</param>
    /// <param name="replicates">How many resamples, 0 for no interval; 1,000 is usual.</param>
    /// <param name="seed">Seed of <see cref="Xoshiro256"/>: the same seed gives the same interval.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than no replicates, or a confidence that is not between 0 and 1.</exception>
    public static Estimate WithBootstrap(
        CountPatterns patterns,
        MeasurementLevel level,
        int replicates,
        ulong seed,
        double confidence = 0.95
    )
    {
        ArgumentNullException.ThrowIfNull(patterns);
        UnitBootstrap.Check(replicates, confidence);
        return UnitBootstrap.Intervals(patterns, replicates, seed, confidence, [Resampling(patterns, level)])[0];
    }

    /// <summary>Alpha, ready to be computed on resamples together with other statistics.</summary>
    internal static Resampled Resampling(CountPatterns patterns, MeasurementLevel level)
    {
        var estimate = Of(patterns, level, out var disagreement);
        if (estimate.Value is null)
            return new(estimate);
        return level == MeasurementLevel.Ratio && patterns.Categories.Count > Disagreement.MostRatioCategories
            ? new(
                estimate with
                {
                    NoIntervalBecause =
                        $"More than {Disagreement.MostRatioCategories} distinct grades: each resample would compare every two of them.",
                }
            )
            : new(estimate, disagreement!.Alpha);
    }

    /// <summary>Alpha without each rater in turn. O(ratings + raters · patterns).</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="level">What the numbers mean.</param>
    /// <returns>One value a rater, in the order of <see cref="Ratings.Raters"/>; null where undefined.</returns>
    [MethodImpl(Hot.Loop)]
    public static IReadOnlyList<double?> WithoutEachRater(Ratings ratings, MeasurementLevel level)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var without = new double?[ratings.Raters.Count];
        var patterns = CountPatterns.WithReductions(ratings, out var patternOfItem, out var less);
        if (patterns.Units == 0 || (level != MeasurementLevel.Nominal && patterns.Values is null))
            return without;
        if (level == MeasurementLevel.Ratio && patterns.Values is [< 0, ..])
            return without;
        var disagreement = new Disagreement(patterns, level);
        var order = ByRater(ratings);
        var multiplicities = new int[patterns.Count];
        var itemOf = ratings.ItemOf;
        var raterOf = ratings.RaterOf;
        var categoryOf = ratings.CategoryOf;
        for (var next = 0; next < order.Length; )
        {
            var rater = raterOf[order[next]];
            patterns.Multiplicities.CopyTo(multiplicities);
            for (; next < order.Length && raterOf[order[next]] == rater; next++)
            {
                var pattern = patternOfItem[itemOf[order[next]]];
                if (pattern < 0)
                    continue;
                multiplicities[pattern]--;
                var counts = patterns[pattern];
                var place = 0;
                while (counts[place].Category != categoryOf[order[next]])
                    place++;
                if (less[pattern][place] is var left and >= 0)
                    multiplicities[left]++;
            }
            without[rater] = disagreement.Alpha(multiplicities);
        }
        return without;
    }

    [MethodImpl(Hot.Loop)]
    private static int[] ByRater(Ratings ratings)
    {
        var next = new int[ratings.Raters.Count + 1];
        foreach (var rater in ratings.RaterOf)
            next[rater + 1]++;
        for (var i = 1; i < next.Length; i++)
            next[i] += next[i - 1];
        var order = new int[ratings.Count];
        for (var i = 0; i < order.Length; i++)
            order[next[ratings.RaterOf[i]]++] = i;
        return order;
    }

    private static Estimate Of(CountPatterns patterns, MeasurementLevel level, out Disagreement? disagreement)
    {
        disagreement = null;
        if (WhyUndefined(patterns, level) is { } reason)
            return Estimate.Undefined(reason);
        disagreement = new Disagreement(patterns, level);
        return disagreement.Alpha(patterns.Multiplicities) is { } alpha
            ? new(alpha)
            : Estimate.Undefined("The ratings differ by less than double arithmetic can tell, so chance disagreement is zero.");
    }

    private static string? WhyUndefined(CountPatterns patterns, MeasurementLevel level)
    {
        if (patterns.Units == 0)
            return "No item has two or more ratings, so there is nothing to compare.";
        if (level != MeasurementLevel.Nominal && patterns.Values is null)
            return $"Some categories are not numbers, and the {Name(level)} level needs numbers.";

        var only = patterns[0][0].Category; // patterns are sorted, so this is the lowest
        if (level == MeasurementLevel.Ratio && patterns.Values![only] < 0)
            return "Some ratings are negative, and the ratio level has none below zero.";
        for (var p = 0; p < patterns.Count; p++)
        {
            if (patterns[p].Length > 1 || patterns[p][0].Category != only)
                return null;
        }
        return "Every rating is the same category, so chance disagreement is zero.";
    }

    private static string Name(MeasurementLevel level) =>
        level switch
        {
            MeasurementLevel.Nominal => "nominal",
            MeasurementLevel.Ordinal => "ordinal",
            MeasurementLevel.Interval => "interval",
            MeasurementLevel.Ratio => "ratio",
            _ => throw new ArgumentOutOfRangeException(nameof(level), level, "Unknown measurement level."),
        };
}
