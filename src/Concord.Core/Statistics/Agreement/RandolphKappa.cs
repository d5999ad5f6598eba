namespace Concord.Core.Statistics.Agreement;

/// <summary>Randolph's free-marginal kappa: agreement beyond that of raters who choose every category in use alike.</summary>
/// <remarks>It is Brennan and Prediger's coefficient for any number of raters, unweighted.
/// Source: Randolph (2005), "Free-Marginal Multirater Kappa", Joensuu Learning and Instruction Symposium.</remarks>
public static class RandolphKappa
{
    /// <summary>Computes the coefficient with its standard error over items.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <returns>At most 1; undefined with its reason where no item has two ratings or a single category is in use.</returns>
    public static Estimate Of(CountPatterns patterns, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return BrennanPrediger.Of(patterns, AgreementWeights.Of(patterns, AgreementWeighting.Unweighted), confidence);
    }
}
