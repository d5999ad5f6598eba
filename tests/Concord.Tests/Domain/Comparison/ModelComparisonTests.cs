using Concord.Core.Domain;
using Concord.Core.Domain.Comparison;
using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;
using Concord.Tests.Domain.Consensus;

namespace Concord.Tests.Domain.Comparison;

public sealed class ModelComparisonTests
{
    [Fact]
    public void The_unit_is_a_challenge_that_both_have()
    {
        var poll = new Poll()
            .Grades("x", "a", ["5"])
            .Grades("x", "a@2", ["3"])
            .Grades("x", "b", ["3"])
            .Grades("y", "a", ["2"])
            .Grades("y", "b", ["4"])
            .Grades("z", "a", ["0"]);

        var pair = Only(poll, "a", "b");
        Assert.Equal((2, 3, 3.5), (pair.Paired.Pairs, pair.Paired.MeanA, pair.Paired.MeanB));
        Assert.Equal((-0.5, -10), (pair.Paired.Difference.Value, pair.ShareOfScale));
        Assert.Equal(-100 / 7.0, pair.Relative!.Value, 1e-9);
        Assert.Equal(new Tally(1, 0, 1), pair.Challenges);
    }

    [Fact]
    public void Grades_count_where_one_person_graded_both()
    {
        var poll = new Poll()
            .Listed("robot", GraderKind.Model)
            .Grade("ada", "4", "a", "x")
            .Grade("ada", "2", "b", "x")
            .Grade("ben", "5", "a", "x")
            .Grade("cat", "1", "b", "x")
            .Grade("robot", "1", "a", "x")
            .Grade("robot", "5", "b", "x")
            .Grade("ada", "3", "a", "y")
            .Grade("ada", "3", "b", "y");

        Assert.Equal(new Tally(1, 1, 0), Only(poll, "a", "b").Grades);
    }

    [Fact]
    public void Without_a_shared_challenge_it_is_undefined_and_says_so()
    {
        var pair = Only(new Poll().Grades("x", "a", ["5"]).Grades("y", "b", ["5"]), "a", "b");

        Assert.Equal("The two share no challenge on which both have a score.", pair.UndefinedBecause);
        Assert.Equal((null, null, null, null), (pair.Relative, pair.ShareOfScale, pair.AdjustedP, pair.Paired.SignFlip.P));
        Assert.Equal(new Tally(0, 0, 0), pair.Challenges);
    }

    [Fact]
    public void A_mean_of_zero_has_no_percentages()
    {
        var pair = Only(new Poll().Grades("x", "a", ["5"]).Grades("x", "b", ["0"]), "a", "b");

        Assert.Equal((null, 100), (pair.Relative, pair.ShareOfScale));
    }

    [Fact]
    public void A_nominal_criterion_has_no_higher_score()
    {
        var poll = new Poll(Poll.Criterion("kind", 0, MeasurementLevel.Nominal), Poll.Criterion("quality"))
            .Grades("x", "a", ["1 4"])
            .Grades("x", "b", ["2 3"]);

        var comparison = Compare(poll, ["a", "b"], ["overall", "kind", "quality"]);
        Assert.Equal(["overall", "kind", "quality"], comparison.Criteria.Select(c => c.Criterion));
        Assert.Contains("nominal", comparison.Criteria[1].UndefinedBecause, StringComparison.Ordinal);
        Assert.Empty(comparison.Criteria[1].Pairs);
        Assert.All(
            new[] { comparison.Criteria[0], comparison.Criteria[2] },
            c => Assert.Equal(1, c.Pairs[0].Paired.Difference.Value)
        );
    }

    [Fact]
    public void Passes_are_counted_by_the_threshold()
    {
        var poll = new Poll();
        foreach (var (challenge, a, b) in new[] { ("v", "4", "4"), ("w", "4", "3"), ("x", "5", "0"), ("y", "3", "3") })
            poll.Grades(challenge, "a", [a]).Grades(challenge, "b", [b]);

        var passes = Compare(poll, ["a", "b"], pass: 4).Criteria[0].Pairs[0].Passes!;
        Assert.Equal(new PassTable(1, 2, 0, 1), passes);
        Assert.Equal(0.5, passes.Exact.P!.Value, 1e-12);
        Assert.Null(Only(poll, "a", "b").Passes);
    }

    [Fact]
    public void Automatic_checks_are_compared_where_both_have_them()
    {
        var workspace = new Poll().Output("a", "x").Output("b", "x").Output("a", "y").Output("b", "y").Workspace();
        Dictionary<string, CheckResult[]> checks = new()
        {
            ["x by a"] = [new("loads", true, null, ""), new("seconds", null, 2, ""), new("alone", true, null, "")],
            ["x by b"] = [new("loads", false, null, ""), new("seconds", null, 9, "")],
            ["y by a"] = [new("loads", true, null, "")],
            ["y by b"] = [new("loads", true, null, "")],
        };
        workspace = workspace with { Outputs = [.. workspace.Outputs.Select(o => o with { Checks = checks[o.Key.ToString()] })] };

        var comparison = ModelComparison.Of(workspace, ConsensusTables.Of(workspace), Request(["a", "b"], ["overall"]));
        Assert.Equal([("a", "b", new PassTable(1, 1, 0, 0))], comparison.Checks);
    }

    [Fact]
    public void P_values_of_several_pairs_are_adjusted()
    {
        var poll = new Poll();
        for (var i = 0; i < 7; i++)
            poll.Grades($"c{i}", "a", ["5"]).Grades($"c{i}", "b", ["3"]).Grades($"c{i}", "c", ["1"]);

        // Every p is 2 / 2^7.
        Assert.Equal(
            [("a", "b"), ("a", "c"), ("b", "c")],
            Compare(poll, ["a", "b", "c"]).Criteria[0].Pairs.Select(p => (p.A, p.B))
        );
        Assert.All(Compare(poll, ["a", "b", "c"]).Criteria[0].Pairs, p => Assert.Equal(3 / 64.0, p.AdjustedP!.Value, 1e-12));
        Assert.All(
            Compare(poll, ["a", "b", "c"], adjust: Adjustment.None).Criteria[0].Pairs,
            p => Assert.Equal(1 / 64.0, p.AdjustedP!.Value, 1e-12)
        );
    }

    [Fact]
    public void Strengths_are_of_all_rivals_and_undefined_where_one_never_lost()
    {
        var poll = new Poll()
            .Grades("x", "a", ["5", "1"])
            .Grades("x", "b", ["3", "3"])
            .Grades("x", "c", ["1", "5"])
            .Grades("x", "d", ["5", "5"]);

        var open = Compare(poll, ["a", "b"], rivals: ["a", "b", "c"]).Criteria[0].Strengths!;
        Assert.Equal(["a", "b", "c"], open.Items.Select(i => i.Item));
        Assert.All(open.Items, i => Assert.Equal(0, i.LogStrength.Value!.Value, 1e-9));

        var shut = Compare(poll, ["a", "b"], rivals: ["b", "d"]).Criteria[0].Strengths!;
        Assert.StartsWith("d never lost to b", shut.UndefinedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Changing_places_changes_the_sign_and_no_p()
    {
        var poll = new Poll();
        foreach (
            var (i, a, b) in new[] { (0, "5", "3"), (1, "4", "4"), (2, "2", "3"), (3, "5", "1"), (4, "3", "2"), (5, "4", "0") }
        )
            poll.Grades($"c{i}", "a", [a]).Grades($"c{i}", "b", [b]);

        var (ab, ba) = (Only(poll, "a", "b"), Only(poll, "b", "a"));
        Assert.Equal(ab.Paired.Difference.Value, -ba.Paired.Difference.Value);
        Assert.Equal(ab.Paired.Difference.Interval!.Value.Low, -ba.Paired.Difference.Interval!.Value.High);
        Assert.Equal((ab.Paired.SignFlip.P, ab.Paired.Wilcoxon.P), (ba.Paired.SignFlip.P, ba.Paired.Wilcoxon.P));
        Assert.Equal((ab.Challenges.Won, ab.Challenges.Lost), (ba.Challenges.Lost, ba.Challenges.Won));
    }

    private static ModelPair Only(Poll poll, string a, string b) =>
        Assert.Single(Assert.Single(Compare(poll, [a, b]).Criteria).Pairs);

    private static ModelComparison Compare(
        Poll poll,
        string[] models,
        string[]? criteria = null,
        double? pass = null,
        string[]? rivals = null,
        Adjustment adjust = Adjustment.Holm
    ) =>
        ModelComparison.Of(
            poll.Workspace(),
            poll.Tables(),
            Request(models, criteria ?? ["overall"]) with
            {
                Pass = pass,
                Rivals = rivals ?? models,
                Adjust = adjust,
            }
        );

    private static ComparisonRequest Request(string[] models, string[] criteria) =>
        new(models, models, criteria, null, 200, 1, Adjustment.Holm, 0);
}
