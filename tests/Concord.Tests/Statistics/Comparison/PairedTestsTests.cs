using Concord.Core.Statistics.Comparison;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Comparison;

public sealed class PairedTestsTests
{
    [Fact]
    public void Exact_signed_ranks_are_what_trying_every_assignment_gives() =>
        Prop.ForAll(
                Gen.Choose(1, 40).Two().ArrayOf(7).ToArbitrary(),
                draws =>
                {
                    // Distinct sizes with random signs.
                    double[] d = [.. draws.Select((x, i) => ((10 * x.Item1) + i) * (x.Item2 % 2 == 0 ? 1.0 : -1.0))];
                    double[] sizes = [.. d.Select(Math.Abs).Order()];
                    double Sum(Func<int, bool> positive) => Enumerable.Range(0, 7).Where(positive).Sum(r => r + 1.0);
                    var v = d.Where(x => x > 0).Sum(x => Array.IndexOf(sizes, x) + 1.0);
                    var sums = Enumerable.Range(0, 128).Select(s => Sum(r => (s >> r & 1) == 1)).ToArray();
                    var p = Math.Min(1, 2 * Math.Min(sums.Count(s => s <= v), sums.Count(s => s >= v)) / 128.0);
                    var test = WilcoxonSignedRank.Test(d);
                    return test.V == v && test.Method == "exact" && Math.Abs(test.P!.Value - p) < 1e-12;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Zeros_are_left_out_and_ties_share_their_ranks()
    {
        // Sizes 1 1 2 have ranks 1.5 1.5 3; the positive ones sum to 4.5. Variance 3·4·7/24 − (2³ − 2)/48 = 3.375.
        var test = WilcoxonSignedRank.Test([0, 1, -1, 2, 0], method: RankTestMethod.Normal);

        Assert.Equal((4.5, 1.5, 3, 2, true), (test.V, test.SmallerSum, test.Ranked, test.Zeros, test.Tied));
        // z = (4.5 − 3) / √3.375 = .8165, two-sided p .41422 by table.
        Assert.Equal(0.41422, test.P!.Value, 5);
        Assert.Equal("normal-continuity", WilcoxonSignedRank.Test([0, 1, -1, 2, 0]).Method);
    }

    [Fact]
    public void Decimal_fractions_that_are_equal_on_paper_tie()
    {
        var test = WilcoxonSignedRank.Test([4.8 - 4.2, -(3.1 - 2.5), 0.3 - 0.1 - 0.2]);

        Assert.NotEqual(4.8 - 4.2, 3.1 - 2.5);
        Assert.Equal((1.5, 2, 1, true), (test.V, test.Ranked, test.Zeros, test.Tied));
    }

    [Fact]
    public void Exact_Mann_Whitney_is_what_trying_every_split_gives() =>
        Prop.ForAll(
                Gen.Shuffle(new[] { 1, 2, 3, 4, 5, 6, 7 }).ToArbitrary(),
                order =>
                {
                    double[] a = [.. order.Take(3).Select(x => (double)x)];
                    double[] b = [.. order.Skip(3).Select(x => (double)x)];
                    static double U(IEnumerable<int> mine) =>
                        mine.Sum(m => Enumerable.Range(1, 7).Except(mine).Count(o => o < m));
                    var u = U(order.Take(3));
                    var all = Enumerable
                        .Range(0, 128)
                        .Select(s => Enumerable.Range(1, 7).Where(i => (s >> (i - 1) & 1) == 1).ToArray())
                        .Where(s => s.Length == 3)
                        .Select(U)
                        .ToArray();
                    var p = Math.Min(1, 2.0 * Math.Min(all.Count(x => x <= u), all.Count(x => x >= u)) / all.Length);
                    var test = MannWhitneyU.Test(a, b);
                    return test.Statistic == u && test.Method == "exact" && Math.Abs(test.P!.Value - p) < 1e-12;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Large_exact_distributions_keep_their_symmetry()
    {
        double[] a = [.. Enumerable.Range(0, 49).Select(i => 2.0 * i)];
        double[] b = [.. Enumerable.Range(0, 49).Select(i => (2.0 * i) + 1)];

        Assert.Equal(MannWhitneyU.Test(a, b).P!.Value, MannWhitneyU.Test(b, a).P!.Value, 1e-12);
        Assert.Equal(
            MannWhitneyU.Test(a, b, method: RankTestMethod.NormalWithContinuity).P!.Value,
            MannWhitneyU.Test(a, b).P!.Value,
            0.002
        );
    }

    [Fact]
    public void McNemar_counts_only_what_differs()
    {
        // 2 (1 + 12 + 66) / 2¹² and 8² / 12 and 7² / 12.
        Assert.Equal((2, 158 / 4096.0), (McNemar.Exact(10, 2).Statistic!.Value, McNemar.Exact(10, 2).P!.Value), Near(1e-12));
        Assert.Equal((64 / 12.0, 0.020921), Both(McNemar.ChiSquared(10, 2, continuity: false)), Near(1e-6));
        Assert.Equal((49 / 12.0, 0.043308), Both(McNemar.ChiSquared(10, 2)), Near(1e-6));
        // Agresti (2002), "Categorical Data Analysis", 10.1.1: approval fell by 150 against 86, z² = 17.36.
        Assert.Equal(17.36, McNemar.ChiSquared(150, 86, continuity: false).Statistic!.Value, 2);
        Assert.Equal((0, 1), Both(McNemar.ChiSquared(3, 3)), Near(1e-12));
        Assert.Equal(1, McNemar.Exact(3, 3).P);
        Assert.Equal("The two differ on no pair.", McNemar.Exact(0, 0).UndefinedBecause);
        Assert.Null(McNemar.ChiSquared(0, 0).Statistic);
        Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.Exact(-1, 2));
    }

    [Fact]
    public void What_is_undefined_says_why()
    {
        var none = PairedAnalysis.Of([], [], 100, 1);
        Assert.All(none.All.Skip(1), s => Assert.True(s.Value is null && s.P is null && s.UndefinedBecause is not null, s.Name));

        var one = PairedAnalysis.Of([3], [1], 100, 1);
        Assert.Equal((2, "There is one pair, and 2 are needed."), (one.Difference.Value, one.Difference.NoIntervalBecause));
        Assert.Equal((1, null), (one.SignFlip.P, one.StudentT.P));
        Assert.Equal("There is one pair, and 2 are needed.", one.CohenDz.UndefinedBecause);

        var same = PairedAnalysis.Of([4.1, 3.1, 2.1], [3.1, 2.1, 1.1], 100, 1);
        Assert.Equal(1, same.Difference.Value!.Value, 1e-12);
        Assert.Null(same.Difference.Interval);
        Assert.StartsWith("All differences are equal", same.StudentT.UndefinedBecause, StringComparison.Ordinal);
        Assert.Equal((6, true), (same.Wilcoxon.V, same.Wilcoxon.Tied));

        var zero = PairedAnalysis.Of([1, 1], [1, 1], 100, 1);
        Assert.Equal(
            (1, "Every difference is zero, so there is nothing to rank."),
            (zero.SignFlip.P, zero.Wilcoxon.UndefinedBecause)
        );
        Assert.Equal((0, null, null), (zero.CliffDelta.Value, zero.CohenD.Value, zero.Welch.Statistic));
        Assert.Throws<ArgumentException>(() => PairedAnalysis.Of([1], [1, 2], 100, 1));
    }

    [Fact]
    public void Changing_places_changes_every_sign_and_no_p() =>
        Prop.ForAll(
                Gen.Choose(0, 10).Two().ListOf().Select(l => l.ToArray()).ToArbitrary(),
                pairs =>
                {
                    double[] a = [.. pairs.Select(p => p.Item1 / 10.0)];
                    double[] b = [.. pairs.Select(p => p.Item2 / 10.0)];
                    var (ab, ba) = (PairedAnalysis.Of(a, b, 40, 3), PairedAnalysis.Of(b, a, 40, 3));
                    string[] antisymmetric =
                    [
                        "mean-difference",
                        "mean-difference-bca",
                        "sign-flip",
                        "paired-t",
                        "cohen-dz",
                        "rank-biserial",
                        "cliff-delta",
                        "cohen-d",
                        "hedges-g",
                        "welch-t",
                    ];
                    double[] sorted = [.. a.Zip(b, (x, y) => x - y).Order()];
                    // Differences that are their own mirror image give one interval either way, up to the resampling.
                    var mirrored = sorted.Zip(sorted.Reverse(), (x, y) => x + y).All(s => s == 0);
                    return ab
                        .All.Zip(ba.All)
                        .All(p =>
                            Close(p.First.P, p.Second.P)
                            && (
                                !antisymmetric.Contains(p.First.Name)
                                || (
                                    Close(p.First.Value, -p.Second.Value)
                                    && (
                                        mirrored
                                        || (
                                            Close(p.First.Interval?.Low, -p.Second.Interval?.High)
                                            && Close(p.First.Interval?.High, -p.Second.Interval?.Low)
                                        )
                                    )
                                )
                            )
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_the_pairs_changes_nothing_to_the_bit() =>
        Prop.ForAll(
                Gen.Choose(0, 50).Two().ListOf().Select(l => l.ToArray()).ToArbitrary(),
                pairs =>
                {
                    double[] a = [.. pairs.Select(p => p.Item1 / 7.0)];
                    double[] b = [.. pairs.Select(p => p.Item2 / 7.0)];
                    return PairedAnalysis
                        .Of(a, b, 20, 3)
                        .All.SequenceEqual(PairedAnalysis.Of([.. a.Reverse()], [.. b.Reverse()], 20, 3).All);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Rank_intervals_hold_their_rank_and_what_follows_from_two_differences()
    {
        // 1 > 2 and 2 > 3 say 1 > 3; 3 > 1 points against the ranks and is passed over, as is what has no rank.
        var open = RankIntervals.Of([1, 2, 3, 4, null], [(0, 1), (1, 2), (2, 0), (0, 4)]);

        Assert.Equal([(1, 2), (2, 3), (3, 4), (1, 4), null], open);
        Assert.Equal([(1, 2), (1, 2)], RankIntervals.Of([1, 1], [(0, 1)]));
        Assert.Empty(RankIntervals.Of([], []));
    }

    [Fact]
    public void Rank_intervals_always_hold_their_rank_and_overlap_unless_apart() =>
        Prop.ForAll(
                Gen.Choose(1, 8).ArrayOf(9).Zip(Gen.Choose(0, 8).Two().ArrayOf(12)).ToArbitrary(),
                drawn =>
                {
                    var (strengths, apart) = drawn;
                    int?[] ranks = [.. strengths.Select(s => (int?)(1 + strengths.Count(o => o > s)))];
                    var pairs = apart.Where(p => p.Item1 != p.Item2).ToArray();
                    var open = RankIntervals.Of(ranks, pairs);
                    return open.Zip(ranks).All(o => o.First!.Value.Low <= o.Second && o.First.Value.High >= o.Second)
                        && pairs
                            .Where(p => ranks[p.Item1] < ranks[p.Item2])
                            .All(p =>
                                open[p.Item1]!.Value.Low < open[p.Item2]!.Value.Low
                                && open[p.Item1]!.Value.High < open[p.Item2]!.Value.High
                            );
                }
            )
            .QuickCheckThrowOnFailure();

    private static (double, double) Both(SignificanceTest test) => (test.Statistic!.Value, test.P!.Value);

    private static bool Close(double? a, double? b) =>
        a is null ? b is null : b is not null && Math.Abs(a.Value - b.Value) <= 1e-9 * (1 + Math.Abs(a.Value));

    private static EqualityComparer<(double, double)> Near(double tolerance) =>
        EqualityComparer<(double, double)>.Create(
            (x, y) => Math.Abs(x.Item1 - y.Item1) <= tolerance && Math.Abs(x.Item2 - y.Item2) <= tolerance
        );
}
