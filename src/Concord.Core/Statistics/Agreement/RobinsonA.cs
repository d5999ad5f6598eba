namespace Concord.Core.Statistics.Agreement;

/// <summary>Robinson's A: the share of variation between items in that between and within items, the raters' levels removed.</summary>
/// <remarks>Source: Robinson (1957), "The Statistical Measurement of Agreement", Am. Sociol. Rev. 22(1), in the form that the R package irr computes,
/// SS items / (SS items + SS residual).</remarks>
public static class RobinsonA
{
    /// <summary>Computes A. O(ratings).</summary>
    /// <param name="ratings">The ratings.</param>
    /// <returns>0 to 1; undefined with its reason where some category is not a number, some rater left out some item, there are fewer
    /// than two items or raters, or nothing varies but the raters' levels.</returns>
    public static Estimate Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (ratings.CategoryValues is not { } values)
            return Estimate.Undefined("Some categories are not numbers, and the coefficient needs numbers.");
        var (items, raters) = (ratings.Items.Count, ratings.Raters.Count);
        if (items < 2 || raters < 2)
            return Estimate.Undefined("There are fewer than two items or two raters, so there is nothing to compare.");
        if (ratings.Count < (long)items * raters)
            return Estimate.Undefined(ExactFleissKappa.Incomplete);

        var scores = Magnitude.Scaled(values);
        var (ofItem, ofRater) = (new double[items], new double[raters]);
        double mean = 0;
        for (var row = 0; row < ratings.Count; row++)
        {
            var score = scores[ratings.CategoryOf[row]];
            ofItem[ratings.ItemOf[row]] += score / raters;
            ofRater[ratings.RaterOf[row]] += score / items;
            mean += score / ratings.Count;
        }
        double residual = 0;
        for (var row = 0; row < ratings.Count; row++)
        {
            var rest = scores[ratings.CategoryOf[row]] - ofItem[ratings.ItemOf[row]] - ofRater[ratings.RaterOf[row]] + mean;
            residual += rest * rest;
        }
        var between = raters * ofItem.Sum(m => (m - mean) * (m - mean));
        return between + residual > 1e-20 * ratings.Count
            ? new(between / (between + residual))
            : Estimate.Undefined("Nothing varies but the levels of the raters.");
    }
}
