using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.Tests.Domain.Consensus;

public sealed class BallotTests
{
    [Fact]
    public void The_later_grade_of_the_same_grader_wins_whatever_its_file()
    {
        var poll = new Poll().Grade("ada", "5", minute: 9, day: "2026-11-02").Grade("ada", "1", minute: 3, day: "2026-11-03");

        Assert.Equal([5], Votes(poll));
        Assert.Equal((2, 1), (Of(poll).Graded, Of(poll).Superseded));
    }

    [Fact]
    public void At_the_same_moment_the_later_file_name_wins()
    {
        var poll = new Poll().Grade("ada", "1", day: "2026-11-03").Grade("ada", "5", day: "2026-11-02");

        Assert.Equal([1], Votes(poll));
    }

    [Fact]
    public void A_skipped_row_erases_nothing()
    {
        var poll = new Poll().Grade("ada", "4").Grade("ada", "-", status: GradeStatus.Skipped, minute: 9, day: "2026-11-03");

        Assert.Equal([4], Votes(poll));
        Assert.Equal((1, 1, 0), (Of(poll).Graded, Of(poll).Skipped, Of(poll).Superseded));
    }

    [Fact]
    public void A_stale_grade_is_kept_apart()
    {
        var poll = new Poll().Grade("ada", "4", output: Poll.Before).Grade("ben", "2");

        Assert.Equal([2], Votes(poll));
        Assert.Equal(1, Of(poll).Stale);
        Assert.Contains(Flag.Stale, poll.Row().Flags);
    }

    [Fact]
    public void A_stale_grade_counts_where_it_is_asked_for_and_no_newer_one_is_given()
    {
        var poll = new Poll()
            .Grade("ada", "4", output: Poll.Before)
            .Grade("ben", "1", output: Poll.Before, minute: 9)
            .Grade("ben", "2");

        Assert.Equal([4, 2], Votes(poll, includeStale: true));
    }

    [Fact]
    public void Once_a_grader_has_graded_the_new_files_the_old_grade_asks_for_nothing_more()
    {
        var poll = new Poll().Grade("ada", "4", output: Poll.Before).Grade("ada", "2", day: "2026-11-03").Grade("ben", "2");

        Assert.DoesNotContain(Flag.Stale, poll.Row().Flags);
        Assert.Empty(poll.Tables().Review);
        Assert.Equal(1, Of(poll).Stale);
    }

    [Fact]
    public void An_unlisted_grader_counts_as_human()
    {
        var poll = new Poll().Grade("nobody", "3");

        Assert.Equal([3], Votes(poll));
        Assert.Equal(GraderKind.Human, Assert.Single(Of(poll).Outputs[0].Votes).Grader.Kind);
    }

    [Theory]
    [InlineData(GraderKind.Human, 1)]
    [InlineData(GraderKind.Expert, 1)]
    [InlineData(GraderKind.Model, 0)]
    [InlineData(GraderKind.Automatic, 0)]
    public void Only_people_count(GraderKind kind, int counted)
    {
        var poll = new Poll().Listed("bot", kind).Grade("bot", "5");

        Assert.Equal(counted, Votes(poll).Length);
        Assert.Single(Of(poll).Outputs[0].Votes);
        Assert.Equal(counted, poll.Row().Graders);
        Assert.Equal(1, Assert.Single(poll.Tables().Graders).Graded);
    }

    [Fact]
    public void A_stale_grade_of_a_model_flags_nothing()
    {
        var poll = new Poll().Listed("bot", GraderKind.Model).Grade("bot", "5", output: Poll.Before);

        Assert.DoesNotContain(Flag.Stale, poll.Row().Flags);
    }

    [Fact]
    public void A_grade_of_an_output_that_is_gone_is_counted_as_unknown()
    {
        var poll = new Poll().Grade("ada", "4");
        var workspace = poll.Workspace() with { Outputs = [] };

        Assert.Equal((1, 1), (Ballot.Of(workspace).Graded, Ballot.Of(workspace).Unknown));
    }

    [Fact]
    public void A_failed_output_takes_no_votes() =>
        Assert.Empty(Of(new Poll().Output("one", failure: "timed out").Grade("ada", "4")).Outputs);

    private static Ballot Of(Poll poll) => Ballot.Of(poll.Workspace());

    private static double?[] Votes(Poll poll, bool includeStale = false) =>
        [.. Ballot.Of(poll.Workspace(), includeStale).Outputs[0].Counted.Select(v => v.Grade.Scores[0])];
}
