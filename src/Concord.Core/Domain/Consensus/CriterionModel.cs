using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Core.Domain.Consensus;

/// <summary>What a rater model makes of the scores of one criterion: how sure each output's score is, and how graders err.</summary>
internal sealed class CriterionModel
{
    // Measured on made-up graders, see decision 0011: from here on a model finds wrong medians better than the range does,
    // and from there on a confusion matrix for each grader better than one number.
    private const int FewestOutputs = 20;
    private const int FewestNominalOutputs = 30;
    private const int FewestGraders = 3;
    private const int ScoresPerCell = 500;
    private const int NominalScoresPerCell = 100;

    // Of 0 to 10, or 0 to 5 by halves. How often each of more scores is the true one cannot be told from a few dozen outputs.
    private const int MostScores = 11;
    private const double UsualRanges = 0.95;

    // The fit of graders costs a thousand times what a score costs elsewhere, and these tell it to the second digit.
    private const int ScoresForFit = 100_000;
    private const double WorkForFit = 2e7;

    private readonly Dictionary<string, int> items;
    private readonly Dictionary<string, int> raters;
    private readonly double[] values;
    private readonly bool nominal;
    private readonly RaterModelFit? fit;
    private readonly AdditiveBias? additive;
    private readonly PooledConfusion? average;
    private readonly Dictionary<string, RaterFit> fitOfRaters;
    private readonly Dictionary<int, double?> usualRanges = [];

    private CriterionModel(Ratings ratings, Criterion criterion, ConsensusPolicy policy, RaterModelStart? earlier)
    {
        nominal = criterion.Scale.Level == MeasurementLevel.Nominal;
        values = [.. ratings.CategoryValues ?? []];
        fitOfRaters =
            nominal || policy.RaterModel == RaterModelChoice.None
                ? []
                : RaterFit
                    .Of(RatingsSample.OfAbout(ratings, ScoresForFit), WorkForFit)
                    .ToDictionary(f => f.Rater, StringComparer.Ordinal);
        var note = new RaterModelNote(criterion.Id, "", 0, false, null);
        if (policy.Method == ConsensusMethod.Additive && !nominal)
        {
            additive = AdditiveBias.Of(ratings);
            Note = note with
            {
                Model = additive.UndefinedBecause is null ? Names.Of(ConsensusMethod.Additive) : "",
                Iterations = additive.Iterations,
                Converged = additive.Converged,
                NoneBecause = additive.UndefinedBecause,
            };
        }
        else if (Wanted(ratings, policy, nominal, out var none) is { } model)
        {
            var from = MayStartWarm(model) && earlier?.Model == model && earlier.Suits(ratings) ? earlier : null;
            fit = RaterModelFit.Of(ratings, model, new() { From = from });
            Note = note with
            {
                Model = fit.UndefinedBecause is null ? Names.Of(model) : "",
                Iterations = fit.Iterations,
                Converged = fit.Converged,
                IsWarm = from is not null,
                NoneBecause = fit.UndefinedBecause,
            };
            fit = fit.UndefinedBecause is null ? fit : null;
        }
        else
        {
            Note = note with { NoneBecause = none };
            // Too few for a posterior of each output, yet how graders err on the whole can be told.
            if (policy.RaterModel == RaterModelChoice.Auto && !nominal && ratings.Categories.Count <= MostScores)
                average = PooledConfusion.Of(ratings);
        }
        items = fit is null && additive is null ? [] : Places(ratings.Items);
        raters = fit is null ? [] : Places(ratings.Raters);
    }

    /// <summary>Which model it is and how the fit went, or why there is none.</summary>
    public RaterModelNote Note { get; }

    /// <summary>What a later fit can start from; null where there is none whose end does not depend on its start.</summary>
    public RaterModelStart? Start => fit is not null && MayStartWarm(fit.Model) ? fit.Start : null;

    /// <summary>Fits what the policy asks for.</summary>
    /// <param name="ratings">The counted scores.</param>
    /// <param name="criterion">The criterion.</param>
    /// <param name="policy">The method and the rater model.</param>
    /// <param name="earlier">What a fit of earlier scores found, to start from; null, or another model or other classes, start cold.</param>
    public static CriterionModel Of(Ratings ratings, Criterion criterion, ConsensusPolicy policy, RaterModelStart? earlier) =>
        new(ratings, criterion, policy, earlier);

    /// <summary>What the model says of an output; null where it knows none of its scores.</summary>
    public OutputPosterior? For(string item)
    {
        if (!items.TryGetValue(item, out var index))
            return null;
        if (additive?.ItemGrade(index) is { Value: { } grade, Interval: var interval, StandardError: var error })
            return new(grade, grade, interval, MeanAbsoluteError(error), null);
        if (fit is null)
            return null;
        var probabilities = fit.PosteriorOf(index);
        double? gain = fit.Pooled is { } pooled ? Posterior.InformationGain(probabilities, pooled) : null;
        var mode = values[Posterior.Mode(probabilities, out _)];
        return nominal
            ? new(mode, mode, null, Posterior.ErrorChance(probabilities), gain)
            : new(
                mode,
                Posterior.Median(probabilities, values),
                Posterior.Interval(probabilities, values),
                Posterior.ExpectedLoss(probabilities, values),
                gain
            );
    }

    /// <summary>What one more score of a grader is worth to the model; null where it does not know the grader.</summary>
    public double? Weight(GraderId grader) =>
        fit is not null && raters.TryGetValue(grader.Value, out var index) ? fit.Weight[index] : null;

    /// <summary>How well the grader fits the rating-scale model; null where that is undefined.</summary>
    public RaterFit? FitOf(GraderId grader) => fitOfRaters.GetValueOrDefault(grader.Value);

    /// <summary>The range that so many graders who err as these do seldom exceed, in score units; null where a model is fitted, which
    /// tells more, or nothing is known.</summary>
    public double? UsualRange(int graders)
    {
        if (average is null)
            return null;
        if (!usualRanges.TryGetValue(graders, out var range))
            usualRanges[graders] = range = RangeCalibration.Threshold(average, values, graders, UsualRanges).Value;
        return range;
    }

    // Methods and choices that are rater models have their names.
    private static RaterModel? ModelNamed<TEnum>(TEnum value)
        where TEnum : struct, Enum => Names.TryParse<RaterModel>(Names.Of(value), out var model) ? model : null;

    private static RaterModel? Wanted(Ratings ratings, ConsensusPolicy policy, bool nominal, out string? none)
    {
        none = null;
        var named = ModelNamed(policy.Method) ?? ModelNamed(policy.RaterModel);
        if (nominal && named == RaterModel.Laplace)
        {
            none = "Names have no distances, and the Laplace model goes by them.";
            return null;
        }
        if (named is not null)
            return named;
        if (policy.RaterModel == RaterModelChoice.None)
            return null;
        if (!nominal && ratings.Categories.Count > MostScores)
        {
            none =
                $"The scores take {ratings.Categories.Count} values, and a rater model is fitted up to {MostScores}: how often each of more is the true one, a workspace of usual size cannot tell.";
            return null;
        }
        var outputs = 0;
        for (var i = 0; i < ratings.Items.Count; i++)
            outputs += ratings.StartOfItem[i + 1] - ratings.StartOfItem[i] >= FewestGraders ? 1 : 0;
        var fewest = nominal ? FewestNominalOutputs : FewestOutputs;
        if (outputs < fewest)
        {
            none =
                $"{outputs} outputs have {FewestGraders} or more graders, and a rater model is fitted from {fewest} such outputs on.";
            return null;
        }
        var cells = (long)ratings.Categories.Count * ratings.Categories.Count;
        return (nominal, ratings.Count >= cells * (nominal ? NominalScoresPerCell : ScoresPerCell)) switch
        {
            (_, true) => RaterModel.DsShrunken,
            (true, false) => RaterModel.OneCoin,
            (false, false) => RaterModel.Laplace,
        };
    }

    // Plain Dawid-Skene has several maxima where raters graded little: an earlier fit would lead it to another consensus than
    // the one that is committed (decision 0014).
    private static bool MayStartWarm(RaterModel model) =>
        model is RaterModel.DsShrunken or RaterModel.OneCoin or RaterModel.Laplace or RaterModel.Mace;

    // Of a normal error.
    private static double MeanAbsoluteError(double? standardError) => Math.Sqrt(2 / Math.PI) * (standardError ?? 0);

    private static Dictionary<string, int> Places(IReadOnlyList<string> names)
    {
        var places = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        foreach (var name in names)
            places.Add(name, places.Count);
        return places;
    }
}
