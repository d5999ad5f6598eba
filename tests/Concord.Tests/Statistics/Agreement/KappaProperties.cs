using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Agreement;

public class KappaProperties
{
    // Those of variances and ranks have tests of their own.
    private static readonly string[] Kappas =
    [
        .. AgreementCoefficient.Names.Where(n => !n.StartsWith("icc-", StringComparison.Ordinal) && n != "kendall-w"),
    ];

    public static TheoryData<AgreementWeighting> Weightings => [.. Enum.GetValues<AgreementWeighting>()];

    // Tables of up to 8 items × 5 raters with grades 1 to 5, about a third of them missing.
    private static readonly Gen<int[][]> Tables =
        from items in Gen.Choose(1, 8)
        from raters in Gen.Choose(1, 5)
        from table in Gen.Choose(-2, 5).ArrayOf(raters).ArrayOf(items)
        select table;

    [Theory]
    [MemberData(nameof(Weightings))]
    public void Coefficients_are_what_their_definitions_over_all_pairs_give(AgreementWeighting weighting) =>
        ForAll(rows =>
        {
            var ratings = Ratings(rows);
            var (patterns, weights) = (CountPatterns.Of(ratings), AgreementWeights.Of(ratings, weighting));
            double W(int a, int b) => weights[Category(a), Category(b)];
            int Category(int grade) => ratings.CategoryValues!.Index().Single(c => c.Item == grade).Index;

            var items = rows.GroupBy(r => r.Item).Select(g => g.Select(r => r.Grade).ToArray()).ToArray();
            var compared = items.Where(g => g.Length > 1).ToArray();
            if (compared.Length == 0)
                return PercentAgreement.Weighted(patterns, weights).Value is null;
            var grades = rows.Select(r => r.Grade).Distinct().Order().ToArray();
            double q = grades.Length;
            var total = grades.Sum(a => grades.Sum(b => W(a, b)));
            var agreement = compared.Average(g => (g.Sum(a => g.Sum(b => W(a, b))) - g.Length) / (g.Length * (g.Length - 1.0)));
            double Share(int grade) => items.Average(g => g.Count(x => x == grade) / (double)g.Length);
            double? Corrected(double chance) => 1 - chance > 1e-12 ? (agreement - chance) / (1 - chance) : null;

            var byRater = rows.GroupBy(r => r.Rater)
                .Select(g => grades.ToDictionary(x => x, x => g.Count(r => r.Grade == x) / (double)g.Count()))
                .ToArray();
            var pairs = byRater.SelectMany((p, i) => byRater.Where((_, j) => j != i).Select(o => (p, o))).ToArray();

            return Same(agreement, PercentAgreement.Weighted(patterns, weights).Value)
                && Same(
                    q < 2 ? null : Corrected(total / (q * (q - 1)) * grades.Sum(x => Share(x) * (1 - Share(x)))),
                    GwetAgreement.Of(patterns, weights).Value
                )
                && Same(
                    Corrected(grades.Sum(a => grades.Sum(b => W(a, b) * Share(a) * Share(b)))),
                    FleissKappa.Of(patterns, weights).Value
                )
                && Same(Corrected(total / (q * q)), BrennanPrediger.Of(patterns, weights).Value)
                && Same(
                    Corrected(pairs.Average(p => grades.Sum(a => grades.Sum(b => W(a, b) * p.p[a] * p.o[b])))),
                    CongerKappa.Of(ratings, weights).Value
                );
        });

    [Fact]
    public void Alpha_over_weights_is_Krippendorffs_where_the_metric_is_the_same() =>
        ForAll(rows =>
        {
            var patterns = CountPatterns.Of(Ratings(rows));
            return new[]
            {
                (AgreementWeighting.Unweighted, MeasurementLevel.Nominal),
                (AgreementWeighting.Quadratic, MeasurementLevel.Interval),
                (AgreementWeighting.Ratio, MeasurementLevel.Ratio),
            }.All(pair =>
                Same(
                    KrippendorffAlpha.Of(patterns, pair.Item2).Value,
                    IrrcacAlpha.Of(patterns, AgreementWeights.Of(patterns, pair.Item1)).Value
                )
            );
        });

    [Theory]
    [MemberData(nameof(Weightings))]
    public void Of_two_raters_and_complete_ratings_Congers_kappa_is_Cohens_and_Fleiss_is_Scotts(AgreementWeighting weighting) =>
        ForAll(rows =>
        {
            var complete = rows.Where(r => r.Rater is "r0" or "r1")
                .GroupBy(r => r.Item)
                .Where(g => g.Count() == 2)
                .SelectMany(g => g);
            var ratings = Ratings([.. complete]);
            var (patterns, weights) = (CountPatterns.Of(ratings), AgreementWeights.Of(ratings, weighting));
            return Same(CongerKappa.Of(ratings, weights).Value, CohenKappa.Of(ratings, weights).Estimate.Value)
                && FleissKappa.Of(patterns, weights).Value == ScottPi.Of(ratings, weights).Value
                && (
                    weighting != AgreementWeighting.Unweighted
                    || Same(LightKappa.Of(ratings).Value, CohenKappa.Of(ratings, weights).Estimate.Value)
                );
        });

    [Fact]
    public void Names_and_order_do_not_matter_to_the_bit() =>
        ForAll(rows =>
        {
            var renamed = rows.Reverse().Select(r => ($"{(char)('z' - r.Item[0] + '0')}", $"q{9 - (r.Rater[1] - '0')}", r.Grade));
            return WithoutNames(Everything(rows, 10)).SequenceEqual(WithoutNames(Everything([.. renamed], 10)));
        });

    [Fact]
    public void Every_coefficient_has_a_finite_value_of_at_most_one_or_a_reason() =>
        ForAll(rows =>
            Everything(rows)
                .All(c =>
                    c.Estimate is { Value: { } value } estimate
                        ? value <= 1
                            && double.IsFinite(value)
                            && (estimate.StandardError is not { } error || (error >= 0 && double.IsFinite(error)))
                            && (estimate.Interval is not { } i || (double.IsFinite(i.Low) && i.Low <= i.High && i.High <= 1))
                        : c.Estimate.UndefinedBecause is not null
                )
        );

    [Fact]
    public void Perfect_agreement_on_two_categories_is_one_and_without_error_where_no_item_has_a_single_rating() =>
        ForAll(rows =>
        {
            var perfect = rows.Select(r => (r.Item, r.Rater, Grade: 1 + (r.Item[0] - '0') % 2 * 3)).ToArray();
            var items = perfect.GroupBy(r => r.Item).ToArray();
            var defined = Everything(perfect).Where(c => c.Estimate.Value is not null).ToArray();
            return items.Where(g => g.Count() > 1).Select(g => g.First().Grade).Distinct().Count() < 2
                || defined.Length >= 30
                    && defined.All(c => c.Estimate.Value == 1)
                    && (items.Any(g => g.Count() == 1) || defined.All(c => c.Estimate.StandardError is null or < 1e-7));
        });

    [Fact]
    public void Coefficients_asked_for_together_are_those_asked_for_alone() =>
        ForAll(rows =>
        {
            var patterns = CountPatterns.Of(Ratings(rows));
            var all = Everything(rows, 25).ToDictionary(c => (c.Name, c.Weights), c => c.Estimate);
            return Enum.GetValues<MeasurementLevel>()
                    .All(level =>
                        all[("krippendorff-alpha", level.ToString().ToLowerInvariant())]
                        == KrippendorffAlpha.WithBootstrap(patterns, level, 25, 1)
                    )
                && all[("percent-agreement", "unweighted")] == PercentAgreement.ExactWithBootstrap(patterns, 25, 1)
                && all[("percent-agreement", "within-1")] == PercentAgreement.WithinWithBootstrap(patterns, 1, 25, 1);
        });

    // Light's kappa names the pair of raters that leaves it undefined.
    private static IEnumerable<AgreementCoefficient> WithoutNames(IEnumerable<AgreementCoefficient> coefficients) =>
        coefficients.Select(c => c.Name == "light-kappa" ? c with { Estimate = c.Estimate with { UndefinedBecause = null } } : c);

    private static IReadOnlyList<AgreementCoefficient> Everything(
        (string Item, string Rater, int Grade)[] rows,
        int replicates = 0
    ) =>
        AgreementCoefficient.Of(
            Ratings(rows),
            Kappas,
            Enum.GetValues<MeasurementLevel>(),
            [AgreementDistance.OfUnits(1)],
            replicates,
            1
        );

    private static void ForAll(Func<(string Item, string Rater, int Grade)[], bool> holds) =>
        Prop.ForAll(
                Tables.ToArbitrary(),
                table =>
                    holds(
                        [
                            .. table
                                .SelectMany((row, item) => row.Select((grade, rater) => ($"{item}", $"r{rater}", grade)))
                                .Where(r => r.grade > 0),
                        ]
                    )
            )
            .QuickCheckThrowOnFailure();

    private static Ratings Ratings((string Item, string Rater, int Grade)[] rows)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, grade) in rows)
            builder.TryAdd(item, rater, grade);
        return builder.Build();
    }

    private static bool Same(double? a, double? b) => a is { } x ? b is { } y && Math.Abs(x - y) < 1e-9 : b is null;
}
