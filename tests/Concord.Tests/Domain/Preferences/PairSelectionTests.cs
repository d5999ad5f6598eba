using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class PairSelectionTests
{
    private static string[] Select(PairRules rules, params Candidate[] candidates) =>
        Given.Names(PairSelection.Select(candidates, rules).Pairs);

    private static PairReport Report(PairRules rules, params Candidate[] candidates) =>
        PairSelection.Select(candidates, rules).Report;

    [Fact]
    public void Defaults_are_those_of_the_design()
    {
        var rules = new PairRules();
        Assert.Equal(
            (PairStrategy.BestVsRest, 2, 2, 0.75, 3.0, 3, false),
            (
                rules.Strategy,
                rules.MinVotes,
                rules.MinCommon,
                rules.MinMargin,
                rules.MinChosen,
                rules.MaxPerPrompt,
                rules.KeepConflicts
            )
        );
    }

    [Theory]
    [InlineData(PairStrategy.BestVsRest, "a > b;a > c;a > d")]
    [InlineData(PairStrategy.All, "a > b;a > c;a > d;b > c;b > d;c > d")]
    [InlineData(PairStrategy.BestVsWorst, "a > d")]
    [InlineData(PairStrategy.Adjacent, "a > b;b > c;c > d")]
    public void Each_strategy_compares_its_own_pairs(PairStrategy strategy, string expected)
    {
        Candidate[] four = [Given.Candidate("d", 1), Given.Candidate("b", 4), Given.Candidate("a", 5), Given.Candidate("c", 2)];
        Assert.Equal(expected.Split(';'), Select(Given.NoLimits with { Strategy = strategy }, four));
    }

    [Fact]
    public void Outputs_of_different_challenges_are_never_compared()
    {
        var report = Report(Given.NoLimits, Given.Candidate("a", 5), Given.Candidate("b", 1, challenge: "lines"));
        Assert.Equal((0, 2), (report.Pairs, report.Challenges));
        Assert.Null(report.EmptiedBy);
        Assert.Null(report.Nearest);
    }

    [Fact]
    public void An_output_with_too_few_votes_takes_no_part_not_even_as_the_best()
    {
        Candidate[] outputs = [Given.Candidate("a", 5, graders: "ann"), Given.Candidate("b", 4), Given.Candidate("c", 3)];
        var rules = Given.NoLimits with { Strategy = PairStrategy.BestVsRest, MinVotes = 2 };
        Assert.Equal(["b > c"], Select(rules, outputs));
        Assert.Equal(new RuleCount(PairRule.Votes, 3, 1), Report(rules, outputs).Counts[0]);
    }

    [Fact]
    public void A_pair_needs_graders_who_scored_both_outputs()
    {
        Candidate[] outputs = [Given.Candidate("a", 5), Given.Candidate("b", 4, graders: "bob cat"), Given.Candidate("c", 3)];
        var rules = Given.NoLimits with { MinCommon = 2 };
        Assert.Equal(["a > c"], Select(rules, outputs));
        Assert.Equal(2, Report(rules, outputs).Removed(PairRule.CommonGraders));
        Assert.Equal([1, 2, 1], PairSelection.Select(outputs, Given.NoLimits).Pairs.Select(p => p.CommonGraders));
    }

    [Fact]
    public void Ties_are_left_out_even_without_any_limit()
    {
        Candidate[] outputs = [Given.Candidate("a", 0.1 + 0.2), Given.Candidate("b", 0.3)];
        Assert.Empty(Select(Given.NoLimits, outputs));
        var report = Report(Given.NoLimits, outputs);
        Assert.Equal(PairRule.Ties, report.EmptiedBy);
        Assert.Null(report.Nearest);
    }

    [Fact]
    public void A_margin_on_the_limit_is_enough_whatever_binary_fractions_make_of_it()
    {
        var (above, below) = (Given.Candidate("a", 3.4), Given.Candidate("b", 3.0));
        Assert.True(above.Overall - below.Overall < 0.4);
        Assert.Single(Select(Given.NoLimits with { MinMargin = 0.4 }, above, below));
        Assert.Empty(Select(Given.NoLimits with { MinMargin = 0.41 }, above, below));
    }

    [Fact]
    public void A_chosen_output_on_the_limit_is_good_enough_and_one_below_is_not()
    {
        Candidate[] outputs = [Given.Candidate("a", 3), Given.Candidate("b", 2.9), Given.Candidate("c", 1)];
        var rules = Given.NoLimits with { MinChosen = 3 };
        Assert.Equal(["a > b", "a > c"], Select(rules, outputs));
        Assert.Equal(1, Report(rules, outputs).Removed(PairRule.MinChosen));
    }

    [Fact]
    public void A_limit_of_0_on_the_chosen_score_lets_scores_below_0_through() =>
        Assert.Equal(["a > b"], Select(Given.NoLimits, Given.Candidate("a", -1), Given.Candidate("b", -2)));

    [Fact]
    public void A_pair_that_the_criteria_disagree_on_is_left_out_unless_asked_for()
    {
        Candidate[] outputs = [Given.Candidate("a", 4, [5, 3]), Given.Candidate("b", 3, [2, 4]), Given.Candidate("c", 2, [2, 3])];
        Assert.Equal(["a > c", "b > c"], Select(Given.NoLimits with { KeepConflicts = false }, outputs));
        Assert.Equal(1, Report(Given.NoLimits with { KeepConflicts = false }, outputs).Removed(PairRule.DimensionConflict));
        Assert.Equal(3, Select(Given.NoLimits, outputs).Length);
    }

    [Fact]
    public void A_criterion_without_consensus_is_no_conflict() =>
        Assert.Single(
            Select(
                Given.NoLimits with
                {
                    KeepConflicts = false,
                },
                Given.Candidate("a", 4, [4, null]),
                Given.Candidate("b", 3, [3, 5])
            )
        );

    [Fact]
    public void Duplicates_are_left_out_between_the_sides_of_a_pair_only()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5, text: "let x = 1;"),
            Given.Candidate("b", 4, text: "let x=1; // the same"),
            Given.Candidate("c", 3, text: "print(2)"),
        ];
        Assert.Equal(["a > c", "b > c"], Select(Given.NoLimits, outputs));
        Assert.Equal(1, Report(Given.NoLimits, outputs).Removed(PairRule.Duplicates));
    }

    [Fact]
    public void The_cap_keeps_the_widest_margins_of_each_prompt()
    {
        Candidate[] outputs =
        [
            .. new[] { "bars", "lines" }.SelectMany(c =>
                new[] { ("a", 5.0), ("b", 4.0), ("c", 2.0), ("d", 1.0) }.Select(m =>
                    Given.Candidate(m.Item1, m.Item2, challenge: c)
                )
            ),
        ];
        var rules = Given.NoLimits with { MaxPerPrompt = 2 };
        Assert.Equal(["a > c", "a > d", "a > c", "a > d"], Select(rules, outputs));
        Assert.Equal(new RuleCount(PairRule.Cap, 12, 8), Report(rules, outputs).Counts.Single(c => c.Rule == PairRule.Cap));
    }

    [Theory]
    [InlineData("ann dan", "ann bob", "a > c")]
    [InlineData("ann bob", "ann dan", "a > b")]
    public void Between_equal_margins_the_cap_keeps_the_pair_that_more_graders_scored(string ofB, string ofC, string kept)
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5, graders: "ann bob cat"),
            Given.Candidate("b", 3, graders: ofB),
            Given.Candidate("c", 3, graders: ofC),
        ];
        Assert.Equal([kept], Select(Given.NoLimits with { Strategy = PairStrategy.BestVsRest, MaxPerPrompt = 1 }, outputs));
    }

    [Fact]
    public void Among_equally_good_outputs_the_one_with_more_votes_is_the_best()
    {
        Candidate[] outputs = [Given.Candidate("a", 5), Given.Candidate("b", 5, graders: "ann bob cat"), Given.Candidate("c", 1)];
        Assert.Equal(["b > c"], Select(Given.NoLimits with { Strategy = PairStrategy.BestVsRest }, outputs));
    }

    [Fact]
    public void Every_rule_is_accounted_for_in_the_order_applied_and_what_it_leaves_the_next_one_sees()
    {
        var counts = PairSelection
            .Select(
                VizhubGrades.Weighted(0.6, 0.4),
                new()
                {
                    Strategy = PairStrategy.All,
                    MinVotes = 1,
                    MinCommon = 1,
                }
            )
            .Report.Counts;
        Assert.Equal(Enum.GetValues<PairRule>(), counts.Select(c => c.Rule));
        Assert.Equal([PairRule.Votes, PairRule.OpenWeights, PairRule.Empty], counts.Where(c => c.OfOutputs).Select(c => c.Rule));
        Assert.Equal(10, counts[1].Before);
        Assert.Equal(10, counts[2].Before);
        Assert.Equal(45, counts[3].Before);
        for (var i = 4; i < counts.Count; i++)
            Assert.Equal(counts[i - 1].Before - counts[i - 1].Removed, counts[i].Before);
    }

    [Fact]
    public void The_same_output_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => Select(Given.NoLimits, Given.Candidate("a", 5), Given.Candidate("a", 4)));
}
