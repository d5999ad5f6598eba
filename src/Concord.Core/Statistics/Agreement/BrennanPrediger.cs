namespace Concord.Core.Statistics.Agreement;

/// <summary>Brennan and Prediger's coefficient: chance is that of raters who choose every category alike.</summary>
/// <remarks>It depends on how many categories there are, so those that nobody used matter: they count only in weights of one's own.
/// Standard error and interval as for <see cref="GwetAgreement"/>.
/// Source: Brennan and Prediger (1981), "Coefficient Kappa: Some Uses, Misuses, and Alternatives", Educ. Psychol. Meas. 41; Gwet (2014).</remarks>
public static class BrennanPrediger
{
    /// <inheritdoc cref="GwetAgreement.Of"/>
    public static Estimate Of(CountPatterns patterns, AgreementWeights weights, double confidence = 0.95) =>
        WeightedSample.Of(patterns, weights, out var reason) is { } sample
            ? sample.Corrected(1 - weights.Total / weights.Categories / weights.Categories, confidence)
            : Estimate.Undefined(reason);
}
