using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics.Agreement;

public class KrippendorffAlphaTests
{
    public static TheoryData<MeasurementLevel> Levels => [.. Enum.GetValues<MeasurementLevel>()];

    [Theory]
    [InlineData(MeasurementLevel.Nominal, 0.743)]
    [InlineData(MeasurementLevel.Ordinal, 0.815)]
    [InlineData(MeasurementLevel.Interval, 0.849)]
    [InlineData(MeasurementLevel.Ratio, 0.797)]
    public void The_published_example_of_four_observers_and_twelve_units_is_met(MeasurementLevel level, double published)
    {
        // Krippendorff (2011), sections C to E.
        var alpha = KrippendorffAlpha.Of(CountPatterns.Of(ReferenceCase.Read("krippendorff-4x12").Ratings()), level);
        Assert.Equal(published, alpha.Value!.Value, 0.0005);
        Assert.Null(alpha.UndefinedBecause);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Nothing_rated_is_undefined(MeasurementLevel level) => Undefined("No item has two", level);

    [Theory]
    [MemberData(nameof(Levels))]
    public void One_item_with_one_rating_is_undefined(MeasurementLevel level) =>
        Undefined("No item has two", level, ("a", "x", "1"));

    [Theory]
    [MemberData(nameof(Levels))]
    public void One_rater_alone_is_undefined(MeasurementLevel level) =>
        Undefined("No item has two", level, ("a", "x", "1"), ("b", "x", "2"), ("c", "x", "3"));

    [Theory]
    [MemberData(nameof(Levels))]
    public void Raters_without_an_item_in_common_are_undefined(MeasurementLevel level) =>
        Undefined("No item has two", level, ("a", "x", "1"), ("b", "y", "2"));

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_single_category_is_undefined_and_not_perfect(MeasurementLevel level) =>
        Undefined(
            "Every rating is the same category, so chance disagreement is zero.",
            level,
            ("a", "x", "3"),
            ("a", "y", "3"),
            ("b", "x", "3"),
            ("b", "y", "3"),
            ("c", "x", "1")
        );

    [Theory]
    [InlineData(MeasurementLevel.Ordinal)]
    [InlineData(MeasurementLevel.Interval)]
    [InlineData(MeasurementLevel.Ratio)]
    public void Words_are_undefined_above_the_nominal_level(MeasurementLevel level) =>
        Undefined("Some categories are not numbers", level, ("a", "x", "yes"), ("a", "y", "no"));

    [Fact]
    public void Negative_ratings_are_undefined_at_the_ratio_level() =>
        Undefined("Some ratings are negative", MeasurementLevel.Ratio, ("a", "x", "-1"), ("a", "y", "2"));

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_single_item_on_which_two_differ_is_chance(MeasurementLevel level)
    {
        var alpha = KrippendorffAlpha.WithBootstrap(Patterns(("a", "x", "0"), ("a", "y", "5")), level, 100, 1);
        Assert.Equal(0, alpha.Value!.Value, 1e-12);
        Assert.Null(alpha.Interval);
        Assert.Contains("nothing to resample", alpha.UndefinedBecause, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Extreme_numbers_give_a_number_or_a_reason(MeasurementLevel level)
    {
        foreach (
            var (low, high) in new[]
            {
                (0, double.Epsilon),
                (double.Epsilon, double.MaxValue),
                (0, double.MaxValue),
                (1, 1 + 1e-15),
                (1e300, 1.1e300),
            }
        )
        {
            var builder = new RatingsBuilder();
            builder.TryAdd("a", "x", low);
            builder.TryAdd("a", "y", low);
            builder.TryAdd("b", "x", high);
            builder.TryAdd("b", "y", high);
            var alpha = KrippendorffAlpha.Of(CountPatterns.Of(builder.Build()), level);
            Assert.True(alpha.Value is { } value ? Math.Abs(value - 1) < 1e-12 : alpha.UndefinedBecause is not null);
        }
    }

    [Fact]
    public void Extreme_imbalance_stays_a_number_with_an_interval_inside_the_range()
    {
        // 99,999 items on which both say 1, and one on which they differ: high agreement, alpha about zero.
        var builder = new RatingsBuilder();
        for (var item = 0; item < 100_000; item++)
        {
            builder.TryAdd($"{item}", "x", 1);
            builder.TryAdd($"{item}", "y", item == 0 ? 0 : 1);
        }
        var patterns = CountPatterns.Of(builder.Build());
        var alpha = KrippendorffAlpha.WithBootstrap(patterns, MeasurementLevel.Ordinal, 1000, 1);
        Assert.Equal(0, alpha.Value!.Value, 1e-9);
        Assert.InRange(alpha.Interval!.Value.Low, -1e-3, 0);
        Assert.Equal(1, PercentAgreement.Exact(patterns).Value!.Value, 1.1e-5);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_hundred_thousand_raters_with_one_rating_each_are_no_trouble(MeasurementLevel level)
    {
        var (apart, together) = (new RatingsBuilder(), new RatingsBuilder());
        for (var rater = 0; rater < 100_000; rater++)
        {
            apart.TryAdd($"i{rater}", $"r{rater}", rater % 6);
            together.TryAdd("i", $"r{rater}", rater % 6);
        }
        Assert.Null(KrippendorffAlpha.Of(CountPatterns.Of(apart.Build()), level).Value);
        Assert.Equal(0, KrippendorffAlpha.Of(CountPatterns.Of(together.Build()), level).Value!.Value, 1e-9);
    }

    [Fact]
    public void The_interval_is_a_function_of_the_seed()
    {
        var patterns = CountPatterns.Of(ReferenceCase.Read("facets-a").Ratings());
        var first = KrippendorffAlpha.WithBootstrap(patterns, MeasurementLevel.Ordinal, 500, 1);
        Assert.Equal(first, KrippendorffAlpha.WithBootstrap(patterns, MeasurementLevel.Ordinal, 500, 1));
        Assert.NotEqual(first, KrippendorffAlpha.WithBootstrap(patterns, MeasurementLevel.Ordinal, 500, 2));
        var narrower = KrippendorffAlpha.WithBootstrap(patterns, MeasurementLevel.Ordinal, 500, 1, 0.5);
        Assert.True(
            narrower.Interval!.Value.Low > first.Interval!.Value.Low && narrower.Interval.Value.High < first.Interval.Value.High
        );
    }

    [Fact]
    public void Resamples_that_are_mostly_undefined_give_no_interval()
    {
        // Every other resample of two items has one of them twice, so a single category, so no alpha: it depends on the seed whether most have one.
        var agreeing = Patterns(("a", "x", "1"), ("a", "y", "1"), ("b", "x", "2"), ("b", "y", "2"));
        var few = Enumerable
            .Range(1, 40)
            .Select(seed => KrippendorffAlpha.WithBootstrap(agreeing, MeasurementLevel.Nominal, 11, (ulong)seed))
            .ToArray();
        Assert.All(few, alpha => Assert.Equal(1, alpha.Value));
        var without = few.Where(alpha => alpha.Interval is null).ToArray();
        Assert.InRange(without.Length, 10, 30);
        Assert.All(without, alpha => Assert.Contains("half", alpha.UndefinedBecause, StringComparison.Ordinal));
        Assert.Contains(few, alpha => alpha.Interval == new ConfidenceInterval(1, 1) && alpha.UndefinedBecause is null);
    }

    [Theory]
    [InlineData(0, 0.95)]
    [InlineData(100, 0)]
    [InlineData(100, 1)]
    [InlineData(100, double.NaN)]
    public void Senseless_settings_are_refused(int replicates, double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            KrippendorffAlpha.WithBootstrap(Patterns(), MeasurementLevel.Nominal, replicates, 1, confidence)
        );

    private static void Undefined(string reason, MeasurementLevel level, params (string, string, string)[] rows)
    {
        foreach (
            var alpha in new[]
            {
                KrippendorffAlpha.Of(Patterns(rows), level),
                KrippendorffAlpha.WithBootstrap(Patterns(rows), level, 50, 1),
            }
        )
        {
            Assert.Null(alpha.Value);
            Assert.Null(alpha.Interval);
            Assert.StartsWith(reason, alpha.UndefinedBecause, StringComparison.Ordinal);
        }
    }

    private static CountPatterns Patterns(params (string Item, string Rater, string Category)[] rows)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, category) in rows)
            builder.TryAdd(item, rater, category);
        return CountPatterns.Of(builder.Build());
    }
}
