using Concord.Core.Statistics;

namespace Concord.Tests.Statistics;

public class RatingsSampleTests
{
    [Fact]
    public void Whole_items_are_kept_evenly()
    {
        var builder = new RatingsBuilder();
        for (var item = 0; item < 100; item++)
        for (var rater = 0; rater < 4; rater++)
            builder.TryAdd($"i{item:D3}", $"r{rater}", (double)(item % 5));
        var all = builder.Build();

        var sample = RatingsSample.OfAbout(all, 100);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"i{4 * i:D3}"), sample.Items);
        Assert.Equal((100, 4), (sample.Count, sample.Raters.Count));
        Assert.Same(all, RatingsSample.OfAbout(all, 400));
    }

    [Fact]
    public void Words_are_kept_as_words()
    {
        var builder = new RatingsBuilder();
        for (var item = 0; item < 10; item++)
            builder.TryAdd($"i{item}", "r", item < 5 ? "good" : "bad");

        Assert.Equal(["bad", "good"], RatingsSample.OfAbout(builder.Build(), 5).Categories);
    }
}
