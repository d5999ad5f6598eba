using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;

namespace Concord.Tests.Domain.Consensus;

/// <summary>What a lead's decision does to the consensus, and what it leaves alone.</summary>
public sealed class AdjudicationTests
{
    [Fact]
    public void A_decision_wins_over_the_median_and_leaves_what_graders_gave()
    {
        var row = Split().Decide("lea", "5").Row();

        Assert.Equal(((double?)5, (double?)2, 3), (row.Consensus, row.Median, row.Graders));
        Assert.Equal((null, "adjudicated"), (row.Interval, row.IntervalMethod));
        Assert.Contains(Flag.Adjudicated, row.Flags);
    }

    [Fact]
    public void Overall_and_the_model_follow_the_decision_and_are_marked()
    {
        var tables = Split().Decide("lea", "5").Tables();

        var overall = tables.Consensus.Single(r => r.Criterion == CriterionId.Overall);
        Assert.Equal(((double?)5, "adjudicated"), (overall.Consensus, overall.IntervalMethod));
        Assert.Contains(Flag.Adjudicated, overall.Flags);
        Assert.Contains(Flag.Adjudicated, tables.Results.Single().Flags);
        Assert.Equal(((double?)5, 1), (tables.Models.Single().Overall, tables.Models.Single().Adjudicated));
    }

    [Fact]
    public void A_decision_on_one_criterion_leaves_the_others_to_the_graders()
    {
        var poll = new Poll(Poll.Criterion("works"), Poll.Criterion("looks"))
            .Lead("lea")
            .Grades("one", "1 2", "3 4")
            .Decide("lea", "- 5");

        Assert.Equal((2, ""), (poll.Row("works").Consensus, poll.Row("works").IntervalMethod));
        Assert.Equal(5, poll.Row("looks").Consensus);
        Assert.Equal(3.5, poll.Row(CriterionId.Overall).Consensus);
        Assert.DoesNotContain(Flag.Adjudicated, poll.Row("works").Flags);
    }

    [Fact]
    public void A_decided_criterion_without_weight_does_not_mark_overall()
    {
        var poll = new Poll(Poll.Criterion("works"), Poll.Criterion("looks", weight: 0))
            .Lead("lea")
            .Grades("one", "1 2", "3 4")
            .Decide("lea", "- 5");

        Assert.DoesNotContain(Flag.Adjudicated, poll.Row(CriterionId.Overall).Flags);
        Assert.Contains(Flag.Adjudicated, poll.Tables().Results.Single().Flags);
    }

    [Fact]
    public void A_decision_is_no_vote()
    {
        var (without, with) = (Split().Tables(), Split().Decide("lea", "5").Tables());

        Assert.Equal(without.Agreement, with.Agreement);
        Assert.Equal(without.Graders, with.Graders);
        Assert.Equal((without.Ballot.Counted, without.Ballot.People), (with.Ballot.Counted, with.Ballot.People));
        Assert.NotEqual(without.InputsDigest, with.InputsDigest);
    }

    [Fact]
    public void A_lead_who_graded_too_has_one_vote_and_the_decision()
    {
        var tables = Split().Grade("lea", "4").Decide("lea", "5").Tables();

        Assert.Equal((4, (double?)3), (tables.Consensus[0].Graders, tables.Consensus[0].Median));
        Assert.Equal(5, tables.Consensus[0].Consensus);
    }

    [Fact]
    public void A_lead_decides_what_nobody_graded()
    {
        var row = new Poll().Lead("lea").Output("one").Decide("lea", "0").Row();

        Assert.Equal((0, (double?)0, null), (row.Graders, row.Consensus, row.Median));
    }

    [Theory]
    [InlineData("2026-11-02", 40, "2026-11-03", 50)]
    [InlineData("2026-11-03", 40, "2026-11-02", 50)]
    [InlineData("2026-11-02", 40, "2026-11-03", 40)]
    public void Of_a_leads_decisions_the_later_holds_then_the_later_file(string first, int at, string second, int later)
    {
        var tables = Split().Decide("lea", "4", day: first, minute: at).Decide("lea", "5", day: second, minute: later).Tables();

        Assert.Equal(5, tables.Consensus[0].Consensus);
        Assert.Empty(tables.Adjudication.Rulings.Single().Overruled);
    }

    [Fact]
    public void Of_two_leads_the_later_rules_and_the_earlier_is_told()
    {
        var tables = Split().Lead("ann").Decide("lea", "4", minute: 40).Decide("ann", "1", minute: 35).Tables();

        var ruling = tables.Adjudication.Rulings.Single();
        Assert.Equal(("lea", 4.0), (ruling.Decision.Lead.Value, ruling.Score));
        Assert.Equal("ann", Assert.Single(ruling.Overruled).Lead.Value);
    }

    [Fact]
    public void Two_leads_who_decide_different_criteria_both_rule()
    {
        var tables = new Poll(Poll.Criterion("works"), Poll.Criterion("looks"))
            .Lead("lea")
            .Lead("ann")
            .Grades("one", "1 2", "3 4")
            .Decide("lea", "5 -")
            .Decide("ann", "- 0")
            .Tables();

        Assert.Equal([5.0, 0.0], tables.Adjudication.Rulings.Select(r => r.Score));
        Assert.All(tables.Adjudication.Rulings, r => Assert.Empty(r.Overruled));
    }

    [Fact]
    public void A_withdrawn_decision_leaves_no_trace()
    {
        var (before, after) = (
            Split().Tables(),
            Split().Decide("lea", "5").Decide("lea", null, day: "2026-11-03", minute: 45).Tables()
        );

        Assert.Equal(before.InputsDigest, after.InputsDigest);
        Assert.Equal(before.Consensus[0].Consensus, after.Consensus[0].Consensus);
        Assert.Equal(before.Consensus[0].Flags, after.Consensus[0].Flags);
        Assert.True(after.Adjudication.IsEmpty);
    }

    [Fact]
    public void Taking_back_gives_way_to_the_other_lead_and_is_no_word_against_it()
    {
        var tables = Split()
            .Lead("ann")
            .Decide("ann", "1", minute: 31)
            .Decide("lea", "5", minute: 32)
            .Decide("lea", null, minute: 33, day: "2026-11-03")
            .Tables();

        Assert.Equal((1, "ann"), (tables.Consensus[0].Consensus, tables.Adjudication.Rulings.Single().Decision.Lead.Value));
    }

    [Fact]
    public void A_decision_taken_back_can_be_given_again()
    {
        var tables = Split()
            .Decide("lea", "5", minute: 31)
            .Decide("lea", null, minute: 32, day: "2026-11-03")
            .Decide("lea", "4", minute: 33, day: "2026-11-04")
            .Tables();

        Assert.Equal(4, tables.Consensus[0].Consensus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_decision_on_earlier_files_is_counted_as_stale_and_rules_nothing(bool includeStale)
    {
        var tables = Split().Decide("lea", "5", output: Poll.Before).Tables(includeStale);

        Assert.Equal((2, 1), (tables.Consensus[0].Consensus, tables.Adjudication.Stale));
        Assert.DoesNotContain(Flag.Stale, tables.Consensus[0].Flags);
    }

    [Fact]
    public void Decisions_of_unknown_outputs_and_by_others_than_leads_are_counted_and_rule_nothing()
    {
        var tables = Split()
            .Lead("bot", GraderKind.Model)
            .Listed("eve")
            .Decide("lea", "5", model: "gone")
            .Decide("eve", "5")
            .Decide("bot", "5")
            .Decide("nobody", "5")
            .Tables();

        Assert.Equal((2, 1, 3), (tables.Consensus[0].Consensus, tables.Adjudication.Unknown, tables.Adjudication.Foreign));
        Assert.Empty(tables.Adjudication.Rulings);
    }

    [Fact]
    public void A_decided_score_needs_no_further_look()
    {
        Assert.NotEmpty(Split().Tables().Review);
        Assert.Empty(Split().Decide("lea", "5").Tables().Review);
    }

    [Theory]
    [InlineData("2", 45, GradeStatus.Graded, true)] // three from the decided 5
    [InlineData("3", 45, GradeStatus.Graded, false)] // two is what graders differ by
    [InlineData("2", 15, GradeStatus.Graded, false)] // the lead could see it
    [InlineData("5", 45, GradeStatus.Flagged, true)]
    public void A_later_grade_far_from_the_decision_or_flagged_brings_it_back(
        string score,
        int minute,
        GradeStatus status,
        bool back
    )
    {
        var tables = Split().Decide("lea", "5").Grade("z", score, minute: minute, status: status).Tables();

        Assert.Equal(back, tables.Review.Count > 0);
        if (back)
            Assert.Contains(
                status == GradeStatus.Flagged
                    ? "lea decided 5, and since then z flagged it"
                    : "lea decided 5, and since then z gave 2",
                tables.Review.Single().Reasons
            );
        Assert.Equal(5, tables.Consensus[0].Consensus);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("2", false)]
    public void Of_names_every_other_one_disagrees(string name, bool back)
    {
        var tables = new Poll(Poll.Criterion("kind", level: MeasurementLevel.Nominal))
            .Lead("lea")
            .Grades("one", "1", "2")
            .Decide("lea", "2")
            .Grade("z", name, minute: 45)
            .Tables();

        Assert.Equal(back, tables.Review.Count > 0);
    }

    [Fact]
    public void What_leads_decided_whole_lacks_no_graders()
    {
        var poll = new Poll(Poll.Criterion("works"), Poll.Criterion("looks"))
            .Lead("lea")
            .Output("one")
            .Output("two")
            .Output("three");
        poll.Decide("lea", "3 4").Decide("lea", "3 -", model: "two");

        Assert.Equal(
            ["three", "two"],
            GradingQueue.Rows(poll.Tables(), poll.Workspace().Benchmark).Select(r => r.Key.Model.Value).Distinct().Order()
        );
    }

    [Fact]
    public void A_method_of_means_has_no_interval_where_a_lead_decided()
    {
        var poll = Split().Decide("lea", "5");
        poll.Policy = poll.Policy with { Method = ConsensusMethod.Mean };

        Assert.Null(poll.Row(CriterionId.Overall).Interval);
        Assert.NotNull(
            new Poll { Policy = poll.Policy }
                .Grades("one", "0", "2", "5")
                .Row(CriterionId.Overall)
                .Interval
        );
    }

    [Fact]
    public void A_difference_tells_a_decision_that_moved_nothing()
    {
        var (before, after) = (Split(), Split().Decide("lea", "2"));

        var difference = ConsensusDifference.Of((before.Workspace(), before.Tables()), (after.Workspace(), after.Tables()));

        Assert.Empty(difference.Grades);
        Assert.Equal(new GradeMove(GraderId.Parse("lea"), 1, 0, 0), Assert.Single(difference.Decisions));
        Assert.Equal(2, difference.Consensus.Count(m => m.IsRuling && m.By == 0));
    }

    // The median is 2.
    private static Poll Split() => new Poll().Lead("lea").Grades("one", "0", "2", "5");
}
