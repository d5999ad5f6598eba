using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics.Agreement;

public class PercentAgreementTests
{
    [Fact]
    public void Every_item_weighs_the_same_however_many_rated_it() =>
        Assert.Equal(0.5, PercentAgreement.Exact(Patterns([1, 1], [0, 2, 4, 6, 8])).Value);

    [Fact]
    public void A_distance_of_a_tenth_holds_between_tenths() =>
        Assert.Equal(1, PercentAgreement.Within(Patterns([0.3, 0.4], [0.7, 0.8], [0.1, 0.2]), 0.1).Value);

    [Fact]
    public void Nothing_to_pair_is_undefined()
    {
        Estimate[] undefined =
        [
            PercentAgreement.Exact(Patterns()),
            PercentAgreement.Exact(Patterns([1], [2])),
            PercentAgreement.Within(Patterns([1], [2]), 1),
            PercentAgreement.ExactWithBootstrap(Patterns([1], [2]), 10, 1),
            PercentAgreement.WithinWithBootstrap(Patterns([1], [2]), 1, 10, 1),
        ];
        Assert.All(undefined, e => Assert.StartsWith("No item has two", e.UndefinedBecause, StringComparison.Ordinal));
        Assert.All(undefined, e => Assert.Null(e.Value));
    }

    [Fact]
    public void Words_have_no_distance_but_agree_exactly()
    {
        var builder = new RatingsBuilder();
        builder.TryAdd("a", "x", "good");
        builder.TryAdd("a", "y", "good");
        var patterns = CountPatterns.Of(builder.Build());
        Assert.Equal(1, PercentAgreement.Exact(patterns).Value);
        Assert.Null(PercentAgreement.Within(patterns, 1).Value);
        Assert.Null(PercentAgreement.WithinWithBootstrap(patterns, 1, 10, 1).Value);
    }

    [Fact]
    public void The_bootstrap_interval_is_near_the_normal_one_for_many_items()
    {
        // 300 of 1,000 pairs agree: standard error √(.3 · .7 / 1000) = .01449.
        var patterns = Patterns([.. Enumerable.Range(0, 1000).Select(i => new double[] { 1, i < 300 ? 1 : 3 })]);
        foreach (
            var estimate in new[]
            {
                PercentAgreement.ExactWithBootstrap(patterns, 4000, 5),
                PercentAgreement.WithinWithBootstrap(patterns, 1, 4000, 5),
            }
        )
        {
            Assert.Equal(0.3, estimate.Value!.Value, 1e-12);
            Assert.Equal(0.3 - 1.96 * 0.01449, estimate.Interval!.Value.Low, 0.002);
            Assert.Equal(0.3 + 1.96 * 0.01449, estimate.Interval.Value.High, 0.002);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_negative_distance_is_refused(double distance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PercentAgreement.Within(Patterns(), distance));

    private static CountPatterns Patterns(params double[][] items)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, grades) in items.Index())
        foreach (var (rater, grade) in grades.Index())
            builder.TryAdd($"{item}", $"{rater}", grade);
        return CountPatterns.Of(builder.Build());
    }
}
