using MathNet.Numerics.LinearAlgebra;

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
/// <param name="Converged">Whether no parameter would move by more than 10⁻⁹ logits on its own.</param>
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
    /// <summary>The additions that a step may take unless said otherwise: it makes a complete table of some 200 raters.</summary>
    public const double MostWork = 1e9;

    private const int MostIterations = 1000;
    private const double MostLogits = 18; // where chances are below 10⁻⁷; a likelihood without a maximum leads beyond
    private const int MostToSearch = 20_000;
    private const double Nudge = 1e-4;
    private const double Flat = 1e-5;

    /// <summary>Fits the model. Each of some dozens of steps takes O(Σ m² c²) over the distinct combinations of raters and total, for m
    /// ratings of an item and c grades.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="mostWork">The most additions of a step, above 0; beyond, there is no fit.</param>
    /// <returns>Undefined with its reason where grades are not numbers or more than 21, no item tells raters apart, the likelihood has no
    /// maximum or no single one, or the work is beyond reach; a single rater without a fit has their own reason.</returns>
    public static RatingScaleModel Of(Ratings ratings, double mostWork = MostWork)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (RatingScaleData.Of(ratings, mostWork, out var why) is not { } data)
            return Undefined(ratings, why!, 0);

        var likelihood = new RatingScaleLikelihood(data);
        var parameters = new double[likelihood.Parameters];
        for (var score = 2; score <= data.Top; score++)
            parameters[data.Raters + score - 2] = score * (score - 1) / 2.0; // thresholds a logit apart
        var iterations = LimitedMemoryBfgs.Minimise(likelihood.Evaluate, parameters, MostIterations, out var converged);
        double[] steps =
        [
            .. Enumerable.Range(1, data.Top).Select(x => likelihood.Curve(parameters, x) - likelihood.Curve(parameters, x - 1)),
        ];
        double[] severities = [.. parameters.Take(data.Raters).Where((_, rater) => data.WhyLeftOut[rater] is null)];
        var widest = Math.Max(
            severities.Max() - severities.Min(),
            steps.Zip(steps.Skip(1), (low, high) => Math.Abs(high - low)).DefaultIfEmpty().Max()
        );
        if (!converged || !(widest < MostLogits))
            return Undefined(
                ratings,
                $"Some raters or grades never mix, so the rating-scale model has no fit with less than {MostLogits} logits between them.",
                iterations
            );

        if (!IsDetermined(data, likelihood, parameters))
            return Undefined(
                ratings,
                "Too few ratings overlap: other severities and thresholds fit them equally well.",
                iterations
            );

        var energy = likelihood.Evaluate(parameters, new double[likelihood.Parameters], new double[likelihood.Parameters]);
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
        for (var group = 0; group < itemsOf.Length; group++)
        {
            likelihood.Distribute(group, parameters);
            Add(conditional, itemsOf[group]);
            likelihood.DistributeAtLikeliestQuality(group, parameters);
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

    private static double[]? Severities(RatingScaleData data, double[] parameters)
    {
        int[] kept = [.. Enumerable.Range(0, data.Raters).Where(rater => data.WhyLeftOut[rater] is null)];
        var parts = data.Parts();
        if (kept.Select(rater => parts[rater]).Distinct().Count() > 1)
            return null;
        var middle = kept.Average(rater => parameters[rater]);
        return [.. Enumerable.Range(0, data.Raters).Select(rater => parameters[rater] - middle)];
    }

    // Few ratings can leave a direction in which all parameters fit equally well. Many leave none, and there the search would take long.
    private static bool IsDetermined(RatingScaleData data, RatingScaleLikelihood likelihood, double[] parameters)
    {
        if ((long)data.Groups.Count * parameters.Length > MostToSearch)
            return true;
        int[] kept = [.. Enumerable.Range(0, parameters.Length).Where(p => p >= data.Raters || data.WhyLeftOut[p] is null)];
        var columns = new double[kept.Length][];
        var curvature = new double[parameters.Length];
        for (var column = 0; column < kept.Length; column++)
        {
            double[] Gradient(double by)
            {
                var moved = parameters.ToArray();
                moved[kept[column]] += by;
                var gradient = new double[parameters.Length];
                likelihood.Evaluate(moved, gradient, curvature);
                return gradient;
            }
            columns[column] = [.. Gradient(Nudge).Zip(Gradient(-Nudge), (up, down) => (up - down) / (2 * Nudge))];
        }
        likelihood.Evaluate(parameters, new double[parameters.Length], curvature);
        var parts = data.Parts();
        double Entry(int i, int j)
        {
            var (a, b) = (kept[i], kept[j]);
            var scaled = (columns[j][a] + columns[i][b]) / 2 / Math.Sqrt(curvature[a] * curvature[b]);
            // What all severities of a part have in common is not asked for.
            return scaled + (a < data.Raters && b < data.Raters && parts[a] == parts[b] ? 1 : 0);
        }
        var information = Matrix<double>.Build.Dense(kept.Length, kept.Length, Entry);
        return information.Evd(Symmetricity.Symmetric).EigenValues.All(value => value.Real > Flat);
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
