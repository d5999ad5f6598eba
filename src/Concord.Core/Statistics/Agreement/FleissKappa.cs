namespace Concord.Core.Statistics.Agreement;

/// <summary>Fleiss' kappa: chance is that of raters who use the categories as all together did.</summary>
/// <remarks>Source: Fleiss (1971), "Measuring Nominal Scale Agreement Among Many Raters", Psychol. Bull. 76(5); the tests against chance Fleiss, Nee and
/// Landis (1979), "Large Sample Variance of Kappa in the Case of Different Sets of Raters", Psychol. Bull. 86(5); missing ratings, weights and the
/// standard error Gwet (2014), "Handbook of Inter-Rater Reliability", fourth edition.</remarks>
public static class FleissKappa
{
    /// <summary>Computes kappa for any number of ratings per item, weighted or not.</summary>
    /// <remarks>Standard error and interval as for <see cref="GwetAgreement"/>.</remarks>
    /// <inheritdoc cref="GwetAgreement.Of" path="/param"/>
    /// <inheritdoc cref="GwetAgreement.Of" path="/returns"/>
    /// <inheritdoc cref="GwetAgreement.Of" path="/exception"/>
    public static Estimate Of(CountPatterns patterns, AgreementWeights weights, double confidence = 0.95) =>
        WeightedSample.Of(patterns, weights, out var reason) is { } sample
            ? sample.Corrected(WeightedSample.Against(weights, sample.Shares), confidence)
            : Estimate.Undefined(reason);

    /// <summary>Computes kappa as Fleiss did, for items with equally many ratings, with the test against chance.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <returns>At most 1; undefined with its reason where items have unequally many ratings, nothing can be compared, or all ratings are
    /// the same category.</returns>
    public static TestedKappa OfEqualCounts(CountPatterns patterns, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (WhyNotEqual(patterns) is { } reason)
            return TestedKappa.Undefined(reason);
        double size = patterns.Sizes[0];
        double linear = 0;
        double skewed = 0;
        foreach (var p in Shares(patterns))
        {
            linear += p * (1 - p);
            skewed += p * (1 - p) * (1 - 2 * p);
        }
        var variance = 2 * (linear * linear - skewed) / (linear * linear * patterns.Units * size * (size - 1));
        return TestedKappa.Of(
            Of(patterns, AgreementWeights.Of(patterns, AgreementWeighting.Unweighted), confidence),
            Math.Sqrt(Math.Max(0, variance))
        );
    }

    /// <summary>The kappa of each category against all others, for items with equally many ratings, with the test against chance.</summary>
    /// <param name="patterns">The ratings.</param>
    /// <returns>One a category, in the order of <see cref="CountPatterns.Categories"/>; undefined with its reason as for
    /// <see cref="OfEqualCounts"/>, and where nobody or everybody gave the category. There is no interval.</returns>
    public static IReadOnlyList<TestedKappa> OfEachCategory(CountPatterns patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (WhyNotEqual(patterns) is { } reason)
            return [.. patterns.Categories.Select(_ => TestedKappa.Undefined(reason))];
        double size = patterns.Sizes[0];
        var pairs = patterns.Units * size * (size - 1);
        var mixed = new double[patterns.Categories.Count];
        for (var p = 0; p < patterns.Count; p++)
        {
            foreach (var (category, count) in patterns[p])
                mixed[category] += patterns.Multiplicities[p] * (double)count * (size - count);
        }
        return
        [
            .. Shares(patterns)
                .Select(
                    (share, category) =>
                        share is > 0 and < 1
                            ? TestedKappa.Of(new(1 - mixed[category] / (pairs * share * (1 - share))), Math.Sqrt(2 / pairs))
                            : TestedKappa.Undefined("The category was given always or never, so chance disagreement is zero.")
                ),
        ];
    }

    internal static string? WhyNotEqual(CountPatterns patterns)
    {
        if (patterns.Units == 0)
            return "No item has two or more ratings, so there is nothing to compare.";
        return patterns.LoneItems > 0 || patterns.Sizes.ContainsAnyExcept(patterns.Sizes[0])
            ? "The coefficient needs equally many ratings on every item."
            : null;
    }

    private static double[] Shares(CountPatterns patterns)
    {
        var shares = new double[patterns.Categories.Count];
        for (var p = 0; p < patterns.Count; p++)
        {
            foreach (var (category, count) in patterns[p])
                shares[category] += (double)patterns.Multiplicities[p] * count;
        }
        for (var c = 0; c < shares.Length; c++)
            shares[c] /= patterns.PairableRatings;
        return shares;
    }
}
