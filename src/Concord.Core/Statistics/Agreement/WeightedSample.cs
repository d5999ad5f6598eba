using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.Agreement;

/// <summary>Observed disagreement and the share of each category, and coefficients with the linearised standard error of their family.</summary>
/// <remarks>
/// Everything is kept as disagreement, 1 less agreement, so that perfect agreement is 1 to the last bit.
/// Items with a single rating count for the shares of the categories, but not for the observed disagreement.
/// Source: Gwet (2014), "Handbook of Inter-Rater Reliability", fourth edition, chapters 2, 3 and 5; Gwet (2008), Br. J. Math. Stat. Psychol. 61.
/// </remarks>
internal sealed class WeightedSample
{
    private readonly CountPatterns patterns;
    private readonly AgreementWeights weights;
    private readonly double[] within; // for each pattern the mean disagreement of its pairs
    private readonly bool countsLone;

    private WeightedSample(CountPatterns patterns, AgreementWeights weights, bool countsLone)
    {
        (this.patterns, this.weights, this.countsLone) = (patterns, weights, countsLone);
        Items = patterns.Units + (countsLone ? patterns.LoneItems : 0);
        Shares = new double[patterns.Categories.Count];
        within = new double[patterns.Count];
        for (var p = 0; p < patterns.Count; p++)
        {
            double size = patterns.Sizes[p];
            within[p] = Pairs(patterns, p, weights) / (size * (size - 1));
            Disagreement += patterns.Multiplicities[p] * within[p] / patterns.Units;
            foreach (var (category, count) in patterns[p])
                Shares[category] += patterns.Multiplicities[p] * (count / size) / Items;
        }
        for (var c = 0; c < Shares.Length && countsLone; c++)
            Shares[c] += (double)patterns.LoneRatings[c] / Items;
    }

    /// <summary>Items that count.</summary>
    public int Items { get; }

    /// <summary>Observed disagreement, the mean over items with two or more ratings.</summary>
    public double Disagreement { get; }

    /// <summary>The share of each category, each item weighing the same.</summary>
    public double[] Shares { get; }

    /// <returns>Null where there is nothing to compare or there are no weights.</returns>
    public static WeightedSample? Of(CountPatterns patterns, AgreementWeights weights, out string reason, bool countsLone = true)
    {
        reason = WhyUndefined(patterns, weights) ?? "";
        return reason.Length == 0 ? new(patterns, weights, countsLone) : null;
    }

    public static string? WhyUndefined(CountPatterns patterns, AgreementWeights weights)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.InUse != patterns.Categories.Count)
            throw new ArgumentException("The weights belong to other ratings.", nameof(weights));
        return patterns.Units == 0
            ? "No item has two or more ratings, so there is nothing to compare."
            : weights.UndefinedBecause;
    }

    /// <summary>The disagreement summed over the ordered pairs of ratings of a pattern.</summary>
    public static double Pairs(CountPatterns patterns, int pattern, AgreementWeights weights)
    {
        var counts = patterns[pattern];
        double sum = 0;
        if (weights.IsIdentity)
        {
            foreach (var (_, count) in counts)
                sum += count * (double)(patterns.Sizes[pattern] - count);
            return sum;
        }
        for (var a = 1; a < counts.Length; a++)
        for (var b = 0; b < a; b++)
            sum += 2.0 * counts[a].Count * counts[b].Count * weights.Disagreement(counts[a].Category, counts[b].Category);
        return sum;
    }

    /// <summary>For each category its mean disagreement with shares of categories.</summary>
    public static double[] Against(AgreementWeights weights, double[] shares)
    {
        var against = new double[shares.Length];
        if (weights.IsIdentity)
        {
            var all = shares.Sum();
            for (var a = 0; a < against.Length; a++)
                against[a] = all - shares[a];
            return against;
        }
        for (var a = 0; a < against.Length; a++)
        for (var b = 0; b < against.Length; b++)
            against[a] += weights.Disagreement(a, b) * shares[b];
        return against;
    }

    /// <summary>Observed agreement itself.</summary>
    public Estimate Observed(double confidence)
    {
        var agreement = 1 - Disagreement;
        var scale = (double)Items / patterns.Units;
        double squares = 0;
        for (var p = 0; p < patterns.Count; p++)
            squares += patterns.Multiplicities[p] * Square(scale * (1 - within[p]) - agreement);
        if (countsLone)
            squares += patterns.LoneItems * Square(agreement);
        return WithError(agreement, squares, Items, confidence);
    }

    /// <summary>Agreement beyond chance, where chance disagreement does not depend on the ratings.</summary>
    public Estimate Corrected(double chance, double confidence) => Corrected(chance, null, confidence);

    /// <summary>Agreement beyond chance, where chance disagreement is a mean over the ratings.</summary>
    /// <param name="chanceOf">For each category the disagreement that its ratings add.</param>
    /// <param name="confidence">Of the interval.</param>
    public Estimate Corrected(double[] chanceOf, double confidence)
    {
        double chance = 0;
        for (var c = 0; c < chanceOf.Length; c++)
            chance += Shares[c] * chanceOf[c];
        return Corrected(chance, chanceOf, confidence);
    }

    private Estimate Corrected(double chance, double[]? chanceOf, double confidence)
    {
        if (!IsAbove0(chance))
            return NoChance;
        var ratio = Disagreement / chance;
        var value = 1 - ratio;
        var scale = (double)Items / patterns.Units;
        double squares = 0;
        for (var p = 0; p < patterns.Count; p++)
        {
            double own = 0;
            if (chanceOf is not null)
                foreach (var (category, count) in patterns[p])
                    own += (double)count / patterns.Sizes[p] * (chance - chanceOf[category]);
            var influence = scale * (chance - within[p]) / chance - 2 * ratio * own / chance;
            squares += patterns.Multiplicities[p] * Square(influence - value);
        }
        for (var c = 0; c < Shares.Length && countsLone; c++)
        {
            var own = chanceOf is null ? 0 : chance - chanceOf[c];
            squares += patterns.LoneRatings[c] * Square(-2 * ratio * own / chance - value);
        }
        return WithError(value, squares, Items, confidence);
    }

    public static Estimate NoChance => Estimate.Undefined("Every rating is the same category, so chance disagreement is zero.");

    // Shares are sums of many numbers near 1: below this there is nothing but their rounding.
    public static bool IsAbove0(double chance) => chance > 1e-14 && double.IsFinite(chance);

    /// <summary>A value with the standard error of a mean over items, and Student's interval, which ends at 1.</summary>
    /// <param name="value">The coefficient.</param>
    /// <param name="squares">The squared distances of the items' shares in it from the value, summed.</param>
    /// <param name="items">How many items there are.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    public static Estimate WithError(double value, double squares, int items, double confidence)
    {
        if (items < 2)
            return new(value, NoIntervalBecause: "A single item has ratings, so there is no standard error.");
        var error = Math.Sqrt(squares / items / (items - 1));
        if (!double.IsFinite(error))
            return new(value, NoIntervalBecause: "The standard error is beyond double arithmetic.");
        var half = StudentQuantile.TwoSided(items - 1, confidence) * error;
        return new(value, new(value - half, Math.Min(1, value + half)), StandardError: error);
    }

    private static double Square(double x) => x * x;
}
