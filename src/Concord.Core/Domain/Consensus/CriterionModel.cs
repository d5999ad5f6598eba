using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Core.Domain.Consensus;

/// <summary>What a rater model makes of the scores of one criterion: how sure each output's score is.</summary>
internal sealed class CriterionModel
{
    // Measured on synthetic graders with the sample's scale: from here on a model finds wrong medians better than the range does,
    // and from there on one confusion matrix a grader better than one accuracy. See decision 0011.
    private const int FewestOutputs = 30;
    private const int FewestGraders = 3;
    private const int ScoresPerCell = 100;

    private readonly Dictionary<string, int> items;
    private readonly Dictionary<string, int> raters;
    private readonly double[] values;

    private CriterionModel(RaterModelFit? fit, string? noFitBecause)
    {
        (Fit, NoFitBecause) = (fit, noFitBecause);
        items = Places(fit?.Items);
        raters = Places(fit?.Raters);
        values = [.. fit?.ClassValues ?? []];
    }

    /// <summary>The fit; null where there is none.</summary>
    public RaterModelFit? Fit { get; }

    /// <summary>One sentence that says why there is no fit; null when there is one, or none is wanted.</summary>
    public string? NoFitBecause { get; }

    /// <summary>Whether a model is wanted and the scores are too few for one.</summary>
    public bool TooFew => NoFitBecause is not null;

    public static CriterionModel Of(Ratings ratings, Criterion criterion, ConsensusPolicy policy)
    {
        if (Wanted(ratings, policy, out var reason) is not { } model)
            return new(null, reason);
        var fit = RaterModelFit.Of(ratings, model);
        if (fit.UndefinedBecause is { } why)
            return new(null, why);
        return fit.ClassValues is null && criterion.Scale.Level != MeasurementLevel.Nominal
            ? new(null, "Some scores are not numbers.")
            : new(fit, null);
    }

    /// <summary>What the model says of an output; null where it knows none of its scores.</summary>
    public OutputPosterior? For(string item, MeasurementLevel level)
    {
        if (Fit is null || !items.TryGetValue(item, out var index))
            return null;
        var probabilities = Fit.PosteriorOf(index);
        double? gain = Fit.Pooled is { } pooled ? Posterior.InformationGain(probabilities, pooled) : null;
        var mode = values[Fit.LabelOf(index, out _)];
        return level == MeasurementLevel.Nominal
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
        Fit is not null && raters.TryGetValue(grader.Value, out var index) ? Fit.Weight[index] : null;

    private static RaterModel? Wanted(Ratings ratings, ConsensusPolicy policy, out string? reason)
    {
        reason = null;
        if (ModelOf(policy.Method) is { } method)
            return method;
        switch (policy.RaterModel)
        {
            case RaterModelChoice.None:
                return null;
            case RaterModelChoice.Auto:
                break;
            case var choice:
                return Enum.Parse<RaterModel>(choice.ToString());
        }
        var outputs = 0;
        for (var i = 0; i < ratings.Items.Count; i++)
            outputs += ratings.StartOfItem[i + 1] - ratings.StartOfItem[i] >= FewestGraders ? 1 : 0;
        if (outputs < FewestOutputs)
        {
            reason =
                $"{outputs} outputs have {FewestGraders} or more graders; a rater model needs {FewestOutputs} such outputs to be fitted.";
            return null;
        }
        var cells = ratings.Categories.Count * ratings.Categories.Count;
        return ratings.Count >= (long)ScoresPerCell * cells ? RaterModel.DsShrunken : RaterModel.OneCoin;
    }

    /// <summary>The rater model that a method is; null for a summary of scores.</summary>
    public static RaterModel? ModelOf(ConsensusMethod method) =>
        method switch
        {
            ConsensusMethod.Median or ConsensusMethod.Mean or ConsensusMethod.Trimmed or ConsensusMethod.Weighted => null,
            ConsensusMethod.Additive => null,
            ConsensusMethod.Majority => RaterModel.Majority,
            ConsensusMethod.Ds => RaterModel.Ds,
            ConsensusMethod.DsShrunken => RaterModel.DsShrunken,
            ConsensusMethod.OneCoin => RaterModel.OneCoin,
            ConsensusMethod.Mace => RaterModel.Mace,
            ConsensusMethod.Glad => RaterModel.Glad,
            ConsensusMethod.Wawa => RaterModel.Wawa,
            ConsensusMethod.Zbs => RaterModel.Zbs,
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, null),
        };

    private static Dictionary<string, int> Places(IReadOnlyList<string>? names)
    {
        var places = new Dictionary<string, int>(names?.Count ?? 0, StringComparer.Ordinal);
        foreach (var name in names ?? [])
            places.Add(name, places.Count);
        return places;
    }
}

/// <summary>What a rater model says of an output's true score.</summary>
/// <param name="Mode">The most probable score, the lowest on a tie.</param>
/// <param name="Median">The posterior median; of nominal data the mode.</param>
/// <param name="Interval">The 95 % credible interval; null for nominal data.</param>
/// <param name="ExpectedLoss">The expected absolute error of the median, in score units; of nominal data the chance to be wrong, 0 to 1.</param>
/// <param name="InformationGain">What one more grade is expected to tell, in nats; null for models without confusion matrices.</param>
internal readonly record struct OutputPosterior(
    double Mode,
    double Median,
    ConfidenceInterval? Interval,
    double ExpectedLoss,
    double? InformationGain
);
