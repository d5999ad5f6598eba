using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Summary;

public class ItemSummariesTests
{
    // Few and many ratings and categories, so that counts fit into 64 bits and do not.
    private static readonly Gen<int[][]> Tables =
        from items in Gen.Choose(1, 6)
        from raters in Gen.Elements(1, 3, 40)
        from categories in Gen.Elements(1, 2, 6, 20, 100)
        from table in Gen.Choose(-categories / 2, categories).ArrayOf(raters).ArrayOf(items)
        select table;

    [Fact]
    public void Each_item_has_the_summary_of_its_own_ratings() =>
        Prop.ForAll(
                Arb.From(Tables),
                table =>
                {
                    var ratings = Ratings(table);
                    var summaries = ItemSummaries.Of(ratings);
                    for (var item = 0; item < ratings.Items.Count; item++)
                    {
                        double[] given =
                        [
                            .. ratings
                                .CategoryOf[ratings.StartOfItem[item]..ratings.StartOfItem[item + 1]]
                                .ToArray()
                                .Select(c => ratings.CategoryValues![c])
                                .Order(),
                        ];
                        ItemSummary expected = new(
                            given.Length,
                            Median.Of(given),
                            Mean.Of(given),
                            Spread.StandardDeviation(given),
                            given[0],
                            given[^1]
                        );
                        if (summaries[item] != expected)
                            return false;
                    }
                    return summaries.SummaryOfItem.Length == ratings.Items.Count;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Patterns_are_those_of_a_count_by_hand() =>
        Prop.ForAll(
                Arb.From(Tables),
                table =>
                {
                    var patterns = CountPatterns.Of(Ratings(table));
                    var byHand = table
                        .Select(item => string.Join(' ', item.Where(g => g >= 0).Order()))
                        .Where(p => p.Contains(' ', StringComparison.Ordinal))
                        .ToArray();
                    return patterns.Units == byHand.Length && patterns.Count == byHand.Distinct().Count();
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(13, 16)] // four bits a category
    [InlineData(20, 8)]
    [InlineData(64, 2)]
    [InlineData(65, 2)]
    public void As_many_equal_ratings_as_a_category_has_bits_for_are_not_one_of_the_next(int categories, int raters)
    {
        var table = Enumerable.Range(0, categories).Select(c => new[] { c }).Append([.. Enumerable.Repeat(0, raters)]).ToArray();
        var ratings = Ratings(table);
        var summaries = ItemSummaries.Of(ratings);
        Assert.Equal(categories + 1, summaries.Distinct.Count);
        Assert.Equal(new ItemSummary(raters, 0, 0, 0, 0, 0), summaries[ratings.Items.ToList().IndexOf($"i{categories}")]);
    }

    [Fact]
    public void Items_that_were_rated_alike_share_a_summary() =>
        Assert.InRange(ItemSummaries.Of(new SyntheticRatings(20_000).Ratings()).Distinct.Count, 200, 252);

    [Fact]
    public void Categories_that_are_no_numbers_are_counted_and_not_summarised()
    {
        var builder = new RatingsBuilder();
        builder.TryAdd("x", "a", "good");
        builder.TryAdd("x", "b", "1");
        Assert.Equal(new ItemSummary(2, null, null, null, null, null), ItemSummaries.Of(builder.Build())[0]);
    }

    [Fact]
    public void No_items_have_no_summaries() => Assert.Empty(ItemSummaries.Of(new RatingsBuilder().Build()).Distinct);

    private static Ratings Ratings(int[][] table)
    {
        var builder = new RatingsBuilder();
        for (var item = 0; item < table.Length; item++)
        for (var rater = 0; rater < table[item].Length; rater++)
            if (table[item][rater] >= 0)
                builder.TryAdd($"i{item}", $"r{rater}", table[item][rater]);
        return builder.Build();
    }
}
