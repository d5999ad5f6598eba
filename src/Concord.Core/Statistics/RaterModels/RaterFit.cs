namespace Concord.Core.Statistics.RaterModels;

/// <summary>How well a rater's grades fit the rating-scale model: 1 is as noisy as the model expects, above is noisier, below is more
/// predictable.</summary>
/// <remarks>
/// Infit weighs each squared residual by its information, outfit does not, so outfit answers to single wild grades.
/// <see cref="Infit"/> and <see cref="Outfit"/> put each item at its likeliest quality (Wright and Masters 1982, "Rating Scale Analysis",
/// chapter 5); that quality is fitted to the same grades, so with n ratings an item they centre near 1 − 1/n, not 1.
/// <see cref="ConditionalInfit"/> and <see cref="ConditionalOutfit"/> condition on the item's total instead and expect 1 for any number of
/// ratings: they are the ones to read where items have few (Müller 2020, "Item Fit Statistics for Rasch Analysis: Can We Trust Them?",
/// J. Stat. Distrib. Appl. 7:5). Where all is null, <see cref="UndefinedBecause"/> says why.
/// </remarks>
/// <param name="Rater">The rater.</param>
/// <param name="Ratings">The rater's ratings that the fit rests on: those on items whose grades are neither all lowest nor all highest.</param>
/// <param name="Infit">Information-weighted mean square, 0 or more.</param>
/// <param name="Outfit">Unweighted mean square, 0 or more.</param>
/// <param name="ConditionalInfit">As <paramref name="Infit"/>, given the items' totals.</param>
/// <param name="ConditionalOutfit">As <paramref name="Outfit"/>, given the items' totals.</param>
/// <param name="Severity">In logits, mean zero over raters, positive is strict; null also where raters cannot be compared.</param>
/// <param name="UndefinedBecause">One sentence that says why there is no fit; null when there is.</param>
public sealed record RaterFit(
    string Rater,
    int Ratings,
    double? Infit,
    double? Outfit,
    double? ConditionalInfit,
    double? ConditionalOutfit,
    double? Severity,
    string? UndefinedBecause
)
{
    /// <summary>The fit of each rater, in the order of <see cref="Statistics.Ratings.Raters"/>; see <see cref="RatingScaleModel.Of"/>.</summary>
    public static IReadOnlyList<RaterFit> Of(Ratings ratings, double mostWork = RatingScaleModel.MostWork) =>
        RatingScaleModel.Of(ratings, mostWork).Raters;

    internal static RaterFit Undefined(string rater, string why) => new(rater, 0, null, null, null, null, null, why);
}
