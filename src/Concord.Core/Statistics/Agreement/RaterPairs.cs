using System.Runtime.InteropServices;

namespace Concord.Core.Statistics.Agreement;

/// <summary>Walks through the pairs of raters that share items. Time and memory grow with the co-ratings, not with the square of the raters.</summary>
internal static class RaterPairs
{
    /// <summary>The most co-ratings that are walked through: one item with 15,000 ratings has as many.</summary>
    public const long MostCoRatings = 100_000_000;

    public static string TooMany =>
        $"More than {MostCoRatings} pairs of ratings: the pairs of raters are too many to compare each.";

    /// <summary>What is done with a pair: the raters, the lower first, and the categories that they gave to the items they share, sorted by those of the first.</summary>
    public delegate void Visit(int first, int second, ReadOnlySpan<int> ofFirst, ReadOnlySpan<int> ofSecond);

    public static long CoRatings(Ratings ratings)
    {
        long pairs = 0;
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            long size = ratings.StartOfItem[item + 1] - ratings.StartOfItem[item];
            pairs += size * (size - 1) / 2;
        }
        return pairs;
    }

    /// <summary>Visits the pairs in the order of the raters.</summary>
    public static void ForEach(Ratings ratings, Visit visit)
    {
        var rows = new int[ratings.Count];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = row;
        Array.Sort(ratings.RaterOf.ToArray(), rows);
        List<(int Second, int OfFirst, int OfSecond)> shared = [];
        List<int> ofFirst = [];
        List<int> ofSecond = [];
        for (int from = 0, to; from < rows.Length; from = to)
        {
            var rater = ratings.RaterOf[rows[from]];
            for (to = from + 1; to < rows.Length && ratings.RaterOf[rows[to]] == rater; )
                to++;
            shared.Clear();
            foreach (var row in rows.AsSpan(from..to))
            {
                // Within an item rows ascend by rater, so those after this one are of later raters.
                for (var other = row + 1; other < ratings.StartOfItem[ratings.ItemOf[row] + 1]; other++)
                    shared.Add((ratings.RaterOf[other], ratings.CategoryOf[row], ratings.CategoryOf[other]));
            }
            shared.Sort(); // by category within a pair, not by item, so that names do not show in the last digit
            for (var next = 0; next < shared.Count; )
            {
                var second = shared[next].Second;
                ofFirst.Clear();
                ofSecond.Clear();
                for (; next < shared.Count && shared[next].Second == second; next++)
                {
                    ofFirst.Add(shared[next].OfFirst);
                    ofSecond.Add(shared[next].OfSecond);
                }
                visit(rater, second, CollectionsMarshal.AsSpan(ofFirst), CollectionsMarshal.AsSpan(ofSecond));
            }
        }
    }

    /// <summary>The mean of a statistic over all pairs of raters.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="statistic">The statistic of a pair's categories; null where undefined.</param>
    /// <param name="what">What is undefined, to begin a sentence with.</param>
    public static Estimate Mean(Ratings ratings, Func<int[], int[], double?> statistic, string what)
    {
        long raters = ratings.Raters.Count;
        if (raters < 2)
            return Estimate.Undefined("There are fewer than two raters, so there is nothing to compare.");
        if (CoRatings(ratings) is var coRatings && coRatings < raters * (raters - 1) / 2)
            return Estimate.Undefined(NotShared);
        if (coRatings > MostCoRatings)
            return Estimate.Undefined(TooMany);
        List<double> values = [];
        (int First, int Second)? undefined = null;
        ForEach(
            ratings,
            (first, second, ofFirst, ofSecond) =>
            {
                if (statistic(ofFirst.ToArray(), ofSecond.ToArray()) is { } value)
                    values.Add(value);
                else
                    undefined ??= (first, second);
            }
        );
        if (undefined is { } pair)
            return Estimate.Undefined(
                $"{what} of '{ratings.Raters[pair.First]}' and '{ratings.Raters[pair.Second]}' is undefined."
            );
        if (values.Count < raters * (raters - 1) / 2)
            return Estimate.Undefined(NotShared);
        values.Sort();
        return new(values.Average());
    }

    private const string NotShared = "Some two raters share no item, and the coefficient is a mean over all pairs of raters.";
}
