using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;

namespace Concord.Tests.Domain.Consensus;

/// <summary>Three people should grade each output of a <see cref="Poll"/>, and two make no flag.</summary>
public sealed class GradingQueueTests
{
    [Fact]
    public void Rows_of_review_csv_come_first_in_its_order_then_outputs_that_lack_graders()
    {
        var poll = new Poll()
            .Grades("wide", "0", "5")
            .Grades("wider", "0", "5", "5")
            .Grades("fine", "4", "4")
            .Grades("done", "4", "4", "4")
            .Output("new")
            .Output("also-new")
            .Output("failed", failure: "timeout");
        var tables = poll.Tables();

        var rows = GradingQueue.Rows(tables, poll.Workspace().Benchmark);

        Assert.Equal(tables.Review.Select(r => r.Row.Key), rows.Take(2).Select(r => r.Key));
        Assert.Equal(
            [
                "bars by also-new: nobody has graded it",
                "bars by new: nobody has graded it",
                "bars by fine: 2 of 3 graders who should overlap",
            ],
            rows.Skip(2).Select(r => $"{r.Key}: {string.Join("; ", r.Reasons)}")
        );
        Assert.Equal(Enumerable.Range(1, 5), rows.Select(r => r.Rank));
        Assert.Equal(["quality", "quality", null, null, null], rows.Select(r => r.Criterion?.Value));
        Assert.Equal([0, 0, 2], rows.Skip(2).Select(r => r.Graders));
    }

    [Fact]
    public void Lacking_outputs_are_ordered_by_challenge_before_model()
    {
        var poll = new Poll().Output("b", "one").Output("a", "two").Output("c", "one");

        Assert.Equal(["one by b", "one by c", "two by a"], Keys(poll));
    }

    [Fact]
    public void Ungraded_lists_every_output_that_lacks_graders_and_no_review_row()
    {
        var poll = new Poll().Grades("wide", "0", "5").Grades("done", "0", "5", "5").Output("new");

        Assert.Equal(["bars by wide", "bars by done", "bars by new"], Keys(poll));
        Assert.Equal(["bars by new", "bars by wide"], Keys(poll, ungraded: true));
    }

    [Fact]
    public void An_output_graded_before_its_files_changed_says_so()
    {
        var poll = new Poll().Grade("a", "4", output: Poll.Before);

        var row = Assert.Single(Rows(poll, ungraded: true));

        Assert.Equal((0, "nobody has graded its present files"), (row.Graders, Assert.Single(row.Reasons)));
    }

    [Fact]
    public void Models_who_grade_do_not_fill_the_overlap()
    {
        var poll = new Poll().Listed("c", GraderKind.Model).Grades("one", "4", "4", "4");

        Assert.Equal(2, Assert.Single(Rows(poll)).Graders);
    }

    [Fact]
    public void What_a_grader_has_scored_is_left_out_for_that_grader_alone()
    {
        var poll = new Poll(Poll.Criterion("x"), Poll.Criterion("y"))
            .Grade("ada", "0 -", "wide")
            .Grade("ben", "5 0", "wide")
            .Grade("cyn", "5 5", "wide")
            .Grade("ada", "4 4", "lacking")
            .Grade("ben", "4 4", "lacking");

        string[] Of(string grader) =>
            [.. Rows(poll, GraderId.Parse(grader)).Select(r => $"{r.Key.Model} {r.Criterion}".TrimEnd())];

        Assert.Equal(["wide y"], Of("ada"));
        Assert.Equal([], Of("ben"));
        Assert.Equal(["lacking"], Of("cyn"));
        Assert.Equal(["wide y", "wide x", "lacking"], Of("dan"));
    }

    [Fact]
    public void A_grade_of_earlier_files_or_a_skipped_one_leaves_the_output_in_the_queue()
    {
        var poll = new Poll()
            .Grade("ada", "4", "changed", output: Poll.Before)
            .Grade("ada", "-", "skipped", status: GradeStatus.Skipped);

        Assert.Equal(["bars by changed", "bars by skipped"], Keys(poll, GraderId.Parse("ada")));
    }

    [Fact]
    public void Nothing_has_no_queue() => Assert.Empty(Rows(new Poll()));

    private static IReadOnlyList<QueueRow> Rows(Poll poll, GraderId? grader = null, bool ungraded = false) =>
        GradingQueue.Rows(poll.Tables(), poll.Workspace().Benchmark, grader, ungraded);

    private static string[] Keys(Poll poll, GraderId? grader = null, bool ungraded = false) =>
        [.. Rows(poll, grader, ungraded).Select(r => r.Key.ToString())];
}
