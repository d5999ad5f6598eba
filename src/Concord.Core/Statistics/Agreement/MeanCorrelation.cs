using Concord.Core.Statistics.Comparison;

namespace Concord.Core.Statistics.Agreement;

/// <summary>The plain mean of the correlations of all pairs of raters, each on the items that they share.</summary>
/// <remarks>It says how alike raters order items; not whether they give the same grades.</remarks>
public static class MeanCorrelation
{
    /// <summary>The mean of Pearson's correlation.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <returns>−1 to 1; undefined with its reason where some category is not a number, or some pair of raters shares fewer than two items or
    /// has a rater who gave one grade throughout them.</returns>
    public static Estimate Pearson(Ratings ratings) => Of(ratings, (a, b) => Correlation.Pearson(a, b));

    /// <summary>The mean of Spearman's rank correlation.</summary>
    /// <inheritdoc cref="Pearson" path="/param"/>
    /// <inheritdoc cref="Pearson" path="/returns"/>
    public static Estimate Spearman(Ratings ratings) => Of(ratings, (a, b) => Correlation.Spearman(a, b));

    private static Estimate Of(Ratings ratings, Func<double[], double[], double?> correlation)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (ratings.CategoryValues is not { } values)
            return Estimate.Undefined("Some categories are not numbers, and a correlation needs numbers.");
        return RaterPairs.Mean(
            ratings,
            (a, b) => correlation(Array.ConvertAll(a, c => values[c]), Array.ConvertAll(b, c => values[c])),
            "The correlation"
        );
    }
}
