namespace Concord.Core.Statistics.Agreement;

/// <summary>The exact variant of Fleiss' kappa, whose chance keeps the raters apart: Conger's kappa, unweighted, on complete ratings.</summary>
/// <remarks>Source: Conger (1980), "Integration and Generalization of Kappas for Multiple Raters", Psychol. Bull. 88(2).</remarks>
public static class ExactFleissKappa
{
    /// <summary>Computes the coefficient.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <returns>At most 1; undefined with its reason where some rater left out some item, nothing can be compared, or all ratings are the
    /// same category.</returns>
    public static Estimate Of(Ratings ratings, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return ratings.Count < (long)ratings.Items.Count * ratings.Raters.Count
            ? Estimate.Undefined(Incomplete)
            : CongerKappa.Of(ratings, AgreementWeights.Of(ratings, AgreementWeighting.Unweighted), confidence);
    }

    internal const string Incomplete = "Some rater left out some item, and the coefficient needs complete ratings.";
}
