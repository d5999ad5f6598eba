namespace Concord.Core.Statistics.RaterModels;

/// <summary>What a rater model makes of a table of ratings: the chance of each class for each item, and what each rater is worth.</summary>
/// <remarks>The same ratings give the same bytes on any number of cores and any platform.</remarks>
public sealed class RaterModelFit
{
    private readonly Ratings ratings;
    private readonly double[] posterior;
    private readonly double[] confusion;

    internal RaterModelFit(RaterModel model, Ratings ratings, double[] posterior, double[] confusion)
    {
        (Model, this.ratings, this.posterior, this.confusion) = (model, ratings, posterior, confusion);
    }

    /// <summary>The model that was fitted.</summary>
    public RaterModel Model { get; }

    /// <summary>The items, in ordinal order.</summary>
    public IReadOnlyList<string> Items => ratings.Items;

    /// <summary>The raters, in ordinal order.</summary>
    public IReadOnlyList<string> Raters => ratings.Raters;

    /// <summary>The classes: the categories in use, in the order of <see cref="Ratings.Categories"/>.</summary>
    public IReadOnlyList<string> Classes => ratings.Categories;

    /// <summary>The classes as numbers, ascending; null when some class is not a number.</summary>
    public IReadOnlyList<double>? ClassValues => ratings.CategoryValues;

    /// <summary>The share of each class among the items, summing to 1; one entry a class.</summary>
    public IReadOnlyList<double> Prior { get; internal init; } = [];

    /// <summary>The probability of each class for each item: items × classes, row by row, each row summing to 1.
    /// Empty when the fit is undefined.</summary>
    public ReadOnlySpan<double> Posterior => posterior;

    /// <summary>For each rater the chance, 0 to 1, to name the true class of an item: of one drawn from the prior where the model has
    /// a confusion matrix, over the rater's own items for GLAD, the share of agreement with the outcome for the votes.</summary>
    public IReadOnlyList<double> Reliability { get; internal init; } = [];

    /// <summary>The model's own parameter of each rater: Laplace the precision (per unit of the classes, above 0), MACE the chance to know (0 to 1), GLAD the ability (any number, negative for
    /// one who misleads), Wawa and zero-based skill the skill (0 to 1), else the same as <see cref="Reliability"/>.</summary>
    public IReadOnlyList<double> Skill { get; internal init; } = [];

    /// <summary>What one more rating by each rater is worth: with a confusion matrix the information it gives about the class of an item
    /// drawn from the prior, in nats, 0 or more; for votes the weight of the vote; for GLAD the ability.</summary>
    public IReadOnlyList<double> Weight { get; internal init; } = [];

    /// <summary>GLAD's ease of each item: ln β, any number, higher is easier. Null for other models.</summary>
    public IReadOnlyList<double>? Ease { get; internal init; }

    /// <summary>Whether there are confusion matrices: not for votes and GLAD.</summary>
    public bool HasConfusion => confusion.Length > 0;

    /// <summary>The average rater: the confusion matrices of all raters together, weighted by their ratings. Null without confusion matrices.</summary>
    public PooledConfusion? Pooled { get; internal init; }

    /// <summary>How many iterations were made; 0 for votes.</summary>
    public int Iterations { get; internal init; }

    /// <summary>Whether the last iteration moved no posterior by the tolerance; true for votes.</summary>
    public bool Converged { get; internal init; }

    /// <summary>What was maximised, at the parameters that gave the posterior: the log-likelihood in nats, with the log prior of the parameters where there is one
    /// (up to a constant), for MACE the lower bound of the evidence. Null for votes.</summary>
    public double? Objective => ObjectiveTrace.Count > 0 ? ObjectiveTrace[^1] : null;

    /// <summary>The objective at each iteration; it never falls but for rounding.</summary>
    public IReadOnlyList<double> ObjectiveTrace { get; internal init; } = [];

    /// <summary>One sentence that says why there is no fit; null when there is one.</summary>
    public string? UndefinedBecause { get; internal init; }

    /// <summary>MACE's two factors of each rater, exp E ln of the chances to spam and to know: each 0 to 1, together at most 1.
    /// Null for other models.</summary>
    public IReadOnlyList<(double Spams, double Knows)>? Spamming { get; internal init; }

    /// <summary>What a later fit can start from; null for models without confusion matrices. Raters × classes × classes are checked at each call.</summary>
    public RaterModelStart? Start => HasConfusion && Pooled is not null ? new(Model, Classes, Pooled, Raters, confusion) : null;

    /// <summary>The probability of each class for one item.</summary>
    /// <param name="item">Index into <see cref="Items"/>.</param>
    public ReadOnlySpan<double> PosteriorOf(int item) => posterior.AsSpan(item * Classes.Count, Classes.Count);

    /// <summary>The confusion matrix of a rater: classes × classes, row by row; a row is a true class and the chance of each grade given it, summing to 1.
    /// Empty for models without.</summary>
    /// <param name="rater">Index into <see cref="Raters"/>.</param>
    public ReadOnlySpan<double> ConfusionOf(int rater)
    {
        var size = Classes.Count * Classes.Count;
        return HasConfusion ? confusion.AsSpan(rater * size, size) : [];
    }

    /// <summary>The most probable class of an item; the lowest of several.</summary>
    /// <param name="item">Index into <see cref="Items"/>.</param>
    /// <param name="isTie">Whether another class is as probable, to 10⁻⁹.</param>
    /// <returns>Index into <see cref="Classes"/>.</returns>
    public int LabelOf(int item, out bool isTie) => Statistics.RaterModels.Posterior.Mode(PosteriorOf(item), out isTie);

    /// <summary>Fits a model.</summary>
    /// <param name="ratings">The ratings; a rater may have rated an item repeatedly.</param>
    /// <param name="model">Which model.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancel">Ends the iterations.</param>
    /// <returns>The fit; undefined with its reason where there are no ratings, or too many raters and classes for their matrices.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RaterModelFit Of(
        Ratings ratings,
        RaterModel model,
        RaterModelOptions? options = null,
        CancellationToken cancel = default
    )
    {
        ArgumentNullException.ThrowIfNull(ratings);
        options ??= new();
        options.Check();
        if (ExpectationStep.WhyImpossible(ratings, HasMatrices(model)) is { } reason)
            return Undefined(model, ratings, reason);
        return model switch
        {
            RaterModel.Majority => Votes.Majority(ratings),
            RaterModel.Ds => DawidSkene.Plain(ratings, options, cancel),
            RaterModel.DsShrunken => DawidSkene.Shrunken(ratings, options, cancel),
            RaterModel.OneCoin => OneCoin.Fit(ratings, options, cancel),
            RaterModel.Laplace => Laplace.Fit(ratings, options, cancel),
            RaterModel.Mace => Mace.Fit(ratings, options, cancel),
            RaterModel.Glad => Glad.Fit(ratings, options, cancel),
            RaterModel.Wawa => Votes.Wawa(ratings),
            RaterModel.Zbs => Votes.ZeroBasedSkill(ratings),
            _ => throw new ArgumentOutOfRangeException(nameof(model), model, "Unknown rater model."),
        };
    }

    internal static bool HasMatrices(RaterModel model) =>
        model is RaterModel.Ds or RaterModel.DsShrunken or RaterModel.OneCoin or RaterModel.Laplace or RaterModel.Mace;

    internal static RaterModelFit Undefined(RaterModel model, Ratings ratings, string reason) =>
        new(model, ratings, [], []) { UndefinedBecause = reason };
}
