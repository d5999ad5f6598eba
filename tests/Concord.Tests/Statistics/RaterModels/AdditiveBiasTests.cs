using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics.RaterModels;

public class AdditiveBiasTests
{
    [Fact]
    public void A_lenient_rater_is_found_where_items_are_shared_unevenly()
    {
        // The third rater adds 2; even items have the first two raters, odd ones the last two.
        var random = new Xoshiro256(7);
        var builder = new RatingsBuilder();
        var truth = new double[300];
        for (var item = 0; item < truth.Length; item++)
        {
            truth[item] = 4 * random.NextDouble();
            foreach (var rater in item % 2 == 0 ? new[] { 0, 1 } : [1, 2])
                builder.TryAdd($"{item:D3}", $"{rater}", truth[item] + (rater == 2 ? 2 : 0) + random.NextDouble() - 0.5);
        }
        var fit = AdditiveBias.Of(builder.Build());
        Assert.True(fit.Converged);
        Assert.Equal(2, fit.RaterBias[2] - fit.RaterBias[1], 0.15);
        Assert.Equal(0, fit.RaterBias[1] - fit.RaterBias[0], 0.15);
        // A bias common to all raters cannot be told from the mean, so grades are compared up to a shift.
        var shift = Enumerable.Range(0, truth.Length).Average(item => fit.ItemGrade(item).Value!.Value - truth[item]);
        Assert.All(
            Enumerable.Range(0, truth.Length),
            item => Assert.InRange(fit.ItemGrade(item).Value!.Value - shift - truth[item], -0.8, 0.8)
        );
    }

    [Fact]
    public void The_bias_of_a_rater_who_graded_little_is_shrunken()
    {
        double[][] table =
        [
            .. Enumerable
                .Range(0, 40)
                .Select(i => new[] { i % 5, (i + i / 5 % 2) % 6, Math.Min(5, i % 5 + 1 + i / 3 % 2), i == 0 ? 3 : double.NaN }),
        ];
        var fit = AdditiveBias.Of(Tables.Of(table));
        var plain = FixedBias.Of(Tables.Of(table));
        Assert.InRange(fit.RaterBias[3], 0.01, 0.5 * plain.RaterBias[3]);
        Assert.True(fit.RaterStandardErrors[3] > 1.3 * fit.RaterStandardErrors[0]);
    }

    [Fact]
    public void Without_components_there_are_no_effects_and_the_reason_is_theirs()
    {
        var fit = AdditiveBias.Of(
            Tables.Of(
                [
                    [1, 1],
                    [1, 1],
                ]
            )
        );
        Assert.Null(fit.Mean);
        Assert.Empty(fit.RaterBias);
        Assert.Contains("is equal", fit.UndefinedBecause, StringComparison.Ordinal);
        Assert.Equal(fit.UndefinedBecause, fit.ItemGrade(0).UndefinedBecause);
    }

    [Fact]
    public void Intervals_of_items_hold_the_true_grade_as_often_as_they_say()
    {
        var random = new Xoshiro256(3);
        double Noise() => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
        var (held, all) = (0, 0);
        for (var study = 0; study < 20; study++)
        {
            var bias = Enumerable.Range(0, 30).Select(_ => 0.5 * Noise()).ToArray();
            var truth = Enumerable.Range(0, 100).Select(_ => Noise()).ToArray();
            double[][] table =
            [
                .. truth.Select(t => bias.Select(b => random.NextDouble() < 0.15 ? t + b + 0.7 * Noise() : double.NaN).ToArray()),
            ];
            table =
            [
                .. table.Index().Select(row => row.Item.All(double.IsNaN) ? [truth[row.Index], .. row.Item[1..]] : row.Item),
            ];
            var fit = AdditiveBias.Of(Tables.Of(table));
            for (var item = 0; item < truth.Length; item++, all++)
            {
                var interval = fit.ItemGrade(item).Interval!.Value;
                held += interval.Low <= truth[item] && truth[item] <= interval.High ? 1 : 0;
            }
        }
        Assert.InRange((double)held / all, 0.92, 0.97);
    }
}
