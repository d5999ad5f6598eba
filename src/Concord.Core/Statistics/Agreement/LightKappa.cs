namespace Concord.Core.Statistics.Agreement;

/// <summary>Light's kappa: the mean of Cohen's unweighted kappa over all pairs of raters.</summary>
/// <remarks>Source: Light (1971), "Measures of Response Agreement for Qualitative Data: Some Generalizations and Alternatives", Psychol. Bull. 76(5).</remarks>
public static class LightKappa
{
    /// <summary>Computes the mean, each pair on the items that they share. Linear in the pairs of ratings of an item, but for sorting.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <returns>At most 1, without standard error or interval; undefined with its reason where some two raters share no item, or gave one and
    /// the same category throughout, or where an item has so many ratings that the pairs are beyond counting.</returns>
    public static Estimate Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return RaterPairs.Mean(ratings, Kappa, "Cohen's kappa");
    }

    private static double? Kappa(int[] first, int[] second)
    {
        double n = first.Length;
        var differing = first.Zip(second).Count(pair => pair.First != pair.Second);
        Array.Sort(first);
        Array.Sort(second);
        double together = 0;
        for (int a = 0, b = 0; a < first.Length && b < second.Length; )
        {
            var category = Math.Min(first[a], second[b]);
            double times = 0;
            double others = 0;
            for (; a < first.Length && first[a] == category; a++)
                times++;
            for (; b < second.Length && second[b] == category; b++)
                others++;
            together += times * others;
        }
        var chance = n * n - together;
        return chance > 0 ? 1 - differing * n / chance : null;
    }
}
