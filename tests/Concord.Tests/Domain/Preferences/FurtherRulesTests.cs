using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

/// <summary>The rules that are no part of the defaults.</summary>
public sealed class FurtherRulesTests
{
    private static (string[] Pairs, PairReport Report) Select(PairRules rules, params Candidate[] candidates)
    {
        var (pairs, report) = PairSelection.Select(candidates, rules);
        return (Given.Names(pairs), report);
    }

    [Fact]
    public void None_of_them_is_a_default()
    {
        var rules = new PairRules();
        Assert.Equal(
            (0.0, ConfidenceMethod.Beta11, 0.0, 0.0, false),
            (rules.MinConfidence, rules.Confidence, rules.MaxLengthRatio, rules.MaxModelShare, rules.OpenWeightsOnly)
        );
    }

    [Fact]
    public void A_pair_on_the_limit_of_confidence_is_sure_enough_and_one_below_is_not()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5, graders: "ann bob cat"), // 4/5 against c, 3/4 against b
            Given.Candidate("b", 4, graders: "ann bob"),
            Given.Candidate("c", 3, graders: "ann bob cat"), // b against c: 3/4
        ];
        var (pairs, report) = Select(Given.NoLimits with { MinConfidence = 0.8 }, outputs);
        Assert.Equal(["a > c"], pairs);
        Assert.Equal(new RuleCount(PairRule.MinConfidence, 3, 2), report.Counts.Single(c => c.Rule == PairRule.MinConfidence));
        Assert.Equal(3, Select(Given.NoLimits with { MinConfidence = 0.75 }, outputs).Pairs.Length);
    }

    [Fact]
    public void An_undefined_confidence_is_enough_only_without_a_limit()
    {
        Candidate[] outputs = [Given.Candidate("a", 5, graders: "ann"), Given.Candidate("b", 4, graders: "ann")];
        var rules = Given.NoLimits with { Confidence = ConfidenceMethod.Bootstrap };
        Assert.Single(Select(rules, outputs).Pairs);
        var (pairs, report) = Select(rules with { MinConfidence = 0.1 }, outputs);
        Assert.Empty(pairs);
        Assert.Equal(PairRule.MinConfidence, report.EmptiedBy);
        Assert.Equal(rules, report.Nearest);
    }

    [Fact]
    public void A_text_may_be_as_many_times_longer_as_the_limit_says_on_either_side()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5, text: new('a', 20)),
            Given.Candidate("b", 4, text: new('b', 40)),
            Given.Candidate("c", 3, text: new('c', 19)),
        ];
        var (pairs, report) = Select(Given.NoLimits with { MaxLengthRatio = 2 }, outputs);
        Assert.Equal(["a > b", "a > c"], pairs);
        Assert.Equal(1, report.Removed(PairRule.LengthRatio));
        Assert.Equal(["a > c"], Select(Given.NoLimits with { MaxLengthRatio = 1.99 }, outputs).Pairs);
    }

    [Fact]
    public void An_output_without_a_text_takes_no_part_under_any_rules()
    {
        Candidate[] outputs = [Given.Candidate("a", 5, text: "x"), Given.Candidate("b", 4, text: "")];
        var (pairs, report) = Select(Given.NoLimits, outputs);
        Assert.Empty(pairs);
        Assert.Equal((PairRule.Empty, null), (report.EmptiedBy, report.Nearest));
        Assert.Equal(1, report.Removed(PairRule.Empty));
    }

    [Fact]
    public void An_output_without_an_open_licence_takes_no_part_not_even_as_the_best()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5) with
            {
                License = "proprietary",
            },
            Given.Candidate("b", 4) with
            {
                License = "apache-2.0",
            },
            Given.Candidate("c", 3), // unknown
            Given.Candidate("d", 2) with
            {
                License = "MIT",
            },
        ];
        var rules = Given.NoLimits with { Strategy = PairStrategy.BestVsRest };
        Assert.Equal(3, Select(rules, outputs).Pairs.Length);
        var (pairs, report) = Select(rules with { OpenWeightsOnly = true }, outputs);
        Assert.Equal(["b > d"], pairs);
        Assert.Equal(new RuleCount(PairRule.OpenWeights, 4, 2), report.Counts[1]);
    }

    [Theory]
    [InlineData("MIT", true)]
    [InlineData("mit", true)]
    [InlineData("Apache-2.0", true)]
    [InlineData("llama3.1", true)]
    [InlineData("open-weights", true)]
    [InlineData("llama2", false)]
    [InlineData("llama3", false)]
    [InlineData("cc-by-nc-4.0", false)]
    [InlineData("proprietary", false)]
    [InlineData("other", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_unknown_licence_is_not_open(string? license, bool open) => Assert.Equal(open, OpenLicense.Is(license));

    [Fact]
    public void Where_licences_leave_too_few_outputs_they_are_to_blame_and_where_votes_do_these_are()
    {
        Candidate[] outputs = [Given.Candidate("a", 5) with { License = "MIT" }, Given.Candidate("b", 4)];
        var rules = Given.NoLimits with { OpenWeightsOnly = true };
        var report = Select(rules, outputs).Report;
        Assert.Equal(PairRule.OpenWeights, report.EmptiedBy);
        Assert.Equal(Given.NoLimits, report.Nearest);
        Assert.Equal(PairRule.Votes, Select(rules with { MinVotes = 3 }, outputs).Report.EmptiedBy);
    }

    [Fact]
    public void Fewer_votes_are_nearer_than_a_licence_that_is_not_open()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5) with
            {
                License = "MIT",
            },
            Given.Candidate("b", 4, graders: "ann") with
            {
                License = "MIT",
            },
            Given.Candidate("c", 3),
        ];
        var rules = Given.NoLimits with { OpenWeightsOnly = true, MinVotes = 2 };
        Assert.Equal(rules with { MinVotes = 1 }, Select(rules, outputs).Report.Nearest);
    }

    [Fact]
    public void The_nearest_confidence_is_cut_and_the_nearest_length_ratio_raised_to_hundredths()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5, graders: "ann bob cat dan", text: new('a', 30)), // 5/6 = 0.8333
            Given.Candidate("b", 4, graders: "ann bob cat dan", text: new('b', 70)), // 7/3 = 2.3333
        ];
        var sure = Given.NoLimits with { MinConfidence = 0.9 };
        Assert.Equal(sure with { MinConfidence = 0.83 }, Select(sure, outputs).Report.Nearest);
        var alike = Given.NoLimits with { MaxLengthRatio = 2 };
        Assert.Equal(PairRule.LengthRatio, Select(alike, outputs).Report.EmptiedBy);
        Assert.Equal(alike with { MaxLengthRatio = 2.34 }, Select(alike, outputs).Report.Nearest);
    }

    [Fact]
    public void The_same_pair_in_another_challenge_is_a_duplicate_only_where_the_same_was_asked()
    {
        Candidate[] Of(string challenge, string? prompt) =>
            [
                Given.Candidate("a", 5, text: "one", challenge: challenge) with
                {
                    Prompt = prompt,
                },
                Given.Candidate("b", 4, text: "two", challenge: challenge) with
                {
                    Prompt = prompt,
                },
            ];
        int Removed(string? first, string? second) =>
            Select(Given.NoLimits, [.. Of("bars", first), .. Of("lines", second)]).Report.Removed(PairRule.Duplicates);
        Assert.Equal(1, Removed("draw", "draw"));
        Assert.Equal(0, Removed("draw", "paint"));
        Assert.Equal(0, Removed(null, null));
    }

    [Fact]
    public void A_pair_that_the_cap_left_out_does_not_make_a_duplicate_of_another_challenges()
    {
        Candidate[] Of(string challenge, params (string Model, double Overall, string Text)[] outputs) =>
            [
                .. outputs.Select(o =>
                    Given.Candidate(o.Model, o.Overall, text: o.Text, challenge: challenge) with
                    {
                        Prompt = "draw",
                    }
                ),
            ];
        var (_, report) = Select(
            Given.NoLimits with
            {
                Strategy = PairStrategy.BestVsRest,
                MaxPerPrompt = 1,
            },
            [.. Of("bars", ("a", 5, "one"), ("b", 4, "two"), ("c", 1, "three")), .. Of("lines", ("a", 5, "one"), ("b", 4, "two"))]
        );
        Assert.Equal((2, 0), (report.Pairs, report.Removed(PairRule.Duplicates)));
    }

    [Fact]
    public void Samples_that_say_the_same_make_one_pair_not_two()
    {
        Candidate[] outputs =
        [
            Given.Candidate("a", 5, text: "one") with
            {
                Prompt = "draw",
            },
            Given.Candidate("a@2", 4.5, text: "one") with
            {
                Prompt = "draw",
            },
            Given.Candidate("b", 4, text: "two") with
            {
                Prompt = "draw",
            },
        ];
        var (pairs, report) = Select(Given.NoLimits, outputs);
        Assert.Equal(["a > b"], pairs);
        Assert.Equal(2, report.Removed(PairRule.Duplicates));
    }

    [Theory]
    [InlineData(-0.1, 0, 0)]
    [InlineData(1.1, 0, 0)]
    [InlineData(double.NaN, 0, 0)]
    [InlineData(0, 0.9, 0)]
    [InlineData(0, double.PositiveInfinity, 0)]
    [InlineData(0, 0, 1.01)]
    public void Limits_that_make_no_sense_are_refused(double confidence, double lengthRatio, double modelShare) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new PairRules
            {
                MinConfidence = confidence,
                MaxLengthRatio = lengthRatio,
                MaxModelShare = modelShare,
            }
        );
}
