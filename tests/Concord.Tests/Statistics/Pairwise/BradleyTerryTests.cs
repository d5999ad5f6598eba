using Concord.Core.Statistics;
using Concord.Core.Statistics.Pairwise;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Pairwise;

public sealed class BradleyTerryTests
{
    private static readonly ReferenceCase Baseball = ReferenceCase.Read("bt-baseball-1987");

    [Theory]
    [InlineData("bt.log_ability", false)]
    [InlineData("bt_home.log_ability", true)]
    public void Standard_errors_against_Baltimore_are_those_of_the_tools(string id, bool home)
    {
        var fit = ComparisonStatistics.Baseball(Baseball, home);
        foreach (var source in Baseball.Expectations.Single(e => e.Id == id).Sources)
        {
            if (!source.TryGetProperty("se", out var errors))
                continue;
            // R stops its weighted least squares a step earlier, so its errors have six digits.
            foreach (var (i, team) in fit.Items.Index().Skip(1))
                Assert.Equal(errors.GetProperty(team.Item).GetDouble(), fit.Difference(i, 0).StandardError!.Value, 1e-6);
            if (!home)
                continue;
            Assert.Equal(source.GetProperty("home").GetDouble(), fit.HomeAdvantage!.Value!.Value, 1e-8);
            Assert.Equal(source.GetProperty("home_se").GetDouble(), fit.HomeAdvantage.StandardError!.Value, 1e-6);
        }
    }

    [Fact]
    public void Strengths_sum_to_zero_and_two_items_are_a_logit()
    {
        var fit = BradleyTerry.Fit(new WinTable.Builder().Add("b", "a", 1, 3).Build());

        Assert.Equal([("a", 1), ("b", 2)], fit.Items.Select(i => (i.Item, i.Rank ?? 0)));
        Assert.Equal(Math.Log(3), fit.Difference(0, 1).Value!.Value, 1e-9);
        Assert.Equal(0.75, fit.WinProbability(0, 1).Value!.Value, 1e-9);
        // A logit of 3 in 4 has the variance 1/3 + 1/1.
        Assert.Equal(Math.Sqrt(4 / 3.0), fit.Difference(0, 1).StandardError!.Value, 1e-9);
        Assert.Equal(0, fit.Items.Sum(i => i.LogStrength.Value!.Value), 1e-12);
        Assert.Equal(Math.Sqrt(1 / 3.0), fit.Items[0].LogStrength.StandardError!.Value, 1e-9);
        Assert.Equal([(1, 2), (1, 2)], fit.RankIntervals());
    }

    [Fact]
    public void A_tie_is_half_a_win_for_each()
    {
        var ties = new WinTable.Builder().Add("a", "b", 2, 0, 3).Add("b", "c", 1, 1, 1).Build();
        var halves = new WinTable.Builder().Add("a", "b", 3.5, 1.5).Add("c", "b", 1.5, 1.5).Build();

        Assert.Equal(Strengths(halves), Strengths(ties), (x, y) => Math.Abs(x!.Value - y!.Value) < 1e-9);
    }

    [Fact]
    public void Who_never_lost_is_named_and_a_prior_gives_a_value()
    {
        var table = new WinTable.Builder().Add("a", "b", 2, 0).Add("b", "c", 1, 1).Add("a", "c", 1, 0).Build();

        var fit = BradleyTerry.Fit(table);
        Assert.Equal(
            "a never lost to b and c, so the difference has no finite estimate. A small prior gives one.",
            fit.UndefinedBecause
        );
        Assert.False(fit.Connected);
        Assert.All(fit.Items, i => Assert.Equal((null, null), (i.LogStrength.Value, i.Rank)));
        Assert.Equal(fit.UndefinedBecause, fit.Difference(0, 1).UndefinedBecause);
        Assert.Equal([null, null, null], fit.RankIntervals());

        var bounded = BradleyTerry.Fit(table, 0.1);
        Assert.Null(bounded.UndefinedBecause);
        Assert.Equal([1, 2, 3], bounded.Items.Select(i => i.Rank ?? 0).Order());
    }

    [Fact]
    public void Who_never_met_is_named()
    {
        var fit = BradleyTerry.Fit(new WinTable.Builder().Add("a", "b", 1, 1).Add("c", "d", 1, 1).Build());
        Assert.Equal("a and b were never compared with c and d. A small prior gives values.", fit.UndefinedBecause);

        var lonely = BradleyTerry.Fit(new WinTable.Builder().Know("x").Add("a", "b", 1, 1).Build());
        Assert.Contains("never compared with x", lonely.UndefinedBecause, StringComparison.Ordinal);
        Assert.Equal("There is no comparison.", BradleyTerry.Fit(new WinTable.Builder().Build(), 1).UndefinedBecause);
        Assert.Equal("There is no comparison.", BradleyTerry.Fit(new WinTable.Builder().Know("x").Build()).UndefinedBecause);
    }

    [Fact]
    public void A_home_side_that_always_wins_has_no_finite_advantage()
    {
        var table = new WinTable.Builder().Add("a", "b", 5, 0).Add("b", "a", 5, 0).Build();

        Assert.Equal(0, BradleyTerry.Fit(table).Difference(0, 1).Value!.Value, 1e-9);
        Assert.Contains(
            "no finite estimate",
            BradleyTerry.Fit(table, home: true).UndefinedBecause!,
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Theory]
    [InlineData(40, 0, 3)]
    [InlineData(600, 0, 3)]
    [InlineData(600, 0.01, 3)]
    [InlineData(2000, 0, 1)]
    public void At_the_maximum_expected_wins_are_the_wins(int items, double penalty, int games)
    {
        // A ring and random pairs, each won once by either side, so that all is connected; some are won more often.
        var random = new Xoshiro256(5);
        var builder = new WinTable.Builder();
        for (var i = 0; i < items; i++)
        {
            builder.Add($"{i:0000}", $"{(i + 1) % items:0000}", 1 + random.NextInt(3), 1);
            for (var g = 0; g < games; g++)
                if (random.NextInt(items) is var other && other != i)
                    builder.Add($"{i:0000}", $"{other:0000}", random.NextInt(3), random.NextInt(3), random.NextInt(2));
        }
        var table = builder.Build();
        var fit = BradleyTerry.Fit(table, penalty);
        double[] theta = [.. fit.Items.Select(i => i.LogStrength.Value!.Value)];
        double[] excess = [.. theta.Select(t => -2 * penalty * t)];
        foreach (var p in table.Pairs)
        {
            var surprise = p.Score - (p.Total / (1 + Math.Exp(theta[p.Right] - theta[p.Left])));
            excess[p.Left] += surprise;
            excess[p.Right] -= surprise;
        }

        Assert.All(excess, e => Assert.Equal(0, e, 1e-6));
        Assert.Equal(items <= BradleyTerry.MostWithErrors, fit.Items[0].LogStrength.Interval is not null);
        Assert.Equal(items <= BradleyTerry.MostWithErrors, fit.Items[0].LogStrength.NoIntervalBecause is null);
    }

    [Fact]
    public void Connected_is_where_everybody_reaches_everybody_through_losses() =>
        Prop.ForAll(
                Gen.Choose(0, 5).Two().ListOf().Select(l => l.Where(g => g.Item1 != g.Item2).ToArray()).ToArbitrary(),
                games =>
                {
                    var builder = new WinTable.Builder();
                    var reach = new bool[6, 6];
                    for (var i = 0; i < 6; i++)
                        builder.Know($"{i}");
                    foreach (var (loser, winner) in games)
                    {
                        builder.Add($"{winner}", $"{loser}", 1, 0);
                        reach[loser, winner] = true;
                    }
                    for (var via = 0; via < 6; via++)
                    for (var from = 0; from < 6; from++)
                    for (var to = 0; to < 6; to++)
                        reach[from, to] |= reach[from, via] && reach[via, to];
                    var all = Enumerable.Range(0, 6).All(a => Enumerable.Range(0, 6).All(b => a == b || reach[a, b]));
                    return BradleyTerry.Fit(builder.Build()).Connected == all;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Extreme_imbalance_has_a_value()
    {
        var fit = BradleyTerry.Fit(new WinTable.Builder().Add("a", "b", 1e9, 1).Build());

        Assert.Equal(Math.Log(1e9), fit.Difference(0, 1).Value!.Value, 1e-6);
        Assert.Equal([(1, 1), (2, 2)], fit.RankIntervals());
    }

    [Fact]
    public void A_long_chain_is_looked_through_without_recursion()
    {
        var builder = new WinTable.Builder();
        for (var i = 0; i < 300_000; i++)
            builder.Add($"{i}", $"{i + 1}", 1, 0);

        Assert.Contains("never lost to", BradleyTerry.Fit(builder.Build()).UndefinedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Neither_order_nor_names_nor_sides_matter() =>
        Prop.ForAll(
                Gen.Choose(0, 4).Two().ArrayOf(12).ToArbitrary(),
                games =>
                {
                    string[] names = ["p", "q", "r", "s", "t"];
                    string[] others = ["5", "4", "3", "2", "1"];
                    var (straight, turned) = (new WinTable.Builder(), new WinTable.Builder());
                    foreach (var (winner, loser) in games.Where(g => g.Item1 != g.Item2))
                        straight.Add(names[winner], names[loser], 1, 0);
                    foreach (var (winner, loser) in games.Where(g => g.Item1 != g.Item2).Reverse())
                        turned.Add(others[loser], others[winner], 0, 1);
                    var (a, b) = (BradleyTerry.Fit(straight.Build(), 0.2), BradleyTerry.Fit(turned.Build(), 0.2));
                    return a
                        .Items.Zip(b.Items.Reverse())
                        .All(p =>
                            p.First.Rank == p.Second.Rank
                            && (
                                p.First.LogStrength.Value is not { } x
                                    ? p.Second.LogStrength.Value is null
                                    : Math.Abs(x - p.Second.LogStrength.Value!.Value) < 1e-8
                            )
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Wrong_input_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new WinTable.Builder().Add("a", "a", 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WinTable.Builder().Add("a", "b", -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WinTable.Builder().Add("a", "b", 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => BradleyTerry.Fit(new WinTable.Builder().Build(), -1));
    }

    [Fact]
    public void Elo_of_equals_moves_by_half_of_k()
    {
        Assert.Equal(0.5, Elo.Expected(1500, 1500));
        Assert.Equal(10 / 11.0, Elo.Expected(1900, 1500), 1e-12);
        Assert.Equal((1516, 1516), (Elo.Batch(1500, [(1500, 1)]), Elo.Sequential(1500, [(1500, 1)])));
        Assert.Equal(1500, Elo.Batch(1500, []));
    }

    private static IEnumerable<double?> Strengths(WinTable table) =>
        BradleyTerry.Fit(table).Items.Select(i => i.LogStrength.Value);
}
