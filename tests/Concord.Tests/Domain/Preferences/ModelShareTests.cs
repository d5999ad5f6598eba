using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class ModelShareTests
{
    /// <summary>Two outputs a challenge, the first chosen: <c>a5 b1</c> is a at 5 over b at 1.</summary>
    private static (string[] Pairs, PairReport Report) Select(double share, params string[] challenges)
    {
        var outputs = challenges.SelectMany(
            (pair, i) =>
                pair.Split(' ')
                    .Select(o => Given.Candidate(o[..^1], o[^1] - '0', challenge: $"c{i:00}", text: $"reply of {o} to {i}"))
        );
        var (pairs, report) = PairSelection.Select(outputs, Given.NoLimits with { MaxModelShare = share });
        return ([.. pairs.Select(p => $"{p.Challenge} {p.Chosen.Key.Model} > {p.Rejected.Key.Model}")], report);
    }

    // Of ten pairs a is chosen in eight. A share of 0.5 of ten would be five; but the total falls with each that leaves, and a may keep as many as the
    // others have: two.
    [Fact]
    public void The_share_is_of_what_is_left_and_the_narrowest_margins_leave_first()
    {
        var (pairs, report) = Select(
            0.5,
            "a5 p4", // 1
            "a5 q2", // 3, stays
            "a5 r4", // 1
            "a5 s3", // 2
            "a5 t3", // 2
            "a5 u1", // 4, stays
            "a5 v4", // 1
            "a5 w4", // 1
            "b5 x4",
            "c5 y4"
        );
        Assert.Equal(["c01 a > q", "c05 a > u", "c08 b > x", "c09 c > y"], pairs);
        Assert.Equal(new RuleCount(PairRule.ModelShare, 10, 6), report.Counts[^1]);
    }

    [Fact]
    public void A_share_that_is_met_leaves_all_and_1_and_0_are_no_limit()
    {
        string[] challenges = ["a5 p4", "a5 q3", "b5 r2", "b5 s1"];
        Assert.Equal(4, Select(0.5, challenges).Pairs.Length);
        Assert.Equal(3, Select(1, "a5 p4", "a5 q3", "a5 r2").Pairs.Length);
        Assert.Equal(3, Select(0, "a5 p4", "a5 q3", "a5 r2").Pairs.Length);
    }

    [Fact]
    public void The_rejected_side_is_held_to_it_as_well()
    {
        var (pairs, _) = Select(0.5, "a5 z4", "b5 z3", "c5 z2", "d5 y1");
        Assert.Equal(["c02 c > z", "c03 d > y"], pairs);
    }

    [Fact]
    public void A_model_may_have_its_share_of_both_sides()
    {
        Assert.Equal(2, Select(0.5, "a5 b4", "b5 a4").Pairs.Length);
    }

    [Fact]
    public void The_samples_of_a_model_are_one()
    {
        var (pairs, _) = Select(0.5, "a5 p4", "a@25 q3", "b5 r2");
        Assert.Equal(["c01 a@2 > q", "c02 b > r"], pairs);
    }

    [Fact]
    public void Of_equal_margins_the_last_in_order_leaves()
    {
        var (pairs, _) = Select(0.5, "a5 p4", "a5 q4", "b5 r4");
        Assert.Equal(["c00 a > p", "c02 b > r"], pairs);
    }

    [Fact]
    public void Too_few_models_for_the_share_leave_nothing_and_the_report_says_which_share_would()
    {
        // Of three pairs 0.4 is one for each model, of the two that are then left none.
        var (pairs, report) = Select(0.4, "a5 p4", "a5 q3", "b5 r2");
        Assert.Empty(pairs);
        Assert.Equal(PairRule.ModelShare, report.EmptiedBy);
        Assert.Equal(Given.NoLimits with { MaxModelShare = 0.5 }, report.Nearest);
    }

    [Fact]
    public void One_pair_alone_needs_the_whole_share()
    {
        var (_, report) = Select(0.4, "a5 p4");
        Assert.Equal(Given.NoLimits with { MaxModelShare = 1 }, report.Nearest);
    }

    [Fact]
    public void A_hundred_thousand_pairs_take_no_time_to_speak_of()
    {
        var outputs = Enumerable
            .Range(0, 100_000)
            .SelectMany(i =>
                new[]
                {
                    Given.Candidate($"m{i % 7 * (i % 3)}", 4 + (i * 7919 % 1000 / 1000.0), challenge: $"c{i}"),
                    Given.Candidate($"n{i % 11}", 1, challenge: $"c{i}"),
                }
            );
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var (pairs, report) = PairSelection.Select(outputs, Given.NoLimits with { MaxModelShare = 0.15 });
        Assert.True(report.Removed(PairRule.ModelShare) > 10_000);
        Assert.InRange(pairs.CountBy(p => p.Chosen.Key.Model).Max(c => c.Value), 1, pairs.Count * 0.15);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds < 20);
    }
}
