using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.RaterModels;

/// <summary>Where grades vary: between items, between raters, and for the rest. Ratings may be missing.</summary>
/// <remarks>
/// The model is grade = mean + item + rater + residual with independent normal effects, fitted by restricted maximum likelihood.
/// On complete tables with no component at zero this is the analysis of variance.
/// Source: Patterson and Thompson (1971), Biometrika 58(3); Searle, Casella and McCulloch (1992), "Variance Components", chapter 6.
/// </remarks>
/// <param name="Item">The variance between items in grades squared, 0 or more; null when undefined.</param>
/// <param name="Rater">The variance between raters' biases; null when undefined.</param>
/// <param name="Residual">The variance of what is left; null when undefined.</param>
/// <param name="ItemStandardError">From the average information; null when undefined or the component is at zero. So with the others.</param>
/// <param name="RaterStandardError">Of <paramref name="Rater"/>.</param>
/// <param name="ResidualStandardError">Of <paramref name="Residual"/>.</param>
/// <param name="Mean">The mean grade that all of it varies around; null when undefined.</param>
/// <param name="RatingsPerItem">The harmonic mean of the number of ratings of an item; 0 without ratings.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">Whether the next step would gain next to nothing in log-likelihood.</param>
/// <param name="UndefinedBecause">One sentence that says why there are no components; null when there are.</param>
public sealed record VarianceComponents(
    double? Item,
    double? Rater,
    double? Residual,
    double? ItemStandardError,
    double? RaterStandardError,
    double? ResidualStandardError,
    double? Mean,
    double RatingsPerItem,
    int Iterations,
    bool Converged,
    string? UndefinedBecause
)
{
    // Ratios are taken before the unit comes in.
    private double Odds { get; init; }

    private double? OddsStandardError { get; init; }

    /// <summary>Fits the model. Each step takes O(Σ m² + s³) for items of m ratings and s the smaller of the numbers of items and raters;
    /// where there are fewer items than raters, m counts the ratings of a rater.</summary>
    /// <returns>Undefined with its reason where categories are not numbers, for a single item or rater, where a rater rated an item
    /// repeatedly, where nothing varies or nothing is left over, where the ratings overlap too little to tell the components apart, and
    /// above 1,000 items and raters both.</returns>
    public static VarianceComponents Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return CrossedDesign.Of(ratings, out var why) is { } design && CrossedReml.Of(design, out why) is { } fit
            ? Of(ratings, design, fit)
            : Undefined(ratings, why!);
    }

    /// <summary>The intraclass correlation σ²(item) / (σ²(item) + (σ²(rater) + σ²(residual)) / k): how far a mean of k ratings, each by
    /// another rater, says what the item is. For k = 1 it is ICC(2,1) without the need of complete tables.</summary>
    /// <remarks>
    /// The interval is the delta method's from the average information, on Fisher's scale for intraclass correlations, log(1 + m σ²(item) /
    /// (σ²(rater) + σ²(residual))) with m = <see cref="RatingsPerItem"/>, cut at 0. It is approximate: with a handful of raters the variance
    /// between them is hardly known. In simulations with 4 to 25 raters and 20 or 100 items, 95 % intervals held the true value in
    /// 93 to 99 % of samples.
    /// </remarks>
    /// <param name="ratings">k, above 0; <see cref="RatingsPerItem"/> for the panel as it was.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>0 to 1; undefined where the components are, or when the fit did not converge.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public Estimate Intraclass(double ratings, double confidence = 0.95)
    {
        ConfidenceInterval.Check(confidence);
        if (UndefinedBecause is not null)
            return Estimate.Undefined(UndefinedBecause);
        if (!Converged)
            return Estimate.Undefined($"The variance components did not settle within {CrossedReml.MostIterations} steps.");
        double Reliability(double odds) => ratings * odds / (1 + ratings * odds);
        var value = Reliability(Odds);
        if (OddsStandardError is not { } error)
            return new(value, NoIntervalBecause: "The ratings do not bound the variance components.");
        var size = 1 + RatingsPerItem * Odds;
        var reach = Math.Exp(NormalQuantile.TwoSided(confidence) * RatingsPerItem * error / size);
        var low = Math.Max(0, (size / reach - 1) / RatingsPerItem);
        // Where the upper odds overflow, the limit is 1.
        var high = double.IsFinite(size * reach) ? Reliability((size * reach - 1) / RatingsPerItem) : 1;
        var slope = ratings / ((1 + ratings * Odds) * (1 + ratings * Odds));
        return new(value, new(Reliability(low), high), StandardError: slope * error);
    }

    internal static VarianceComponents Of(Ratings ratings, CrossedDesign design, CrossedReml fit)
    {
        var square = design.Scale.Width * design.Scale.Width;
        var (item, rater) = design.ItemsAreMany ? (0, 1) : (1, 0);
        double? Error(int component) =>
            fit.Variances[component] > 0 && fit.Covariance?[component, component] is >= 0 and var variance
                ? Finite.OrNull(square * Math.Sqrt(variance))
                : null;
        var noise = fit.Variances[rater] + fit.Variances[2];
        return new(
            square * fit.Variances[item],
            square * fit.Variances[rater],
            square * fit.Variances[2],
            Error(item),
            Error(rater),
            Error(2),
            design.Scale.Lowest + design.Scale.Width * fit.Solution.Mean,
            HarmonicMean(ratings),
            fit.Iterations,
            fit.Converged,
            null
        )
        {
            Odds = fit.Variances[item] / noise,
            OddsStandardError = OddsError(fit, item, rater, noise),
        };
    }

    internal static VarianceComponents Undefined(Ratings ratings, string why) =>
        new(null, null, null, null, null, null, null, HarmonicMean(ratings), 0, false, why);

    private static double? OddsError(CrossedReml fit, int item, int rater, double noise)
    {
        if (fit.Covariance is not { } covariance)
            return null;
        var gradient = new double[3];
        gradient[item] = 1 / noise;
        gradient[rater] = gradient[2] = -fit.Variances[item] / noise / noise;
        double variance = 0;
        for (var a = 0; a < 3; a++)
        for (var b = 0; b < 3; b++)
            variance += gradient[a] * covariance[a, b] * gradient[b];
        return variance >= 0 ? Finite.OrNull(Math.Sqrt(variance)) : null;
    }

    private static double HarmonicMean(Ratings ratings)
    {
        double inverses = 0;
        for (var item = 0; item < ratings.Items.Count; item++)
            inverses += 1.0 / (ratings.StartOfItem[item + 1] - ratings.StartOfItem[item]);
        return inverses > 0 ? ratings.Items.Count / inverses : 0;
    }
}
