namespace Concord.Core.Statistics;

/// <summary>Fewer of a table's items, spread evenly over it.</summary>
public static class RatingsSample
{
    /// <summary>Every so-manieth item with all of its ratings, so that about the given number of ratings is left.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="most">About how many to keep, 1 or more; a table with no more is returned as it is.</param>
    /// <exception cref="ArgumentOutOfRangeException">None are to be kept.</exception>
    public static Ratings OfAbout(Ratings ratings, int most)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(most);
        if (ratings.Count <= most)
            return ratings;
        var every = (ratings.Count + most - 1) / most;
        var builder = new RatingsBuilder(allowRepeats: true);
        for (var item = 0; item < ratings.Items.Count; item += every)
        {
            for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
            {
                var (rater, category) = (ratings.Raters[ratings.RaterOf[row]], ratings.CategoryOf[row]);
                if (ratings.CategoryValues is { } values)
                    builder.TryAdd(ratings.Items[item], rater, values[category]);
                else
                    builder.TryAdd(ratings.Items[item], rater, ratings.Categories[category]);
            }
        }
        return builder.Build();
    }
}
