using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;

namespace Concord.Tests.Domain.Consensus;

/// <summary>What a lead sees before deciding.</summary>
public sealed class SideBySideTests
{
    [Fact]
    public void Who_is_a_step_or_more_from_the_median_is_away()
    {
        var split = Of(new Poll().Grades("one", "1", "3", "3", "4")).Criteria.Single();

        Assert.Equal(
            (4, (double?)3, (double?)1, (double?)4, (double?)3),
            (split.Graders, split.Median, split.Min, split.Max, split.Range)
        );
        Assert.Equal(["a", "d"], split.Away.Select(g => g.Value));
    }

    [Fact]
    public void Half_a_step_from_a_median_between_two_scores_is_not_away() =>
        Assert.Empty(Of(new Poll().Grades("one", "3", "4")).Criteria.Single().Away);

    [Fact]
    public void Agreement_is_the_share_of_pairs_that_agree()
    {
        // Six pairs: 3-3 is the same; 3-4 twice is within a step; those with 1 are not.
        var split = Of(new Poll().Grades("one", "1", "3", "3", "4")).Criteria.Single();

        Assert.Equal(1 / 6.0, split.Same!.Value, 12);
        Assert.Equal(3 / 6.0, split.WithinStep!.Value, 12);
    }

    [Fact]
    public void One_grade_has_no_agreement_and_none_has_nothing()
    {
        var one = Of(new Poll().Grades("one", "3")).Criteria.Single();
        Assert.Equal((1, (double?)3, null, null), (one.Graders, one.Median, one.Same, one.WithinStep));

        var none = Of(new Poll().Output("one")).Criteria.Single();
        Assert.Equal((0, null, null, null), (none.Graders, none.Median, none.Range, none.Same));
    }

    [Fact]
    public void Names_have_a_mode_and_no_range()
    {
        var split = Of(new Poll(Poll.Criterion("kind", level: MeasurementLevel.Nominal)).Grades("one", "2", "2", "5"))
            .Criteria.Single();

        Assert.Equal(((double?)2, null, null), (split.Median, split.Range, split.WithinStep));
        Assert.Equal(["c"], split.Away.Select(g => g.Value));
        Assert.Equal(1 / 3.0, split.Same!.Value, 12);
    }

    [Fact]
    public void Models_are_shown_and_counted_nowhere()
    {
        var seen = Of(new Poll().Listed("bot", GraderKind.Model).Grades("one", "3", "3").Grade("bot", "0"));

        Assert.Equal(["a", "b", "bot"], seen.Votes.Select(v => v.Grader.Id.Value));
        Assert.Equal((2, (double?)3), (seen.Criteria[0].Graders, seen.Criteria[0].Min));
        Assert.Empty(seen.Criteria[0].Away);
    }

    [Fact]
    public void A_blank_counts_for_its_criterion_alone()
    {
        var seen = Of(new Poll(Poll.Criterion("works"), Poll.Criterion("looks")).Grades("one", "3 -", "4 2"));

        Assert.Equal([2, 1], seen.Criteria.Select(c => c.Graders));
    }

    [Fact]
    public void A_decision_that_was_taken_back_is_told_with_its_reason_and_decides_nothing()
    {
        var poll = new Poll()
            .Lead("lea")
            .Lead("max")
            .Grades("one", "3")
            .Decide("lea", "2")
            .Decide("lea", null, minute: 50)
            .Decide("max", "4", minute: 40);
        var workspace = poll.Workspace();

        var seen = Of(poll);

        Assert.Equal(["max graded", "lea withdrawn"], seen.Decisions.Select(d => $"{d.Lead} {Names.Of(d.Grade.Status)}"));
        Assert.Equal("max", Assert.Single(Adjudication.Of(workspace).Standing).Lead.Value);
    }

    [Fact]
    public void Standing_decisions_are_there_and_grades_of_earlier_files_are_not()
    {
        var seen = Of(
            new Poll()
                .Lead("lea")
                .Grades("one", "3")
                .Grade("z", "5", output: Poll.Before)
                .Decide("lea", "4")
                .Decide("lea", "1", output: Poll.Before, day: "2026-11-03")
        );

        Assert.Equal("a", Assert.Single(seen.Votes).Grader.Id.Value);
        Assert.Equal(4, Assert.Single(seen.Decisions).Grade.Scores[0]);
    }

    [Fact]
    public void An_output_that_is_not_there_has_none() => Assert.Null(Seen(new Poll().Output("two")));

    private static SideBySide Of(Poll poll) => Seen(poll)!;

    private static SideBySide? Seen(Poll poll)
    {
        var workspace = poll.Workspace();
        return SideBySide.Of(
            Ballot.Of(workspace),
            Adjudication.Of(workspace),
            workspace.Benchmark,
            new(ChallengeId.Parse("bars"), ModelId.Parse("one"))
        );
    }
}
