namespace Concord.Core.Statistics.Agreement;

/// <summary>Conger's kappa: chance is that of raters who each keep to their own use of the categories. With two raters it is Cohen's.</summary>
/// <remarks>
/// Standard error and interval as for <see cref="GwetAgreement"/>; what a rater who gave a single rating adds to chance has no error. A rater's use is that of all their ratings, those on items nobody else rated included.
/// Source: Conger (1980), "Integration and Generalization of Kappas for Multiple Raters", Psychol. Bull. 88(2), and Gwet (2014),
/// "Handbook of Inter-Rater Reliability", fourth edition, for missing ratings and the error.
/// </remarks>
public static class CongerKappa
{
    /// <summary>Computes the coefficient. O(ratings + patterns · categories²) at most.</summary>
    /// <inheritdoc cref="GwetAgreement.Of" path="/returns"/>
    /// <inheritdoc cref="GwetAgreement.Of" path="/exception"/>
    /// <param name="ratings">The ratings.</param>
    /// <param name="weights">The weights of the same ratings.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    public static Estimate Of(Ratings ratings, AgreementWeights weights, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var patterns = CountPatterns.WithItems(ratings, out var patternOfItem);
        if (WeightedSample.WhyUndefined(patterns, weights) is { } reason)
            return Estimate.Undefined(reason);

        var marginals = new RaterMarginals(ratings, weights);
        if (!WeightedSample.IsAbove0(marginals.Chance))
            return WeightedSample.NoChance;
        var within = new double[patterns.Count];
        for (var p = 0; p < within.Length; p++)
        {
            double size = patterns.Sizes[p];
            within[p] = WeightedSample.Pairs(patterns, p, weights) / (size * (size - 1));
        }
        var items = ratings.Items.Count;
        var influences = new double[items];
        List<double> terms = [];
        var observed = Sum(Enumerable.Range(0, items).Where(i => patternOfItem[i] >= 0).Select(i => within[patternOfItem[i]]));
        observed /= patterns.Units;
        var chance = marginals.Chance;
        var value = 1 - observed / chance;
        for (var item = 0; item < items; item++)
        {
            terms.Clear();
            for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
                terms.Add(marginals.Excess(ratings.RaterOf[row], ratings.CategoryOf[row]));
            var agreement = patternOfItem[item] is var p and >= 0
                ? (double)items / patterns.Units * (chance - within[p]) / chance
                : 0;
            var influence = agreement + 2 * (1 - value) * Sum(terms) / chance;
            influences[item] = (influence - value) * (influence - value);
        }
        return WeightedSample.WithError(value, Sum(influences), items, confidence);
    }

    // From the smallest up: items and raters stand in the order of their names, which must not show in the last digit.
    private static double Sum(IEnumerable<double> values)
    {
        double sum = 0;
        foreach (var value in values.Order())
            sum += value;
        return sum;
    }
}
