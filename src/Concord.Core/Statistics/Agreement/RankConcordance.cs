using Concord.Core.Statistics.Comparison;
using MathNet.Numerics;

namespace Concord.Core.Statistics.Agreement;

/// <summary>How far several judges put the same objects in the same order.</summary>
/// <param name="W">Kendall's coefficient, 0 (no common order) to 1 (one order); undefined with its reason.</param>
/// <param name="ChiSquared">Judges · (objects − 1) · W, approximately chi-squared when there is no common order; null where W is.</param>
/// <param name="Degrees">Objects − 1; 0 where undefined.</param>
/// <param name="P">The probability of a value at least as large were there no common order, 0 to 1; null where undefined.</param>
public sealed record RankConcordance(Estimate W, double? ChiSquared = null, int Degrees = 0, double? P = null)
{
    internal static RankConcordance Undefined(string why) => new(Estimate.Undefined(why));

    /// <summary>From one list of values a judge, each as long as there are objects.</summary>
    internal static RankConcordance Of(IEnumerable<double[]> judges, int objects, bool correctForTies)
    {
        var sums = new double[objects];
        double ties = 0;
        var m = 0;
        foreach (var values in judges)
        {
            m++;
            var ranks = MidRanks.Of(values);
            for (var i = 0; i < objects; i++)
                sums[i] += ranks[i];
            ties += MidRanks.TieTerm(values);
        }
        var middle = m * (objects + 1.0) / 2;
        var squares = sums.Sum(sum => (sum - middle) * (sum - middle));
        var most = (double)m * m * ((double)objects * objects * objects - objects);
        // Ranks are halves, so this is zero exactly when every judge ties everything.
        if (most - m * ties <= 0)
            return Undefined("Every grade of each one is equal, so nothing is put in order.");
        var w = Math.Min(1, 12 * squares / (correctForTies ? most - m * ties : most));
        var chiSquared = m * (objects - 1.0) * w;
        var p = Finite.OrNull(SpecialFunctions.GammaUpperRegularized((objects - 1) / 2.0, chiSquared / 2));
        return new(new(w), chiSquared, objects - 1, p);
    }

    /// <summary>Why a table cannot be ranked; null when it can.</summary>
    internal static string? WhyUndefined(Ratings ratings) =>
        ratings.Items.Count < 2 ? "There are fewer than two items, so nothing is put in order."
        : ratings.Raters.Count < 2 ? "There are fewer than two raters, so nothing is compared."
        : (long)ratings.Items.Count * ratings.Raters.Count != ratings.Count
            ? "Not every rater rated every item; ordinal alpha takes missing ratings."
        : ratings.CategoryValues is null ? "Some categories are not numbers, so they have no order."
        : null;
}
