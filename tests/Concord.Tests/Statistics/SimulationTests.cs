using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Summary;
using MathNet.Numerics.Distributions;

namespace Concord.Tests.Statistics;

/// <summary>What is promised of p-values and intervals, on many simulated data sets with fixed seeds.</summary>
public sealed class SimulationTests
{
    private const double Kolmogorov99 = 1.63; // over √n: exceeded by a uniform sample with probability .01

    [Theory]
    [InlineData(11, 2000)]
    [InlineData(25, 1000)]
    public void Sign_flip_p_values_are_uniform_where_nothing_differs(int pairs, int simulations)
    {
        var random = new Xoshiro256(17);
        var p = Enumerable
            .Range(0, simulations)
            .Select(s => SignFlipTest.TwoSidedP(Normals(random, pairs), (ulong)s, 199)!.Value)
            .ToArray();

        // p is a multiple of one part of this many.
        var steps = pairs <= SignFlipTest.ExactUpTo ? 1 << (pairs - 1) : 200;
        AssertUniform(p, 1.0 / steps);
    }

    [Fact]
    public void Wilcoxon_p_values_are_never_too_small_where_nothing_differs()
    {
        var random = new Xoshiro256(18);
        var p = Enumerable.Range(0, 2000).Select(_ => WilcoxonSignedRank.Test(Normals(random, 12)).P!.Value).Order().ToArray();

        foreach (var level in new[] { 0.01, 0.05, 0.1, 0.5 })
            Assert.InRange(p.Count(x => x <= level) / 2000.0, 0, level + 3 * Math.Sqrt(level * (1 - level) / 2000));
    }

    [Fact]
    public void Holm_keeps_the_chance_of_any_error_below_five_in_a_hundred()
    {
        var random = new Xoshiro256(19);
        var errors = Enumerable
            .Range(0, 1000)
            .Count(_ =>
                Holm.Adjust([.. Enumerable.Range(0, 10).Select(_ => PairedT.TwoSidedP(Normals(random, 12))!.Value)]).Min() < 0.05
            );

        Assert.InRange(errors / 1000.0, 0.02, 0.07);
    }

    [Fact]
    public void The_t_interval_of_a_mean_covers_it_95_times_of_100()
    {
        var random = new Xoshiro256(20);
        var covered = Enumerable.Range(0, 4000).Count(_ => Mean.StudentInterval(Normals(random, 8)) is { Low: <= 0, High: >= 0 });

        Assert.InRange(covered / 4000.0, 0.94, 0.96);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_bootstrap_interval_of_a_mean_difference_covers_it_90_to_98_times_of_100(bool bca)
    {
        var random = new Xoshiro256(21);
        var covered = Enumerable
            .Range(0, 1000)
            .Count(s =>
            {
                var (percentile, corrected) = MeanBootstrap.Of(Normals(random, 50), 400, (ulong)s);
                return (bca ? corrected : percentile).Interval is { Low: <= 0, High: >= 0 };
            });

        Assert.InRange(covered / 1000.0, 0.90, 0.98);
    }

    [Fact]
    public void The_bootstrap_interval_of_alpha_covers_it_90_to_98_times_of_100()
    {
        var random = new Xoshiro256(22);
        var truth = KrippendorffAlpha.Of(Graded(random, 100_000), MeasurementLevel.Ordinal).Value!.Value;
        var covered = Enumerable
            .Range(0, 300)
            .Count(s =>
                KrippendorffAlpha.WithBootstrap(Graded(random, 80), MeasurementLevel.Ordinal, 300, (ulong)s).Interval is { } i
                && i.Low <= truth
                && truth <= i.High
            );

        Assert.InRange(covered / 300.0, 0.90, 0.98);
    }

    private static void AssertUniform(double[] p, double step)
    {
        Array.Sort(p);
        var furthest = p.Select((x, i) => Math.Max(Math.Abs(x - ((double)i / p.Length)), Math.Abs(x - ((i + 1.0) / p.Length))))
            .Max();
        Assert.InRange(furthest, 0, (Kolmogorov99 / Math.Sqrt(p.Length)) + step);
    }

    private static double[] Normals(Xoshiro256 random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Normal.InvCDF(0, 1, (random.NextUInt64() >> 11 | 1) * Math.Pow(2, -53)))];

    // A true grade from 0 to 5, and four graders who are off by a rounded normal error.
    private static CountPatterns Graded(Xoshiro256 random, int items)
    {
        var builder = new RatingsBuilder();
        for (var item = 0; item < items; item++)
        {
            var truth = random.NextInt(6);
            foreach (var (rater, error) in Normals(random, 4).Index())
                builder.TryAdd($"{item}", $"{rater}", Math.Clamp(Math.Round(truth + (0.9 * error)), 0, 5));
        }
        return CountPatterns.Of(builder.Build());
    }
}
