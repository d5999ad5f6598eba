using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;

namespace Concord.Tests.Domain.Consensus;

public sealed class ConsensusRowTests
{
    [Fact]
    public void An_even_count_gives_a_half_grade()
    {
        var row = new Poll().Grades("one", "4", "5").Row();

        Assert.Equal((4.5, 4.5, 4.5, 4.0, 5.0, 2), (row.Consensus, row.Median, row.Mean, row.Min, row.Max, row.Graders));
        Assert.Equal(Math.Sqrt(0.5), row.Sd!.Value, 12);
    }

    [Fact]
    public void The_median_is_not_the_mean() => Assert.Equal(5, new Poll().Grades("one", "0", "5", "5").Row().Consensus);

    [Fact]
    public void One_grade_has_no_standard_deviation_and_no_interval()
    {
        var row = new Poll().Grades("one", "4").Row();

        Assert.Equal((4.0, null, null, ""), (row.Consensus, row.Sd, row.Interval, row.IntervalMethod));
    }

    [Fact]
    public void An_output_that_nobody_graded_has_a_row_of_nothing()
    {
        var row = new Poll().Output("one").Row();

        Assert.Equal((0, null, null, null, null, null), (row.Graders, row.Consensus, row.Median, row.Mean, row.Min, row.Max));
        Assert.Equal([Flag.FewGraders], row.Flags);
    }

    [Fact]
    public void Nominal_scores_give_the_mode_and_the_lowest_of_several()
    {
        var row = new Poll(Poll.Criterion("kind", level: MeasurementLevel.Nominal))
            .Grades("one", "5", "2", "5", "2", "0")
            .Row("kind");

        Assert.Equal((2.0, 2.0, null, null), (row.Consensus, row.Median, row.Mean, row.Sd));
        Assert.Empty(row.Flags);
    }

    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void The_interval_of_a_median_exists_from_six_graders(int graders, bool exists)
    {
        var row = new Poll().Grades("one", [.. Enumerable.Range(0, graders).Select(i => $"{i}")]).Row();

        Assert.Equal(exists ? new ConfidenceInterval(0, 5) : null, row.Interval);
        Assert.Equal(exists ? "order-statistic" : "", row.IntervalMethod);
    }

    [Fact]
    public void The_interval_of_a_mean_is_Students_from_three_graders()
    {
        var mean = new ConsensusPolicy(ConsensusMethod.Mean, 2, 0.2, FailedOutputs.Exclude, 0, 1);
        var three = new Poll { Policy = mean }
            .Grades("one", "3", "4", "5")
            .Row();

        Assert.Equal("student-t", three.IntervalMethod);
        // t(.975, 2) = 4.302653, by table.
        Assert.Equal(4 - (4.302653 / Math.Sqrt(3)), three.Interval!.Value.Low, 5);
        Assert.Equal(4 + (4.302653 / Math.Sqrt(3)), three.Interval!.Value.High, 5);
        Assert.Null(
            new Poll { Policy = mean }
                .Grades("one", "3", "4")
                .Row()
                .Interval
        );
    }

    [Fact]
    public void A_trimmed_mean_leaves_out_both_ends()
    {
        var policy = new ConsensusPolicy(ConsensusMethod.Trimmed, 2, 0.2, FailedOutputs.Exclude, 0, 1);

        Assert.Equal(
            4,
            new Poll { Policy = policy }
                .Grades("one", "0", "3", "4", "5", "5")
                .Row()
                .Consensus!.Value,
            12
        );
    }

    [Theory]
    [InlineData(ConsensusMethod.Additive)]
    [InlineData(ConsensusMethod.Laplace)]
    public void Of_names_a_method_of_distances_gives_the_mode(ConsensusMethod method)
    {
        var policy = new ConsensusPolicy(method, 2, 0.2, FailedOutputs.Exclude, 0, 1);
        var poll = new Poll(Poll.Criterion("kind", level: MeasurementLevel.Nominal)) { Policy = policy }
            .Grades("one", "5", "0", "5")
            .Grades("two", "3", "1");

        Assert.Equal((5, null), (poll.Row("kind", "one").Consensus, poll.Row("kind", "one").Interval));
        Assert.Equal(1, poll.Row("kind", "two").Consensus);
        Assert.Equal("", Assert.Single(poll.Tables().RaterModels).Model);
    }

    [Fact]
    public void A_weighted_mean_takes_the_graders_weights()
    {
        var policy = new ConsensusPolicy(ConsensusMethod.Weighted, 2, 0.2, FailedOutputs.Exclude, 0, 1);
        var poll = new Poll { Policy = policy }
            .Listed("a", weight: 3)
            .Grades("one", "5", "1");

        Assert.Equal(4, poll.Row().Consensus!.Value, 12);
        Assert.Equal([3, 1], poll.Tables().Graders.Select(g => g.Weight));
    }

    [Fact]
    public void The_overall_weighs_the_criteria()
    {
        var row = new Poll(Poll.Criterion("x", 3), Poll.Criterion("y", 1)).Grades("one", "4 0", "2 4").Row("overall");

        Assert.Equal((0.75 * 3) + (0.25 * 2), row.Consensus!.Value, 12);
        Assert.Equal((2, 2.5, 3.0), (row.Graders, row.Min!.Value, row.Max!.Value));
    }

    [Fact]
    public void The_overall_exists_only_where_every_weighted_criterion_has_a_consensus()
    {
        var poll = new Poll(Poll.Criterion("x"), Poll.Criterion("y")).Grades("one", "4 -", "2 -");

        Assert.Equal((3.0, null, 0), (poll.Row("x").Consensus, poll.Row("overall").Consensus, poll.Row("overall").Graders));
        Assert.Null(Assert.Single(poll.Tables().Results).Rank);
    }

    [Fact]
    public void A_criterion_without_weight_is_left_out_of_the_overall()
    {
        var row = new Poll(Poll.Criterion("x"), Poll.Criterion("y", 0)).Grades("one", "4 -", "2 1").Row("overall");

        Assert.Equal((3.0, 2), (row.Consensus, row.Graders));
    }

    [Fact]
    public void Graders_who_scored_different_criteria_make_an_overall_together()
    {
        var row = new Poll(Poll.Criterion("x"), Poll.Criterion("y")).Grades("one", "4 -", "- 2").Row("overall");

        Assert.Equal((3.0, 0, null), (row.Consensus, row.Graders, row.Median));
    }

    [Fact]
    public void Ties_share_the_lowest_rank_within_their_challenge()
    {
        var poll = new Poll()
            .Grades("a", "5")
            .Grades("b", "3")
            .Grades("c", "5")
            .Grades("d", "1")
            .Output("e")
            .Grades("lines", "d", ["2"]);

        Assert.Equal(
            ["bars a 1", "bars c 1", "bars b 3", "bars d 4", "bars e ", "lines d 1"],
            poll.Tables().Results.Select(r => $"{r.Key.Challenge} {r.Key.Model} {r.Rank}")
        );
    }
}
