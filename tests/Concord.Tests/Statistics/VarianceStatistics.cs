using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics;

/// <summary>Intraclass correlations, concordance, variance components and rating-scale models on the reference cases.</summary>
internal static class VarianceStatistics
{
    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        reference.IsRatings ? Of(reference.Ratings()) : [];

    private static Dictionary<string, Func<List<double?>>> Of(Ratings ratings)
    {
        var components = new Lazy<VarianceComponents>(() => VarianceComponents.Of(ratings));
        var scale = new Lazy<RatingScaleModel>(() => RatingScaleModel.Of(ratings));
        Dictionary<string, Func<List<double?>>> statistics = new()
        {
            ["kendallW.ties"] = () => [KendallW.Of(ratings).W.Value],
            ["kendallW.noties"] = () => [KendallW.WithoutTieCorrection(ratings).W.Value],
            ["friedman_raters_as_treatments"] = () => [FriedmanTest.OfRaters(ratings).ChiSquared],
            ["cor.kendall.r1r2"] = () => [Correlation.Kendall(GradesOf(ratings, 0), GradesOf(ratings, 1))],
            ["reml.varcomp"] = () => [components.Value.Item, components.Value.Rater, components.Value.Residual],
            ["reml.rater_blup"] = () => Figures.Of(AdditiveBias.Of(ratings).RaterBias.Select(bias => (double?)bias)),
            ["ols_twoway.rater_effect_sum0"] = () => Figures.Of(FixedBias.Of(ratings).RaterBias.Select(bias => (double?)bias)),
            ["leave_one_out.rater[pearson_vs_rest_mean,bias,mae,n]"] = () => LeaveOneOut(ratings),
            ["rsm.rater_infit_msq"] = () => [.. scale.Value.Raters.Select(rater => rater.Infit)],
            ["rsm.rater_outfit_msq"] = () => [.. scale.Value.Raters.Select(rater => rater.Outfit)],
            // eRm's zero is the lowest threshold of a rater of severity zero; ours is the mean of them.
            ["rsm.rater_location_and_thresholds"] = () =>

                [
                    .. scale.Value.Raters.SelectMany(rater =>
                        scale.Value.Thresholds.Prepend(0).Select(t => rater.Severity + t - scale.Value.Thresholds[0])
                    ),
                ],
            ["eRm.RSM.eta"] = () =>

                [
                    .. scale.Value.Raters.Skip(1).Select(rater => rater.Severity),
                    .. scale
                        .Value.Thresholds.Index()
                        .Skip(1)
                        .Select(t => (double?)scale.Value.Thresholds.Take(t.Index + 1).Sum(s => s - scale.Value.Thresholds[0])),
                ],
        };
        string[] forms = ["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"];
        foreach (var (index, form) in forms.Index())
            statistics["icc." + form] = () => [IntraclassCorrelation.Of(ratings)[index].Estimate.Value];
        return statistics;
    }

    private static double[] GradesOf(Ratings ratings, int rater) =>
        [
            .. Enumerable
                .Range(0, ratings.Count)
                .Where(row => ratings.RaterOf[row] == rater)
                .Select(row => ratings.CategoryValues![ratings.CategoryOf[row]]),
        ];

    private static List<double?> LeaveOneOut(Ratings ratings)
    {
        List<double?> values = [];
        var grades = Enumerable.Range(0, ratings.Raters.Count).Select(rater => GradesOf(ratings, rater)).ToArray();
        for (var rater = 0; rater < grades.Length; rater++)
        {
            double[] others = [.. grades[rater].Select((_, item) => grades.Where((_, r) => r != rater).Average(g => g[item]))];
            double[] differences = [.. grades[rater].Zip(others, (own, rest) => own - rest)];
            values.AddRange(
                [
                    Correlation.Pearson(grades[rater], others),
                    differences.Average(),
                    differences.Average(Math.Abs),
                    differences.Length,
                ]
            );
        }
        return values;
    }
}
