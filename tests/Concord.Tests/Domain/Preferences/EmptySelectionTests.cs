using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class EmptySelectionTests
{
    private static readonly PairRules Rules = Given.NoLimits with { KeepConflicts = false };

    private static PairReport Report(PairRules rules, params Candidate[] candidates) =>
        PairSelection.Select(candidates, rules).Report;

    [Fact]
    public void The_nearest_votes_are_the_second_highest_number_that_an_output_has()
    {
        var rules = Rules with { MinVotes = 5 };
        var report = Report(
            rules,
            Given.Candidate("a", 5, graders: "ann bob cat dan"),
            Given.Candidate("b", 3, graders: "ann bob cat"),
            Given.Candidate("c", 1, graders: "ann")
        );
        Assert.Equal(PairRule.Votes, report.EmptiedBy);
        Assert.Equal(rules with { MinVotes = 3 }, report.Nearest);
    }

    [Fact]
    public void The_nearest_margin_is_the_widest_there_is_cut_to_hundredths()
    {
        var rules = Rules with { MinMargin = 2 };
        var report = Report(rules, Given.Candidate("a", 5), Given.Candidate("b", 13 / 3.0), Given.Candidate("c", 4.9));
        Assert.Equal(PairRule.Margin, report.EmptiedBy);
        Assert.Equal(rules with { MinMargin = 0.66 }, report.Nearest);
    }

    [Fact]
    public void The_nearest_chosen_score_is_that_of_the_best_output()
    {
        var rules = Rules with { MinChosen = 3 };
        var report = Report(rules, Given.Candidate("a", 2.5), Given.Candidate("b", 2), Given.Candidate("c", 1));
        Assert.Equal(PairRule.MinChosen, report.EmptiedBy);
        Assert.Equal(rules with { MinChosen = 2.5 }, report.Nearest);
    }

    [Fact]
    public void A_conflict_that_empties_the_result_can_be_kept()
    {
        var report = Report(Rules, Given.Candidate("a", 4, [5, 3]), Given.Candidate("b", 3, [2, 4]));
        Assert.Equal(PairRule.DimensionConflict, report.EmptiedBy);
        Assert.Equal(Rules with { KeepConflicts = true }, report.Nearest);
    }

    [Fact]
    public void One_changed_limit_is_nearer_than_two()
    {
        var rules = Rules with { MinMargin = 2, MinCommon = 2 };
        var report = Report(
            rules,
            Given.Candidate("a", 5, graders: "ann bob"),
            Given.Candidate("b", 4, graders: "ann bob"),
            Given.Candidate("c", 3.1, graders: "bob")
        );
        Assert.Equal(rules with { MinMargin = 1 }, report.Nearest);
    }

    [Fact]
    public void Duplicates_alone_leave_no_nearest_rules()
    {
        var report = Report(Rules, Given.Candidate("a", 5, text: "same"), Given.Candidate("b", 3, text: "same"));
        Assert.Equal(PairRule.Duplicates, report.EmptiedBy);
        Assert.Null(report.Nearest);
    }

    [Fact]
    public void The_nearest_margin_is_not_that_of_a_duplicate()
    {
        var rules = Rules with { MinMargin = 4 };
        var report = Report(
            rules,
            Given.Candidate("a", 5, text: "same"),
            Given.Candidate("b", 3, text: "same"),
            Given.Candidate("c", 4)
        );
        Assert.Equal(rules with { MinMargin = 1 }, report.Nearest);
    }

    [Fact]
    public void Where_no_limits_would_do_the_nearest_rules_compare_every_two_outputs()
    {
        var rules = Rules with { Strategy = PairStrategy.BestVsWorst };
        var report = Report(
            rules,
            Given.Candidate("a", 5, text: "same"),
            Given.Candidate("b", 4),
            Given.Candidate("c", 3, text: "same")
        );
        Assert.Equal(PairRule.Duplicates, report.EmptiedBy);
        Assert.Equal(rules with { Strategy = PairStrategy.All }, report.Nearest);
    }

    [Fact]
    public void Nothing_to_compare_is_no_rules_fault()
    {
        var report = Report(new PairRules());
        Assert.Null(report.EmptiedBy);
        Assert.Null(report.Nearest);
        Assert.Null(Report(new PairRules(), Given.Candidate("a", 5, graders: "ann")).EmptiedBy);
    }
}
