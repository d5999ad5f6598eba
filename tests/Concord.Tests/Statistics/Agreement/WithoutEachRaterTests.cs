using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics.Agreement;

public sealed class WithoutEachRaterTests
{
    [Theory]
    [InlineData(MeasurementLevel.Nominal)]
    [InlineData(MeasurementLevel.Ordinal)]
    [InlineData(MeasurementLevel.Interval)]
    [InlineData(MeasurementLevel.Ratio)]
    public void Taking_a_rater_out_equals_alpha_of_the_others(MeasurementLevel level)
    {
        var random = new Xoshiro256(7);
        var rows = new List<(string Item, string Rater, double Grade)>();
        for (var item = 0; item < 40; item++)
        for (var rater = 0; rater < 6; rater++)
            if (random.NextInt(3) > 0)
                rows.Add(($"i{item}", $"r{rater}", (item % 5) + random.NextInt(3)));

        var without = KrippendorffAlpha.WithoutEachRater(Table(rows), level);

        for (var rater = 0; rater < 6; rater++)
        {
            var expected = KrippendorffAlpha.Of(CountPatterns.Of(Table(rows.Where(r => r.Rater != $"r{rater}"))), level).Value;
            Assert.Equal(expected!.Value, without[rater]!.Value, 12);
        }
    }

    [Fact]
    public void With_two_raters_nothing_is_left_to_compare() =>
        Assert.All(
            KrippendorffAlpha.WithoutEachRater(Table([("a", "x", 1), ("a", "y", 2), ("b", "x", 1)]), MeasurementLevel.Ordinal),
            a => Assert.Null(a)
        );

    private static Ratings Table(IEnumerable<(string Item, string Rater, double Grade)> rows)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, grade) in rows)
            Assert.True(builder.TryAdd(item, rater, grade));
        return builder.Build();
    }
}
