namespace Concord.Core.Statistics.Agreement;

/// <summary>Friedman's test with raters as treatments and items as blocks: are some raters stricter than others?</summary>
/// <remarks>Source: Friedman (1937), "The Use of Ranks to Avoid the Assumption of Normality Implicit in the Analysis of Variance",
/// J. Am. Stat. Assoc. 32(200). Corrected for ties. The statistic is Kendall's W of the items' orders of raters, times
/// items · (raters − 1).</remarks>
public static class FriedmanTest
{
    /// <summary>Tests whether each item puts the raters in the same order. O(ratings · log raters).</summary>
    /// <returns><see cref="RankConcordance.ChiSquared"/> is Friedman's statistic. Undefined with its reason as <see cref="KendallW.Of(Ratings)"/>.</returns>
    public static RankConcordance OfRaters(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (RankConcordance.WhyUndefined(ratings) is { } why)
            return RankConcordance.Undefined(why);
        var (items, raters) = (ratings.Items.Count, ratings.Raters.Count);
        double[] GradesOf(int item)
        {
            var grades = new double[raters];
            for (var rater = 0; rater < raters; rater++)
                grades[rater] = ratings.CategoryOf[item * raters + rater];
            return grades;
        }
        return RankConcordance.Of(Enumerable.Range(0, items).Select(GradesOf), raters, correctForTies: true);
    }
}
