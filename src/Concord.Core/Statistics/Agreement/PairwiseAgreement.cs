using Concord.Core.Statistics.Comparison;

namespace Concord.Core.Statistics.Agreement;

/// <summary>The agreement of every two raters, each pair on the items that they share.</summary>
public static class PairwiseAgreement
{
    /// <summary>Compares every two raters that share an item. Linear in the pairs of ratings of an item, but for sorting.</summary>
    /// <remarks>Weighted kappa after Cohen (1968), "Weighted Kappa", Psychol. Bull. 70(4), with squared differences, from the moments.</remarks>
    /// <param name="ratings">The ratings.</param>
    /// <param name="distance">The largest difference of <see cref="RaterPair.Within"/>, in the unit of the ratings, 0 or more.</param>
    /// <returns>The pairs in the order of their names, those that share nothing left out; null where there are more than 100 million pairs of ratings of an item.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or not a number.</exception>
    public static IReadOnlyList<RaterPair>? Of(Ratings ratings, double distance = 1)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        PercentAgreement.Check(distance);
        if (RaterPairs.CoRatings(ratings) > RaterPairs.MostCoRatings)
            return null;
        var pairs = new List<RaterPair>();
        RaterPairs.ForEach(
            ratings,
            (first, second, a, b) =>
            {
                var same = 0;
                for (var i = 0; i < a.Length; i++)
                    same += a[i] == b[i] ? 1 : 0;
                var pair = new RaterPair(
                    ratings.Raters[first],
                    ratings.Raters[second],
                    a.Length,
                    (double)same / a.Length,
                    null,
                    null,
                    null,
                    null,
                    null
                );
                pairs.Add(
                    ratings.CategoryValues is { } values ? Numeric(pair, Values(a, values), Values(b, values), distance) : pair
                );
            }
        );
        return pairs;
    }

    private static double[] Values(ReadOnlySpan<int> categories, IReadOnlyList<double> values)
    {
        var graded = new double[categories.Length];
        for (var i = 0; i < graded.Length; i++)
            graded[i] = values[categories[i]];
        return graded;
    }

    private static RaterPair Numeric(RaterPair pair, double[] a, double[] b, double distance)
    {
        var near = 0;
        double difference = 0;
        for (var i = 0; i < a.Length; i++)
        {
            near += PercentAgreement.IsWithin(Math.Abs(a[i] - b[i]), distance) ? 1 : 0;
            difference += (a[i] - b[i]) / a.Length;
        }
        return pair with
        {
            Within = (double)near / a.Length,
            Kappa = QuadraticKappa(a, b),
            Pearson = Correlation.Pearson(a, b),
            Spearman = Correlation.Spearman(a, b),
            MeanDifference = Finite.OrNull(difference),
        };
    }

    // Squared differences of all pairs of an a and a b have the mean var a + var b + (mean a − mean b)².
    private static double? QuadraticKappa(double[] a, double[] b)
    {
        double observed = 0;
        double expected = 0;
        var middle = a[0] / 2 + b[0] / 2;
        var (meanA, meanB) = (a.Average(x => x - middle), b.Average(x => x - middle));
        for (var i = 0; i < a.Length; i++)
        {
            observed += Square(a[i] - b[i]);
            expected += Square(a[i] - middle - meanA) + Square(b[i] - middle - meanB) + Square(meanA - meanB);
        }
        return expected > 0 ? Finite.OrNull(1 - observed / expected) : null;
    }

    private static double Square(double x) => x * x;
}
