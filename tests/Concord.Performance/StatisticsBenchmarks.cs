using BenchmarkDotNet.Attributes;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.RaterModels;
using Concord.Core.Statistics.Summary;
using Concord.Tests.Statistics;

namespace Concord.Performance;

/// <summary>The statistics alone, on tables that are in memory: five ratings an item, 200 raters, six grades.</summary>
[InProcess]
[MemoryDiagnoser]
public class StatisticsBenchmarks
{
    private static readonly RaterModelOptions Ten = new() { Iterations = 10, Tolerance = 0 };

    private Ratings ratings = null!;
    private CountPatterns patterns = null!;

    [Params(100_000, 2_000_000)]
    public int Items { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        ratings = new SyntheticRatings(Items).Ratings();
        patterns = CountPatterns.Of(ratings);
    }

    [Benchmark]
    public CountPatterns Patterns() => CountPatterns.Of(ratings);

    [Benchmark]
    public ItemSummaries Summaries() => ItemSummaries.Of(ratings);

    [Benchmark]
    public Estimate OrdinalAlpha() => KrippendorffAlpha.Of(patterns, MeasurementLevel.Ordinal);

    [Benchmark]
    public Estimate OrdinalAlphaWith1000Replicates() =>
        KrippendorffAlpha.WithBootstrap(patterns, MeasurementLevel.Ordinal, replicates: 1000, seed: 1);

    [Benchmark]
    public IReadOnlyList<double?> OrdinalAlphaWithoutEachRater() =>
        KrippendorffAlpha.WithoutEachRater(ratings, MeasurementLevel.Ordinal);

    [Benchmark]
    public RaterModelFit DawidSkeneTenIterations() => RaterModelFit.Of(ratings, RaterModel.Ds, Ten);

    [Benchmark]
    public RaterModelFit OneCoinTenIterations() => RaterModelFit.Of(ratings, RaterModel.OneCoin, Ten);
}
