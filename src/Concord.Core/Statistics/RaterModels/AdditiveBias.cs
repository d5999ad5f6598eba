using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.RaterModels;

/// <summary>Grades freed of raters' biases: each rater adds the same to every item, by as much as their ratings can show.</summary>
/// <remarks>
/// The effects are best linear unbiased predictions at the restricted maximum likelihood components of
/// <see cref="VarianceComponents"/>: shrunken towards zero, the more the fewer ratings they rest on. Standard errors take the
/// components as known, so they are somewhat small where raters are few.
/// Source: Henderson (1975), "Best Linear Unbiased Estimation and Prediction under a Selection Model", Biometrics 31(2);
/// Robinson (1991), "That BLUP is a Good Thing", Stat. Sci. 6(1).
/// </remarks>
/// <param name="Mean">The mean grade; null when undefined.</param>
/// <param name="ItemEffects">What each item has above the mean, in grades, by <see cref="Ratings.Items"/>; empty when undefined.
/// The debiased grade is <see cref="ItemGrade"/>.</param>
/// <param name="ItemStandardErrors">Of mean + effect of each item, in grades; empty when undefined.</param>
/// <param name="RaterBias">What each rater adds, in grades, by <see cref="Ratings.Raters"/>: positive is lenient; empty when undefined.</param>
/// <param name="RaterStandardErrors">Of each bias; empty when undefined.</param>
/// <param name="Components">The variance components, with iterations and convergence.</param>
public sealed record AdditiveBias(
    double? Mean,
    IReadOnlyList<double> ItemEffects,
    IReadOnlyList<double> ItemStandardErrors,
    IReadOnlyList<double> RaterBias,
    IReadOnlyList<double> RaterStandardErrors,
    VarianceComponents Components
)
{
    /// <summary>Steps taken.</summary>
    public int Iterations => Components.Iterations;

    /// <summary>Whether the components settled.</summary>
    public bool Converged => Components.Converged;

    /// <summary>One sentence that says why there are no effects; null when there are.</summary>
    public string? UndefinedBecause => Components.UndefinedBecause;

    /// <summary>Fits the model; time as <see cref="VarianceComponents.Of(Ratings)"/>, undefined where that is.</summary>
    public static AdditiveBias Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (CrossedDesign.Of(ratings, out var why) is not { } design || CrossedReml.Of(design, out why) is not { } fit)
            return new(null, [], [], [], [], VarianceComponents.Undefined(ratings, why!));

        var (width, residual) = (design.Scale.Width, fit.Variances[2]);
        double[] Effects(double[] scaled) => Array.ConvertAll(scaled, effect => width * effect);
        double[] Errors(double[] variances) => Array.ConvertAll(variances, v => width * Math.Sqrt(Math.Max(0, residual * v)));
        var solution = fit.Solution;
        var components = VarianceComponents.Of(ratings, design, fit);
        return design.ItemsAreMany
            ? new(
                components.Mean,
                Effects(solution.EffectsOfMany),
                Errors(solution.VariancesOfMany(withMean: true)),
                Effects(solution.EffectsOfFew),
                Errors(solution.VariancesOfFew(withMean: false)),
                components
            )
            : new(
                components.Mean,
                Effects(solution.EffectsOfFew),
                Errors(solution.VariancesOfFew(withMean: true)),
                Effects(solution.EffectsOfMany),
                Errors(solution.VariancesOfMany(withMean: false)),
                components
            );
    }

    /// <summary>An item's grade without bias, with the interval that its true grade is in.</summary>
    /// <param name="item">Index into <see cref="Ratings.Items"/>.</param>
    /// <param name="confidence">Above 0, below 1.</param>
    /// <returns>In grades, with a normal interval; not cut to the ends of the scale. Undefined where the model is.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1, or there is no such item.</exception>
    public Estimate ItemGrade(int item, double confidence = 0.95)
    {
        ConfidenceInterval.Check(confidence);
        if (Mean is not { } mean)
            return Estimate.Undefined(UndefinedBecause!);
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(item, ItemEffects.Count);
        var value = mean + ItemEffects[item];
        var reach = NormalQuantile.TwoSided(confidence) * ItemStandardErrors[item];
        return new(value, new(value - reach, value + reach), StandardError: ItemStandardErrors[item]);
    }
}
