namespace Concord.Core.Statistics.Agreement;

/// <summary>Gwet's AC1 (unweighted) and AC2 (weighted): chance is that of raters who guess on the items that are hard.</summary>
/// <remarks>
/// It stays high where almost every rating is the same and raters agree, where alpha and kappa fall.
/// Items with a single rating count for the shares of the categories. The standard error is the linearised one over items; the interval is
/// Student's with one degree of freedom less than there are items, cut at 1.
/// Source: Gwet (2008), "Computing inter-rater reliability and its variance in the presence of high agreement", Br. J. Math. Stat. Psychol. 61;
/// Gwet (2014), "Handbook of Inter-Rater Reliability", fourth edition.
/// </remarks>
public static class GwetAgreement
{
    /// <summary>Computes the coefficient. O(patterns · categories²) at most.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="weights">The weights of the same ratings.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <returns>Dimensionless, at most 1, 0 is chance; undefined with its reason where no item has two ratings, all ratings are the same
    /// category, or the weights are undefined.</returns>
    /// <exception cref="ArgumentException">The weights belong to other ratings, or the confidence is not between 0 and 1.</exception>
    public static Estimate Of(CountPatterns patterns, AgreementWeights weights, double confidence = 0.95)
    {
        if (WeightedSample.Of(patterns, weights, out var reason) is not { } sample)
            return Estimate.Undefined(reason);
        if (weights.Categories < 2)
            return WeightedSample.NoChance;
        var scale = weights.Total / weights.Categories / (weights.Categories - 1);
        return sample.Corrected([.. sample.Shares.Select(share => 1 - scale * (1 - share))], confidence);
    }
}
