using Concord.Core.Domain;

namespace Concord.Tests.Domain.Consensus;

public sealed class ModelStandingsTests
{
    [Fact]
    public void Samples_of_a_model_are_one_model_and_average_within_their_challenge()
    {
        var poll = new Poll().Grades("x", "m", ["5"]).Grades("x", "m@2", ["3"]).Grades("x", "m@3", ["1"]).Grades("y", "m", ["5"]);

        var row = Assert.Single(poll.Tables().Models);
        Assert.Equal(("m", 4, 4.0), (row.Model, row.Outputs, row.Overall));
    }

    [Theory]
    [InlineData(FailedOutputs.Exclude, 4.0)]
    [InlineData(FailedOutputs.Minimum, 2.0)]
    public void Failed_outputs_count_as_the_benchmark_says(FailedOutputs failed, double overall)
    {
        var poll = new Poll { Policy = new(ConsensusMethod.Median, 1, 0.2, failed, 0, 1) }
            .Grades("x", "m", ["4"])
            .Output("m", "y", failure: "timed out");

        var row = Assert.Single(poll.Tables().Models);
        Assert.Equal((1, 1, overall, overall), (row.Outputs, row.Failed, row.Overall!.Value, row.Criteria[0]!.Value));
    }

    [Fact]
    public void A_model_that_always_failed_has_no_rank_where_failures_are_excluded()
    {
        var poll = new Poll().Grades("x", "good", ["4"]).Output("broken", "x", failure: "timed out");

        Assert.Equal([("good", 1), ("broken", (int?)null)], poll.Tables().Models.Select(m => (m.Model, m.Rank)));
    }

    [Theory]
    [InlineData(5, "1 to 2", "1 to 2")]
    [InlineData(6, "1 to 1", "2 to 2")]
    public void Ranks_are_apart_only_where_the_challenges_rule_a_tie_out(int challenges, string first, string second)
    {
        // Exact sign-flip test: the least p-value is 2 / 2^n, which is .0625 for five challenges and .03125 for six.
        var poll = new Poll();
        for (var i = 0; i < challenges; i++)
            poll.Grades($"c{i}", "good", ["5"]).Grades($"c{i}", "bad", ["1"]);

        Assert.Equal(
            [$"good 1 {first}", $"bad 2 {second}"],
            poll.Tables().Models.Select(m => $"{m.Model} {m.Rank} {m.RankLow} to {m.RankHigh}")
        );
    }

    [Fact]
    public void A_rank_interval_holds_its_rank_where_the_shared_challenges_say_otherwise()
    {
        // better on all six shared challenges, and worse overall by six of its own.
        var poll = new Poll();
        for (var i = 0; i < 6; i++)
            poll.Grades($"c{i}", "narrow", ["4"]).Grades($"c{i}", "wide", ["5"]).Grades($"d{i}", "wide", ["0"]);

        Assert.Equal(
            ["narrow 1 1 to 2", "wide 2 1 to 2"],
            poll.Tables().Models.Select(m => $"{m.Model} {m.Rank} {m.RankLow} to {m.RankHigh}")
        );
    }

    [Fact]
    public void Models_with_the_same_overall_share_the_lowest_rank()
    {
        var poll = new Poll().Grades("x", "b", ["4"]).Grades("x", "a", ["4"]).Grades("x", "c", ["2"]);

        Assert.Equal([("a", 1), ("b", 1), ("c", 3)], poll.Tables().Models.Select(m => (m.Model, m.Rank ?? 0)));
    }

    [Fact]
    public void An_interval_over_challenges_needs_three()
    {
        var two = new Poll().Grades("x", "m", ["3"]).Grades("y", "m", ["4"]);

        Assert.Null(two.Tables().Models[0].Interval);
        // t(.975, 2) = 4.302653, by table.
        Assert.Equal(4 - (4.302653 / Math.Sqrt(3)), two.Grades("z", "m", ["5"]).Tables().Models[0].Interval!.Value.Low, 5);
    }

    [Fact]
    public void Graders_are_counted_over_all_outputs_of_the_model()
    {
        var poll = new Poll().Grade("ada", "4", "m", "x").Grade("ben", "4", "m@2", "x").Grade("ada", "4", "m", "y");

        Assert.Equal(2, Assert.Single(poll.Tables().Models).Graders);
    }
}
