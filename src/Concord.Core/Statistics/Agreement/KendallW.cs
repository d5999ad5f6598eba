namespace Concord.Core.Statistics.Agreement;

/// <summary>Kendall's coefficient of concordance: do raters put the items in the same order?</summary>
/// <remarks>Source: Kendall and Babington Smith (1939), "The Problem of m Rankings", Ann. Math. Stat. 10(3);
/// the correction for ties is Kendall's, "Rank Correlation Methods", chapter 6.</remarks>
public static class KendallW
{
    /// <summary>Computes W with the correction for ties, without which equal grades look like disagreement. O(ratings · log items).</summary>
    /// <returns>Undefined with its reason unless every rater rated every item, there are two or more of both, the categories are numbers
    /// and some rater tells items apart.</returns>
    public static RankConcordance Of(Ratings ratings) => Of(ratings, correctForTies: true);

    /// <summary>Computes W without the correction for ties, for comparison with tools that leave it out.</summary>
    /// <returns>As <see cref="Of(Ratings)"/>; never above it.</returns>
    public static RankConcordance WithoutTieCorrection(Ratings ratings) => Of(ratings, correctForTies: false);

    private static RankConcordance Of(Ratings ratings, bool correctForTies)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (RankConcordance.WhyUndefined(ratings) is { } why)
            return RankConcordance.Undefined(why);
        var (items, raters) = (ratings.Items.Count, ratings.Raters.Count);
        double[] GradesOf(int rater)
        {
            var grades = new double[items];
            for (var item = 0; item < items; item++)
                grades[item] = ratings.CategoryOf[item * raters + rater];
            return grades;
        }
        return RankConcordance.Of(Enumerable.Range(0, raters).Select(GradesOf), items, correctForTies);
    }
}
