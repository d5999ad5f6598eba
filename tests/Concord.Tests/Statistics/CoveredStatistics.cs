using System.Text.Json;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Summary;

namespace Concord.Tests.Statistics;

/// <summary>How Concord computes the ids of the reference cases.</summary>
internal static class CoveredStatistics
{
    private const int Replicates = 20_000;
    private const ulong Seed = 20_260_101;

    /// <summary>Every id that is computed; an id stands in one of the lists.</summary>
    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        new[]
        {
            Foundation(reference),
            KappaStatistics.Of(reference),
            VarianceStatistics.Of(reference),
            RaterModelStatistics.Of(reference),
            ComparisonStatistics.Of(reference),
        }
            .SelectMany(list => list)
            .ToDictionary();

    private static Dictionary<string, Func<List<double?>>> Foundation(ReferenceCase reference) =>
        reference.Name switch
        {
            "edge-cases" => EdgeCases(reference),
            "padjust-bh1995" => Adjustments(reference.Column(0)),
            "paired-depression" => Paired(reference),
            "synthetic-20k" => Synthetic(20_000),
            "synthetic-200k" => Synthetic(200_000),
            _ when reference.IsRatings => AgreementOf(reference.Ratings()).Concat(Summaries(reference)).ToDictionary(),
            _ => [],
        };

    /// <summary>What a reference asks for, less what Concord leaves undefined on purpose.</summary>
    public static List<double?>? Expected(ReferenceCase reference, ReferenceCase.Expectation expectation) =>
        expectation.Id switch
        {
            // Two values give no more than a width beyond every scale. Equal values give a width of zero, where the tool has that once and a gap once.
            "mean_t_ci95" when expectation.Value.ValueKind == JsonValueKind.Array =>
            [
                .. expectation
                    .Value.EnumerateArray()
                    .Zip(reference.GradesByItem())
                    .SelectMany(p =>
                        p.Second.Length < 3 ? [null]
                        : p.Second.Distinct().Count() == 1 ? Figures.Of(p.Second[0], p.Second[0])
                        : Figures.Read(p.First)!
                    ),
            ],
            // Where a tool refuses, the value is undefined.
            _ when reference.Name == "edge-cases" => Figures.Read(expectation.Value) ?? Figures.Of([null]),
            _ => RaterModelStatistics.Labels(expectation) ?? Figures.Read(expectation.Value),
        };

    private static Dictionary<string, Func<List<double?>>> AgreementOf(Ratings ratings)
    {
        var patterns = CountPatterns.Of(ratings);
        Dictionary<string, Func<List<double?>>> statistics = new()
        {
            ["pairwise.pearson"] = () => Pairwise(ratings, Correlation.Pearson),
            ["pairwise.spearman"] = () => Pairwise(ratings, Correlation.Spearman),
            ["cor.pearson.r1r2"] = () => [Pairwise(ratings, Correlation.Pearson)[0]],
            ["cor.spearman.r1r2"] = () => [Pairwise(ratings, Correlation.Spearman)[0]],
        };
        foreach (var level in Enum.GetValues<MeasurementLevel>())
        {
            var id = "alpha." + level.ToString().ToLowerInvariant();
            statistics[id] = () => [KrippendorffAlpha.Of(patterns, level).Value];
            statistics[id + ".bootstrap_units_percentile95"] = () =>
                Figures.OfIntervals([KrippendorffAlpha.WithBootstrap(patterns, level, Replicates, Seed).Interval]);
        }
        return statistics;
    }

    private delegate double? PairedStatistic(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    private static List<double?> Pairwise(Ratings ratings, PairedStatistic statistic)
    {
        var byRater = Enumerable.Range(0, ratings.Raters.Count).Select(_ => new Dictionary<int, double>()).ToArray();
        for (var row = 0; row < ratings.Count; row++)
            byRater[ratings.RaterOf[row]][ratings.ItemOf[row]] = ratings.CategoryValues![ratings.CategoryOf[row]];
        List<double?> values = [];
        for (var a = 0; a < byRater.Length; a++)
        for (var b = a + 1; b < byRater.Length; b++)
        {
            int[] shared = [.. byRater[a].Keys.Where(byRater[b].ContainsKey)];
            values.Add(statistic([.. shared.Select(item => byRater[a][item])], [.. shared.Select(item => byRater[b][item])]));
        }
        return values;
    }

    private static Dictionary<string, Func<List<double?>>> Summaries(ReferenceCase reference)
    {
        if (reference.Name is not ("consensus-small-a" or "facets-a"))
            return [];
        var items = reference.GradesByItem();
        List<double?> Each(Func<double[], double?> statistic) => [.. items.Select(statistic)];
        List<double?> Weighted(Func<double[], double[], double?> statistic) =>
            [.. items.Zip(reference.WeightsByItem(), statistic)];
        CountPatterns Alone(double[] item)
        {
            var builder = new RatingsBuilder();
            for (var rater = 0; rater < item.Length; rater++)
                builder.TryAdd("item", $"{rater}", item[rater]);
            return CountPatterns.Of(builder.Build());
        }

        return new()
        {
            ["n"] = () => Each(item => item.Length),
            ["median"] = () => Each(item => Median.Of(item)),
            ["mean"] = () => Each(item => Mean.Of(item)),
            ["sd"] = () => Each(item => Spread.StandardDeviation(item)),
            ["sd_n-1"] = () => Each(item => Spread.StandardDeviation(item)),
            ["variance_n-1"] = () => Each(item => Spread.StandardDeviation(item) is { } sd ? sd * sd : null),
            ["range"] = () => Each(item => Spread.Range(item)),
            ["iqr_type7"] = () => Each(item => Spread.Iqr(item)),
            ["mad_raw"] = () => Each(item => Spread.Mad(item)),
            ["trimmed_mean_0.2"] = () => Each(item => Mean.Trimmed(item, 0.2)),
            ["trimmed_mean_0.1_floor"] = () => Each(item => Mean.Trimmed(item, 0.1)),
            ["trimmed_mean_0.2_floor"] = () => Each(item => Mean.Trimmed(item, 0.2)),
            ["trimmed_mean_0.25_floor"] = () => Each(item => Mean.Trimmed(item, 0.25)),
            ["winsorized_mean_0.2"] = () => Each(item => Mean.Winsorized(item, 0.2)),
            ["weighted_mean"] = () => Weighted((item, weights) => Mean.Weighted(item, weights)),
            ["weighted_median"] = () => Weighted((item, weights) => Median.Weighted(item, weights)),
            ["mode_lowest"] = () => Each(item => Mode.Lowest(item)),
            ["mean_t_ci95"] = () => Figures.OfIntervals(items.Select(item => Mean.StudentInterval(item))),
            ["entropy_nat"] = () => Each(item => Entropy.Of(item)),
            ["median_order_stat_ci95_[lo,hi,coverage]"] = () =>

                [
                    .. items.SelectMany(item =>
                        Median.OrderStatisticInterval(item) is { } interval
                            ? Figures.Of(interval.Low, interval.High, Median.OrderStatisticCoverage(item.Length))
                            : Figures.Of([null])
                    ),
                ],
            ["pairwise_exact_agreement"] = () => Each(item => PercentAgreement.Exact(Alone(item)).Value),
            ["pairwise_within1_agreement"] = () => Each(item => PercentAgreement.Within(Alone(item), 1).Value),
            ["hodges_lehmann"] = () => Each(item => HodgesLehmann.Of(item)),
        };
    }

    private static Dictionary<string, Func<List<double?>>> EdgeCases(ReferenceCase reference) =>
        reference
            .Expectations.Where(e => e.Id.StartsWith("alpha.nominal.", StringComparison.Ordinal))
            .ToDictionary(
                e => e.Id,
                e =>
                    (Func<List<double?>>)(
                        () =>
                        {
                            var builder = new RatingsBuilder();
                            foreach (var (rater, row) in e.Sources[0].GetProperty("raters_x_items").EnumerateArray().Index())
                            foreach (var (item, cell) in row.EnumerateArray().Index())
                            {
                                if (cell.ValueKind == JsonValueKind.Number)
                                    builder.TryAdd($"{item}", $"{rater}", cell.GetDouble());
                            }
                            return [KrippendorffAlpha.Of(CountPatterns.Of(builder.Build()), MeasurementLevel.Nominal).Value];
                        }
                    )
            );

    private static Dictionary<string, Func<List<double?>>> Adjustments(double[] p)
    {
        static List<double?> All(double[] adjusted) => [.. adjusted.Select(a => (double?)a)];
        return new()
        {
            ["bonferroni"] = () => All(Bonferroni.Adjust(p)),
            ["holm"] = () => All(Holm.Adjust(p)),
            ["hochberg"] = () => All(Hochberg.Adjust(p)),
            ["hommel"] = () => All(Hommel.Adjust(p)),
            ["BH"] = () => All(BenjaminiHochberg.Adjust(p)),
            ["BY"] = () => All(BenjaminiYekutieli.Adjust(p)),
        };
    }

    private static Dictionary<string, Func<List<double?>>> Paired(ReferenceCase reference)
    {
        double[] differences = [.. reference.Column(0).Zip(reference.Column(1), (a, b) => a - b)];
        return new() { ["signflip_permutation_exact.two.sided"] = () => [SignFlipTest.TwoSidedP(differences, Seed)] };
    }

    private static Dictionary<string, Func<List<double?>>> Synthetic(int items)
    {
        var ratings = new SyntheticRatings(items).Ratings();
        var statistics = AgreementOf(ratings);
        double[][] grades =
        [
            .. Enumerable
                .Range(0, ratings.Items.Count)
                .Select(item =>
                {
                    var rows = ratings.CategoryOf[ratings.StartOfItem[item]..ratings.StartOfItem[item + 1]];
                    return rows.ToArray().Select(category => ratings.CategoryValues![category]).ToArray();
                }),
        ];
        statistics["alpha_ordinal"] = statistics["alpha.ordinal"];
        statistics["median_sum"] = () => [grades.Sum(g => Median.Of(g))];
        statistics["median_mean"] = () => [grades.Average(g => Median.Of(g))];
        statistics["range_ge3_items"] = () => [grades.Count(g => Spread.Range(g) >= 3)];
        statistics["grade_sum"] = () => [grades.Sum(g => g.Sum())];
        return statistics;
    }
}
