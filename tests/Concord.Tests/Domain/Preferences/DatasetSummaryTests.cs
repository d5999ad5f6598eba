using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class DatasetSummaryTests
{
    [Fact]
    public void Lengths_and_their_bias_are_those_of_the_pairs()
    {
        var summary = new DatasetSummary();
        summary.Add(Pair(200, 100, 2));
        summary.Add(Pair(300, 100, 3));
        summary.Add(Pair(50, 100, 1));
        summary.Add(new(5000, null) { PromptChars = 10, Label = "good" });

        var bias = summary.LengthBias;
        Assert.Equal((4L, 3L, 1L), (summary.Rows, summary.Pairs, summary.OverMaxTokens));
        Assert.Equal((3L, 2.0), (bias.Pairs, bias.MedianRatio));
        Assert.Equal(2 / 3.0, bias.ChosenLonger!.Value, 12);
        // Of (100, 200, −50) and (2, 3, 1): 250 / √(31666.7 · 2).
        Assert.Equal(0.9934, bias.MarginCorrelation!.Value, 3);
        Assert.Equal([50.0, 250.0, 5000.0], summary.Chosen.Percentiles(0, 0.5, 1));
        Assert.Equal([100.0], summary.Rejected.Percentiles(0.9));
    }

    [Fact]
    public void What_cannot_be_computed_is_undefined()
    {
        var bias = new DatasetSummary().LengthBias;
        Assert.Equal((0L, null, null, null), (bias.Pairs, bias.ChosenLonger, bias.MedianRatio, bias.MarginCorrelation));

        var summary = new DatasetSummary();
        summary.Add(Pair(10, 0, 1));
        summary.Add(Pair(20, 0, 1));
        Assert.Null(summary.LengthBias.MedianRatio);
        Assert.Null(summary.LengthBias.MarginCorrelation);
        Assert.Equal([null], new Lengths().Percentiles(0.5));
    }

    [Fact]
    public void Values_on_an_edge_belong_to_the_interval_that_begins_there()
    {
        var histogram = new Histogram(0, 5, 10);
        foreach (var value in new[] { 0, 0.5, 0.75, 2.1 - 0.1, 4.9999, 5, -0.1, 5.1 })
            histogram.Add(value);

        Assert.Equal([1, 2, 0, 0, 1, 0, 0, 0, 0, 2], histogram.Counts);
        Assert.Equal((1L, 1L, 8L, 0.5), (histogram.Below, histogram.Above, histogram.Total, histogram.Edge(1)));
    }

    [Fact]
    public void An_undefined_agreement_is_not_a_low_one()
    {
        var summary = new DatasetSummary();
        summary.Add(Pair(1, 1, 1) with { Agreement = 0.61 });
        summary.Add(Pair(1, 1, 1) with { AgreementUndefined = true });

        Assert.Equal((1L, 1L), (summary.AgreementUndefined, summary.Agreements.Total));
    }

    [Fact]
    public void Names_beyond_many_are_counted_together()
    {
        var counts = new NameCounts();
        for (var i = 0; i < 100_010; i++)
            counts.Add($"name {i}");
        counts.Add("name 7");
        counts.Add(null);

        Assert.Equal((100_000, 10L), (counts.Names, counts.Others));
        Assert.Equal(new("name 7", 2), counts.Sorted[0]);
    }

    private static DatasetPair Pair(int chosen, int rejected, double margin) => new(chosen, rejected) { Margin = margin };
}
