namespace Concord.Core.Statistics.Agreement;

/// <summary>Scott's pi of two raters: chance is that of raters who use the categories as both together did.</summary>
/// <remarks>Only items that both rated count. Standard error and interval as for <see cref="GwetAgreement"/>.
/// Source: Scott (1955), "Reliability of Content Analysis: The Case of Nominal Scale Coding", Public Opin. Q. 19(3); the error Gwet (2014).</remarks>
public static class ScottPi
{
    /// <summary>Computes pi.</summary>
    /// <inheritdoc cref="CohenKappa.Of" path="/param"/>
    /// <inheritdoc cref="CohenKappa.Of" path="/returns"/>
    /// <inheritdoc cref="CohenKappa.Of" path="/exception"/>
    public static Estimate Of(Ratings ratings, AgreementWeights weights, double confidence = 0.95)
    {
        if (TwoRaterTable.Of(ratings, out var reason) is null)
            return Estimate.Undefined(reason);
        return WeightedSample.Of(CountPatterns.Of(ratings), weights, out var why, countsLone: false) is { } sample
            ? sample.Corrected(WeightedSample.Against(weights, sample.Shares), confidence)
            : Estimate.Undefined(why);
    }
}
