namespace Concord.Core.Statistics.Agreement;

/// <summary>Alpha as Gwet writes it, over a matrix of weights.</summary>
/// <remarks>
/// Unweighted, quadratic and ratio it equals <see cref="KrippendorffAlpha"/> at the nominal, interval and ratio level. With ordinal weights it
/// does not: those are Gwet's, not Krippendorff's ordinal metric. Only items with two or more ratings count.
/// The standard error is the linearised one over those items; the interval is Student's with one degree of freedom less than there are items, cut at 1.
/// Source: Gwet (2014), "Handbook of Inter-Rater Reliability", fourth edition, chapters 2, 3 and 5.
/// </remarks>
public static class IrrcacAlpha
{
    /// <inheritdoc cref="GwetAgreement.Of"/>
    public static Estimate Of(CountPatterns patterns, AgreementWeights weights, double confidence = 0.95)
    {
        if (WeightedSample.WhyUndefined(patterns, weights) is { } reason)
            return Estimate.Undefined(reason);

        double items = patterns.Units;
        double ratings = patterns.PairableRatings;
        var meanSize = ratings / items;
        var shares = new double[patterns.Categories.Count];
        double observed = 0;
        for (var p = 0; p < patterns.Count; p++)
        {
            observed += patterns.Multiplicities[p] * Within(p) / items;
            foreach (var (category, count) in patterns[p])
                shares[category] += (double)patterns.Multiplicities[p] * count / ratings;
        }
        var against = WeightedSample.Against(weights, shares);
        double chance = 0;
        for (var c = 0; c < shares.Length; c++)
            chance += shares[c] * against[c];
        if (!WeightedSample.IsAbove0(chance))
            return WeightedSample.NoChance;

        // The correction for small samples, 1 / ratings, moves the value, and the error only where items have unequally many ratings.
        var corrected = (1 - 1 / ratings) * observed;
        var value = 1 - corrected / chance;
        var plain = 1 - observed / chance;
        double squares = 0;
        for (var p = 0; p < patterns.Count; p++)
        {
            var size = patterns.Sizes[p] / meanSize;
            double own = 0;
            foreach (var (category, count) in patterns[p])
                own += count / meanSize * against[category];
            var agreement = size - Within(p) - (1 - corrected) * (size - 1);
            var byChance = size - own - (1 - chance) * (size - 1);
            var influence = (agreement - (1 - chance)) / chance - 2 * (1 - plain) * (byChance - (1 - chance)) / chance;
            squares += patterns.Multiplicities[p] * (influence - plain) * (influence - plain);
        }
        return WeightedSample.WithError(value, squares, patterns.Units, confidence);

        double Within(int p) => WeightedSample.Pairs(patterns, p, weights) / (meanSize * (patterns.Sizes[p] - 1));
    }
}
