using System.Text.Json;
using Concord.Core.Statistics.Comparison;

namespace Concord.Tests.Statistics.Comparison;

/// <summary>What the tools say of the paired reference case beside their statistic: p-values, degrees of freedom, intervals.</summary>
public sealed class PairedReferenceTests
{
    private static readonly ReferenceCase Reference = ReferenceCase.Read("paired-depression");
    private static readonly double[] A = Reference.Column(0);
    private static readonly double[] B = Reference.Column(1);
    private static readonly double[] Differences = [.. A.Zip(B, (a, b) => a - b)];

    [Theory]
    [InlineData("wilcoxon.two.sided", Alternative.TwoSided, RankTestMethod.ExactWherePossible, "exact")]
    [InlineData("wilcoxon.greater", Alternative.Greater, RankTestMethod.ExactWherePossible, "exact")]
    [InlineData("wilcoxon.less", Alternative.Less, RankTestMethod.ExactWherePossible, "exact")]
    [InlineData("wilcoxon.normal_cc", Alternative.TwoSided, RankTestMethod.NormalWithContinuity, "normal-continuity")]
    [InlineData("wilcoxon.normal_nocc", Alternative.TwoSided, RankTestMethod.Normal, "normal")]
    public void Signed_ranks_have_the_p_of_every_tool(string id, Alternative alternative, RankTestMethod method, string name)
    {
        var test = WilcoxonSignedRank.Test(Differences, alternative, method);

        Assert.Equal((40, 5, 9, 0, false, name), (test.V, test.SmallerSum, test.Ranked, test.Zeros, test.Tied, test.Method));
        Assert.All(Sources(id), s => Assert.Equal(s.GetProperty("p").GetDouble(), test.P!.Value, 1e-9));
    }

    [Fact]
    public void Student_has_the_p_the_degrees_and_the_interval_of_every_tool() =>
        Assert.All(Sources("paired_t"), s => Same(s, PairedT.Test(Differences)));

    [Fact]
    public void Welch_has_the_p_and_the_degrees_of_every_tool() =>
        Assert.All(Sources("welch_t"), s => Same(s, WelchT.Test(A, B)));

    [Fact]
    public void Mann_and_Whitney_have_the_p_of_every_tool_with_ties()
    {
        Assert.Equal("normal-continuity", MannWhitneyU.Test(A, B).Method);
        Assert.All(Sources("mann_whitney_U"), s => Same(s, MannWhitneyU.Test(A, B)));
    }

    [Fact]
    public void The_percentile_interval_lies_near_the_BCa_one_and_both_around_the_mean()
    {
        var (percentile, bca) = MeanBootstrap.Of(Differences, 20_000, 1);

        Assert.Equal(Differences.Average(), percentile.Value!.Value, 1e-12);
        Assert.Equal(bca.Interval!.Value.Low, percentile.Interval!.Value.Low, 0.05);
        Assert.Equal(bca.Interval!.Value.High, percentile.Interval!.Value.High, 0.05);
        Assert.NotEqual(bca.Interval, percentile.Interval);
    }

    private static JsonElement[] Sources(string id) => Reference.Expectations.Single(e => e.Id == id).Sources;

    private static void Same(JsonElement source, SignificanceTest ours)
    {
        Assert.Equal(source.GetProperty("value").GetDouble(), ours.Statistic!.Value, 1e-9);
        Assert.Equal(source.GetProperty("p").GetDouble(), ours.P!.Value, 1e-9);
        if (source.TryGetProperty("df", out var degrees))
            Assert.Equal(degrees.GetDouble(), ours.DegreesOfFreedom!.Value, 1e-9);
        if (source.TryGetProperty("ci", out var ci))
            Assert.Equal(
                (ci[0].GetDouble(), ci[1].GetDouble()),
                (ours.Interval!.Value.Low, ours.Interval!.Value.High),
                EqualityComparer<(double, double)>.Create(
                    (x, y) => Math.Abs(x.Item1 - y.Item1) < 1e-6 && Math.Abs(x.Item2 - y.Item2) < 1e-6
                )
            );
    }
}
