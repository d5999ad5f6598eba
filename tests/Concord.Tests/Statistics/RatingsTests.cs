using Concord.Core.Statistics;

namespace Concord.Tests.Statistics;

public class RatingsTests
{
    [Fact]
    public void The_order_of_adding_leaves_no_trace()
    {
        (string Item, string Rater, string Category)[] rows =
        [
            ("b", "y", "10"),
            ("a", "z", "2"),
            ("B", "x", "1.0"),
            ("a", "x", "1"),
            ("b", "x", "-0"),
            ("a", "y", "1e1"),
        ];
        var expected = Describe(rows);
        Assert.Equal("B/x=1 a/x=1 a/y=10 a/z=2 b/x=0 b/y=10", expected);
        Assert.Equal(expected, Describe([.. rows.Reverse()]));
        Assert.Equal(expected, Describe([.. rows.OrderBy(r => r.Category, StringComparer.Ordinal)]));
    }

    [Fact]
    public void A_second_rating_by_the_same_rater_is_refused_and_changes_nothing()
    {
        var builder = new RatingsBuilder();
        Assert.True(builder.TryAdd("i", "r", "1"));
        Assert.False(builder.TryAdd("i", "r", "7"));
        Assert.False(builder.TryAdd("i", "r", 8));
        var ratings = builder.Build();
        Assert.Equal(1, ratings.Count);
        Assert.Equal(["1"], ratings.Categories);
    }

    [Fact]
    public void Repeated_ratings_are_refused_on_an_item_with_very_many_raters()
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < 100; rater++)
            Assert.True(builder.TryAdd("i", $"r{rater}", 1));
        for (var rater = 0; rater < 100; rater++)
            Assert.False(builder.TryAdd("i", $"r{rater}", 1));
        Assert.Equal(100, builder.Build().Count);
    }

    [Fact]
    public void Categories_are_in_numeric_order_when_all_are_numbers()
    {
        var ratings = Build(("a", "x", "10"), ("b", "x", "9"), ("c", "x", "9.50"), ("d", "x", "-1"));
        Assert.Equal(["-1", "9", "9.5", "10"], ratings.Categories);
        Assert.Equal([-1, 9, 9.5, 10], ratings.CategoryValues!);
    }

    [Theory]
    [InlineData("n/a")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("1,5")]
    [InlineData("")]
    public void Categories_are_in_ordinal_order_when_one_is_not_a_number(string word)
    {
        var ratings = Build(("a", "x", "10"), ("b", "x", "9"), ("c", "x", word), ("d", "x", "9.0"));
        Assert.Null(ratings.CategoryValues);
        Assert.Equal(new[] { "10", "9", word, "9.0" }.Order(StringComparer.Ordinal), ratings.Categories);
    }

    [Fact]
    public void Numbers_and_their_texts_are_the_same_categories()
    {
        var builder = new RatingsBuilder();
        builder.TryAdd("a", "x", 0.1);
        builder.TryAdd("a", "y", "0.10");
        Assert.Equal(["0.1"], builder.Build().Categories);
        builder.TryAdd("a", "z", "none");
        builder.TryAdd("b", "z", "0.1");
        Assert.Equal(["0.1", "0.10", "none"], builder.Build().Categories);
    }

    [Fact]
    public void Minus_zero_is_zero()
    {
        var builder = new RatingsBuilder();
        builder.TryAdd("a", "x", -0.0);
        builder.TryAdd("a", "y", 0.0);
        Assert.Equal(["0"], builder.Build().Categories);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rating_that_is_no_finite_number_is_refused_loudly(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingsBuilder().TryAdd("a", "x", value));

    [Fact]
    public void An_empty_table_is_a_table()
    {
        var ratings = new RatingsBuilder().Build();
        Assert.Equal(0, ratings.Count);
        Assert.Empty(ratings.Items);
        Assert.Equal([0], ratings.StartOfItem.ToArray());
    }

    [Fact]
    public void Patterns_count_items_and_ratings_that_can_be_paired()
    {
        var patterns = CountPatterns.Of(
            Build(
                ("a", "x", "1"),
                ("a", "y", "2"),
                ("b", "x", "2"),
                ("b", "y", "1"),
                ("c", "x", "3"),
                ("d", "x", "1"),
                ("d", "z", "1")
            )
        );
        Assert.Equal(3, patterns.Units);
        Assert.Equal(6, patterns.PairableRatings);
        Assert.Equal(2, patterns.Count);
        Assert.Equal([1, 2, 3], patterns.Values!);
    }

    [Fact]
    public void Five_ratings_over_six_categories_are_at_most_252_patterns() =>
        Assert.InRange(CountPatterns.Of(new SyntheticRatings(20_000).Ratings()).Count, 200, 252);

    private static Ratings Build(params (string Item, string Rater, string Category)[] rows)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, category) in rows)
            Assert.True(builder.TryAdd(item, rater, category));
        return builder.Build();
    }

    private static string Describe((string, string, string)[] rows)
    {
        var ratings = Build(rows);
        return string.Join(
            ' ',
            Enumerable
                .Range(0, ratings.Count)
                .Select(row =>
                    $"{ratings.Items[ratings.ItemOf[row]]}/{ratings.Raters[ratings.RaterOf[row]]}={ratings.Categories[ratings.CategoryOf[row]]}"
                )
        );
    }
}
