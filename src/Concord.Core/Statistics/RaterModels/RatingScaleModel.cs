namespace Concord.Core.Statistics.RaterModels;

/// <summary>The many-facet rating-scale model: log odds of a grade over the next lower one = quality of the item − severity of the rater −
/// threshold of the grade.</summary>
/// <remarks>
/// Severities and thresholds are estimated by conditional maximum likelihood, given each item's total; ratings may be missing.
/// Grades count by their order among the grades in use. Items whose grades are all lowest or all highest say nothing, nor do raters
/// of whom that holds; both are left out.
/// Source: Andrich (1978), Psychometrika 43(4); Linacre (1989), "Many-Facet Rasch Measurement"; Andersen (1977), Psychometrika 42(1).
/// </remarks>
/// <param name="Raters">Severity and fit of each rater, in the order of <see cref="Ratings.Raters"/>.</param>
/// <param name="Thresholds">In logits, mean zero: the quality at which a rater of severity zero gives a grade and the next lower one
/// equally often, for each grade of <paramref name="Categories"/> but the lowest; need not ascend. Empty when undefined.</param>
/// <param name="Categories">The grades that are left, as indices into <see cref="Ratings.Categories"/>; empty when undefined.</param>
/// <param name="LogLikelihood">The conditional log-likelihood; null when undefined.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">Whether no parameter would move by more than 10⁻⁷ logits on its own.</param>
/// <param name="UndefinedBecause">One sentence that says why there is no model; null when there is.</param>
public sealed record RatingScaleModel(
    IReadOnlyList<RaterFit> Raters,
    IReadOnlyList<double> Thresholds,
    IReadOnlyList<int> Categories,
    double? LogLikelihood,
    int Iterations,
    bool Converged,
    string? UndefinedBecause
)
{
    private const int MostIterations = 1000;
    private const double MostLogits = 100;

    /// <summary>Fits the model. Each of some dozens of steps takes O(Σ m² c²) over the distinct combinations of raters and total, for m
    /// ratings of an item and c grades.</summary>
    /// <returns>Undefined with its reason where grades are not numbers or more than 21, no item tells raters apart, or the likelihood has
    /// no maximum; a single rater without a fit has their own reason.</returns>
    public static RatingScaleModel Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (RatingScaleData.Of(ratings, out var why) is not { } data)
            return Undefined(ratings, why!, 0);

        var likelihood = new RatingScaleLikelihood(data);
        var parameters = new double[likelihood.Parameters];
        for (var score = 2; score <= data.Top; score++)
            parameters[data.Raters + score - 2] = score * (score - 1) / 2.0; // thresholds a logit apart
        var iterations = LimitedMemoryBfgs.Minimise(likelihood.Evaluate, parameters, MostIterations, out var converged);
        if (!converged || parameters.Any(p => !(Math.Abs(p) < MostLogits * data.Top)))
            return Undefined(
                ratings,
                "The likelihood of the rating-scale model has no maximum that could be found: too few ratings overlap.",
                iterations
            );

        var gradient = new double[likelihood.Parameters];
        var energy = likelihood.Evaluate(parameters, gradient, new double[likelihood.Parameters]);
        double[] steps =
        [
            .. Enumerable.Range(1, data.Top).Select(x => likelihood.Curve(parameters, x) - likelihood.Curve(parameters, x - 1)),
        ];
        var middle = steps.Average();
        return new(
            Fits(ratings, data, likelihood, parameters),
            Array.ConvertAll(steps, step => step - middle),
            [.. Enumerable.Range(0, data.ScoreOfCategory.Length).Where(category => data.ScoreOfCategory[category] >= 0)],
            -energy,
            iterations,
            true,
            null
        );
    }

    private static RatingScaleModel Undefined(Ratings ratings, string why, int iterations) =>
        new([.. ratings.Raters.Select(rater => RaterFit.Undefined(rater, why))], [], [], null, iterations, false, why);

    private static RaterFit[] Fits(Ratings ratings, RatingScaleData data, RatingScaleLikelihood likelihood, double[] parameters)
    {
        var conditional = new MeanSquare[data.Raters];
        var atQuality = new MeanSquare[data.Raters];
        var itemsOf = new List<int>[data.Groups.Count];
        for (var group = 0; group < itemsOf.Length; group++)
            itemsOf[group] = [];
        for (var item = 0; item < data.Items; item++)
            itemsOf[data.GroupOf(item)].Add(item);
        likelihood.SetWeights(parameters);
        for (var group = 0; group < itemsOf.Length; group++)
        {
            likelihood.Distribute(data.Groups[group]);
            Add(conditional, itemsOf[group]);
            likelihood.DistributeAtLikeliestQuality(data.Groups[group], parameters);
            Add(atQuality, itemsOf[group]);
        }

        var severities = Severities(data, parameters);
        return
        [
            .. ratings.Raters.Select(
                (name, rater) =>
                    data.WhyLeftOut[rater] is { } why
                        ? RaterFit.Undefined(name, why)
                        : new RaterFit(
                            name,
                            atQuality[rater].Count,
                            atQuality[rater].Infit,
                            atQuality[rater].Outfit,
                            conditional[rater].Infit,
                            conditional[rater].Outfit,
                            severities?[rater],
                            null
                        )
            ),
        ];

        void Add(MeanSquare[] to, List<int> items)
        {
            var raters = data.RatersOf(items[0]);
            for (var i = 0; i < raters.Length; i++)
            {
                var (mean, variance) = likelihood.Moments(i);
                foreach (var item in items)
                    to[raters[i]].Add(data.ScoresOf(item)[i] - mean, variance);
            }
        }
    }

    // Within a group of raters who share items, directly or through others, severities have a common zero; between such groups none.
    private static double[]? Severities(RatingScaleData data, double[] parameters)
    {
        var parent = Enumerable.Range(0, data.Raters).ToArray();
        int Root(int rater) => parent[rater] == rater ? rater : parent[rater] = Root(parent[rater]);
        foreach (var group in data.Groups)
        {
            var raters = data.RatersOf(group.First);
            for (var i = 1; i < raters.Length; i++)
                parent[Root(raters[i])] = Root(raters[0]);
        }
        int[] kept = [.. Enumerable.Range(0, data.Raters).Where(rater => data.WhyLeftOut[rater] is null)];
        if (kept.Select(Root).Distinct().Count() > 1)
            return null;
        var middle = kept.Average(rater => parameters[rater]);
        return [.. Enumerable.Range(0, data.Raters).Select(rater => parameters[rater] - middle)];
    }

    private struct MeanSquare
    {
        private double squares;
        private double variances;
        private double standardised;

        public int Count { get; private set; }

        public readonly double? Infit => Finite.OrNull(squares / variances);

        public readonly double? Outfit => Finite.OrNull(standardised / Count);

        public void Add(double residual, double variance)
        {
            Count++;
            squares += residual * residual;
            variances += variance;
            standardised += residual * residual / variance;
        }
    }
}
