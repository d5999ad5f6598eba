using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;

namespace Concord.Tests.Domain.Consensus;

public sealed class FlagTests
{
    [Theory]
    [InlineData("1", "4", true)]
    [InlineData("1", "3", false)]
    public void The_range_flag_is_at_sixty_percent_of_the_scale(string low, string high, bool flagged) =>
        Assert.Equal(flagged, new Poll().Grades("one", low, high).Row().Flags.Contains(Flag.Range));

    [Theory]
    [InlineData("0.1", "0.7", true)]
    [InlineData("0.1", "0.6", false)]
    public void The_range_flag_bears_steps_that_do_not_add_up_exactly(string low, string high, bool flagged) =>
        Assert.Equal(
            flagged,
            new Poll(Poll.Criterion("quality", max: 1, step: 0.1)).Grades("one", low, high).Row().Flags.Contains(Flag.Range)
        );

    [Fact]
    public void The_range_flag_follows_the_benchmark()
    {
        var poll = new Poll { Flags = new(1, 0.35) }.Grades("one", "3", "4");

        Assert.Equal([Flag.Range], poll.Row().Flags);
    }

    [Theory]
    [InlineData("1 1 3 3", true)]
    [InlineData("1 1 3", false)]
    [InlineData("1 1 2 2", false)]
    [InlineData("1 1 3 3 2", true)]
    [InlineData("1 1 1 3", false)]
    public void Two_camps_two_steps_apart_are_bimodal(string scores, bool flagged) =>
        Assert.Equal(flagged, new Poll().Grades("one", scores.Split(' ')).Row().Flags.Contains(Flag.Bimodal));

    [Theory]
    [InlineData(11, MeasurementLevel.Ordinal, "laplace")]
    [InlineData(12, MeasurementLevel.Ordinal, "")]
    [InlineData(12, MeasurementLevel.Nominal, "one-coin")]
    public void On_fine_scales_no_rater_model_is_fitted_unasked(int scores, MeasurementLevel level, string model)
    {
        var poll = new Poll(Poll.Criterion("quality", level: level, max: 20));
        for (var i = 0; i < 40; i++)
            poll.Grades($"c{i}", "one", [$"{i % scores}", $"{i % scores}", $"{i / 3 % scores}"]);

        var tables = poll.Tables();
        var note = Assert.Single(tables.RaterModels);
        Assert.Equal((model, model.Length == 0), (note.Model, note.NoneBecause is not null));
        Assert.Equal(model.Length == 0, tables.Consensus.All(r => r.ExpectedLoss is null));
    }

    [Fact]
    public void Few_graders_are_counted_by_criterion()
    {
        var poll = new Poll(Poll.Criterion("x"), Poll.Criterion("y")).Grades("one", "4 4", "4 -");

        Assert.Equal((false, true, true), (Few(poll, "x"), Few(poll, "y"), Few(poll, "overall")));
    }

    [Fact]
    public void An_output_of_an_earlier_challenge_is_outdated()
    {
        var poll = new Poll().Output("one", digest: "dddddddddddd").Output("two", digest: "cccccccccccc").Output("three");

        Assert.Equal((true, false, false), (Outdated(poll, "one"), Outdated(poll, "two"), Outdated(poll, "three")));
    }

    [Fact]
    public void A_graders_flag_is_an_outputs_flag()
    {
        var poll = new Poll().Grade("ada", "4", status: GradeStatus.Flagged).Grade("ben", "4");

        Assert.Equal([Flag.GraderFlagged], poll.Row().Flags);
        Assert.Equal(["flagged by ada"], poll.Tables().Review[0].Reasons);
    }

    [Fact]
    public void Flags_stand_in_a_fixed_order_and_once()
    {
        var poll = new Poll { Policy = new(ConsensusMethod.Median, 5, 0.2, FailedOutputs.Exclude, 0, 1) }
            .Output("one", digest: "dddddddddddd")
            .Grades("one", "0", "0", "5", "5")
            .Grade("e", "1", output: Poll.Before);

        Assert.Equal([Flag.FewGraders, Flag.Range, Flag.Bimodal, Flag.Stale, Flag.Outdated], poll.Row().Flags);
        Assert.Equal(poll.Row().Flags, poll.Tables().Results[0].Flags);
    }

    [Fact]
    public void The_review_queue_begins_with_the_widest_range_then_the_largest_spread_then_the_fewest_graders()
    {
        var poll = new Poll { Policy = new(ConsensusMethod.Median, 3, 0.2, FailedOutputs.Exclude, 0, 1) }
            .Grades("few", "4")
            .Grades("wide", "0", "5", "5")
            .Grades("camps", "1", "1", "4", "4")
            .Grades("apart", "1", "4", "4")
            .Grades("agreed", "4", "4", "4")
            .Grades("pair", "4", "4")
            .Output("nobody");

        Assert.Equal(
            ["1 wide", "2 apart", "3 camps", "4 few", "5 pair"],
            poll.Tables().Review.Select(r => $"{r.Rank} {r.Row.Key.Model}")
        );
        Assert.Equal(["scores from 0 to 5: range 5 reaches 3"], poll.Tables().Review[0].Reasons);
        Assert.Equal(["1 of 3 graders"], poll.Tables().Review[3].Reasons);
    }

    [Fact]
    public void Ranges_are_compared_as_shares_of_their_scales()
    {
        var poll = new Poll(Poll.Criterion("big", max: 100), Poll.Criterion("small", max: 1, step: 0.1)).Grades(
            "one",
            "0 0",
            "60 1"
        );

        Assert.Equal(["small", "big"], poll.Tables().Review.Select(r => r.Row.Criterion));
    }

    [Fact]
    public void Nominal_scores_have_no_range() =>
        Assert.Empty(
            new Poll(Poll.Criterion("kind", level: MeasurementLevel.Nominal)).Grades("one", "0", "5", "0", "5").Row("kind").Flags
        );

    private static bool Few(Poll poll, string criterion) => poll.Row(criterion).Flags.Contains(Flag.FewGraders);

    private static bool Outdated(Poll poll, string model) => poll.Row(model: model).Flags.Contains(Flag.Outdated);
}
