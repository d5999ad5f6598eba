using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.RaterModels;

public class RatingScaleModelTests
{
    [Fact]
    public void The_likelihood_is_that_of_eRm() =>
        Assert.Equal(-658.772635437087, RatingScaleModel.Of(ReferenceCase.Read("facets-a").Ratings()).LogLikelihood!.Value, 1e-4);

    [Fact]
    public void No_parameters_nearby_are_likelier_by_enumeration_of_all_ways_to_the_totals() =>
        Prop.ForAll(
                Tables.AnySparse.ToArbitrary(),
                table =>
                {
                    var grades = table.Select(row => row.Select(g => Math.Min(g, 2)).ToArray()).ToArray();
                    var ratings = Tables.Of(grades);
                    var model = RatingScaleModel.Of(ratings);
                    if (
                        model.UndefinedBecause is not null
                        || model.Categories.Count < ratings.Categories.Count
                        || model.Raters.Any(r => r.Severity is null)
                    )
                        return true;
                    var severities = model.Raters.Select(r => r.Severity!.Value).ToArray();
                    var best = Enumerated(ratings, severities, model.Thresholds);
                    return Math.Abs(best - model.LogLikelihood!.Value) < 1e-6
                        && Enumerable
                            .Range(0, severities.Length)
                            .All(r =>
                                new[] { -0.01, 0.01 }.All(by =>
                                    Enumerated(ratings, [.. severities.Select((s, i) => i == r ? s + by : s)], model.Thresholds)
                                    <= best + 1e-9
                                )
                            )
                        && Enumerable
                            .Range(0, model.Thresholds.Count)
                            .All(t =>
                                new[] { -0.01, 0.01 }.All(by =>
                                    Enumerated(ratings, severities, [.. model.Thresholds.Select((v, i) => i == t ? v + by : v)])
                                    <= best + 1e-9
                                )
                            );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Sparse_ratings_from_the_model_give_back_its_severities_and_a_conditional_fit_of_one()
    {
        double[] severities = [-1, -0.6, -0.2, 0, 0.1, 0.3, 0.5, 0.9];
        var model = RatingScaleModel.Of(Simulated(severities, 4000, perItem: 3, randomRater: -1));
        Assert.True(model.Converged);
        Assert.All(model.Raters.Zip(severities), p => Assert.Equal(p.Second, p.First.Severity!.Value, 0.12));
        Assert.All(model.Thresholds.Zip([-1.8, -0.9, 0, 0.9, 1.8]), p => Assert.Equal(p.Second, p.First, 0.12));
        Assert.All(model.Raters, r => Assert.InRange(r.ConditionalInfit!.Value, 0.92, 1.08));
        Assert.All(model.Raters, r => Assert.InRange(r.ConditionalOutfit!.Value, 0.9, 1.1));
        // With three ratings an item its quality follows them, and the usual mean squares lie near 1 − 1/3.
        Assert.All(model.Raters, r => Assert.InRange(r.Infit!.Value, 0.6, 0.8));
    }

    [Fact]
    public void Many_raters_with_little_noise_have_a_fit()
    {
        var random = new Xoshiro256(5);
        double[][] table =
        [
            .. Enumerable
                .Range(0, 400)
                .Select(_ => 5 * random.NextDouble())
                .Select(quality =>
                    Enumerable
                        .Range(0, 60)
                        .Select(_ => Math.Clamp(Math.Round(quality + 2 * random.NextDouble() - 1), 0, 5))
                        .ToArray()
                ),
        ];
        var model = RatingScaleModel.Of(Tables.Of(table));
        Assert.Null(model.UndefinedBecause);
        Assert.All(model.Raters, r => Assert.InRange(r.Infit!.Value, 0.7, 1.3));
        Assert.All(model.Raters, r => Assert.Equal(r.ConditionalInfit!.Value, r.Infit!.Value * 60 / 59, 0.05));
    }

    [Fact]
    public void A_rater_who_throws_dice_stands_out()
    {
        var fits = RaterFit.Of(Simulated([0, 0, 0, 0, 0, 0, 0, 0], 400, perItem: 4, randomRater: 5));
        Assert.Equal(fits[5], fits.MaxBy(r => r.Infit));
        Assert.Equal(fits[5], fits.MaxBy(r => r.ConditionalOutfit));
        Assert.True(fits[5].ConditionalInfit > 1.4);
        Assert.All(fits.Where((_, r) => r != 5), r => Assert.InRange(r.ConditionalInfit!.Value, 0.6, 1.2));
    }

    [Fact]
    public void A_rater_who_always_gives_the_lowest_grade_has_a_reason_and_the_others_a_fit()
    {
        var ratings = Simulated([0, 0, 0, 0], 100, perItem: 4, randomRater: -1);
        var builder = new RatingsBuilder();
        for (var row = 0; row < ratings.Count; row++)
            builder.TryAdd(
                ratings.Items[ratings.ItemOf[row]],
                ratings.Raters[ratings.RaterOf[row]],
                ratings.CategoryValues![ratings.CategoryOf[row]]
            );
        foreach (var item in ratings.Items)
            builder.TryAdd(item, "zero", 0.0);
        var with = RaterFit.Of(builder.Build());
        Assert.Contains("lowest", with[4].UndefinedBecause, StringComparison.Ordinal);
        Assert.All(with.Take(4), r => Assert.NotNull(r.Infit));
    }

    [Fact]
    public void Raters_of_two_groups_have_a_fit_and_no_severity()
    {
        var ratings = Simulated([0, 0, 0], 60, perItem: 3, randomRater: -1);
        var builder = new RatingsBuilder();
        for (var row = 0; row < ratings.Count; row++)
        {
            var group = ratings.ItemOf[row] % 2;
            builder.TryAdd(
                $"{ratings.ItemOf[row]}",
                $"{group}-{ratings.RaterOf[row]}",
                ratings.CategoryValues![ratings.CategoryOf[row]]
            );
        }
        var fits = RaterFit.Of(builder.Build());
        Assert.Equal(6, fits.Count);
        Assert.All(fits, r => Assert.NotNull(r.Infit));
        Assert.All(fits, r => Assert.Null(r.Severity));
    }

    [Fact]
    public void What_cannot_be_told_has_a_reason()
    {
        Assert.Contains("no ratings", Reason([]), StringComparison.Ordinal);
        Assert.Contains(
            "several ratings",
            Reason(
                [
                    [1],
                    [2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "several ratings",
            Reason(
                [
                    [1, 1],
                    [1, 1],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "rating scale",
            Reason(
                [
                    [.. Enumerable.Range(0, 30).Select(i => (double)i)],
                ]
            ),
            StringComparison.Ordinal
        );
        // The first is always above the second, so the difference of their severities has no end.
        Assert.NotNull(
            Reason(
                [
                    [1, 0],
                    [1, 0],
                ]
            )
        );
        Assert.NotNull(
            Reason(
                [
                    [2, 1],
                    [1, 0],
                ]
            )
        );
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100_000)]
    public void A_hundred_thousand_raters_with_one_rating_each_have_a_reason_each(int items)
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < 100_000; rater++)
            builder.TryAdd($"i{rater % items}", $"r{rater}", rater / 10 % 6.0);
        Assert.All(RaterFit.Of(builder.Build()), fit => Assert.NotNull(fit.UndefinedBecause));
    }

    [Fact]
    public void Every_fit_is_finite_or_has_a_reason_whatever_the_names() =>
        Prop.ForAll(
                Tables.AnySparse.ToArbitrary(),
                table =>
                {
                    var fits = RaterFit.Of(Tables.Of(table));
                    var reversed = RaterFit.Of(Tables.Reversed(table)).Reverse().ToArray();
                    static bool Near(double? a, double? b) =>
                        a is { } x ? b is { } y && Math.Abs(x - y) < 1e-4 * Math.Max(1, x) : b is null;
                    return fits.All(f =>
                            f.UndefinedBecause is null
                                ? f is { Infit: >= 0, Outfit: >= 0, ConditionalInfit: >= 0, ConditionalOutfit: >= 0 }
                                : f.Infit is null
                        )
                        && fits.Zip(reversed)
                            .All(p =>
                                Near(p.First.Infit, p.Second.Infit) && Near(p.First.ConditionalOutfit, p.Second.ConditionalOutfit)
                            );
                }
            )
            .QuickCheckThrowOnFailure();

    private static string? Reason(double[][] table) => RatingScaleModel.Of(Tables.Of(table)).UndefinedBecause;

    private static Ratings Simulated(double[] severities, int items, int perItem, int randomRater)
    {
        var random = new Xoshiro256(11);
        var builder = new RatingsBuilder();
        for (var item = 0; item < items; item++)
        {
            var quality = 6 * random.NextDouble() - 3;
            for (var slot = 0; slot < perItem; slot++)
            {
                var rater = (item + slot * (1 + item / severities.Length % 2)) % severities.Length;
                var weights = new double[6];
                for (var x = 0; x < 6; x++)
                    weights[x] = Math.Exp(x * (quality - severities[rater]) - Enumerable.Range(0, x).Sum(h => 0.9 * (h - 2)));
                var u = random.NextDouble() * weights.Sum();
                var grade = 0;
                for (; grade < 5 && u > weights[grade]; grade++)
                    u -= weights[grade];
                builder.TryAdd($"{item:D5}", $"{rater}", (double)(rater == randomRater ? (int)(6 * random.NextDouble()) : grade));
            }
        }
        return builder.Build();
    }

    private static double Enumerated(Ratings ratings, double[] severities, IReadOnlyList<double> thresholds)
    {
        double likelihood = 0;
        var curve = Enumerable.Range(0, thresholds.Count + 1).Select(x => thresholds.Take(x).Sum()).ToArray();
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            var rows = Enumerable
                .Range(ratings.StartOfItem[item], ratings.StartOfItem[item + 1] - ratings.StartOfItem[item])
                .ToArray();
            double Weight(IEnumerable<int> scores) =>
                Math.Exp(-scores.Zip(rows, (x, row) => x * severities[ratings.RaterOf[row]] + curve[x]).Sum());
            int[] given = [.. rows.Select(row => ratings.CategoryOf[row])];
            IEnumerable<int[]> ways =
            [
                [],
            ];
            foreach (var _ in rows)
                ways = ways.SelectMany(way => Enumerable.Range(0, curve.Length).Select(x => (int[])[.. way, x])).ToArray();
            likelihood += Math.Log(Weight(given) / ways.Where(way => way.Sum() == given.Sum()).Sum(Weight));
        }
        return likelihood;
    }
}
