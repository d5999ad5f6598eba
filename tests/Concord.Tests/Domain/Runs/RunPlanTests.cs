using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Replies;
using Concord.Core.Domain.Runs;

namespace Concord.Tests.Domain.Runs;

public sealed class RunPlanTests
{
    [Fact]
    public void Rounds_of_samples_come_one_after_the_other()
    {
        var plan = RunPlan.Of(
            [Given.Challenge("b"), Given.Challenge("a")],
            [Given.Model("lab/y"), Given.Model("lab/x")],
            2,
            Shard.All,
            _ => null
        );

        Assert.Equal(
            ["a lab/x", "a lab/y", "b lab/x", "b lab/y", "a lab/x@2", "a lab/y@2", "b lab/x@2", "b lab/y@2"],
            plan.Select(p => $"{p.Key.Challenge} {p.Key.Model}")
        );
        Assert.All(plan, p => Assert.True(p.IsToAsk));
    }

    [Theory]
    [InlineData(null, null, null, OutputState.Kept)]
    [InlineData(null, null, "d0", OutputState.Kept)]
    [InlineData("r1", null, "d1", OutputState.Done)]
    [InlineData("r1", null, null, OutputState.Done)]
    [InlineData("r1", null, "d0", OutputState.Outdated)]
    [InlineData("r1", "refused", "d1", OutputState.Failed)]
    [InlineData("r1", "refused", "d0", OutputState.Outdated)]
    public void Only_what_a_run_made_of_another_challenge_is_outdated(
        string? run,
        string? failure,
        string? digest,
        OutputState state
    )
    {
        var key = new OutputKey(ChallengeId.Parse("a"), ModelId.Parse("lab/x"));

        Assert.Equal(state, RunPlan.State(new(key, run, failure, digest), "d1"));
    }

    [Theory]
    [InlineData("1/1", true)]
    [InlineData("3/3", true)]
    [InlineData("0/3", false)]
    [InlineData("4/3", false)]
    [InlineData("1/0", false)]
    [InlineData("-1/3", false)]
    [InlineData("1", false)]
    [InlineData("1/3/5", false)]
    [InlineData("1/1001", false)]
    public void A_shard_is_a_part_of_a_whole(string text, bool valid) => Assert.Equal(valid, Shard.TryParse(text, out _));

    [Fact]
    public void Every_output_is_in_one_shard_of_several_and_shards_are_about_equal()
    {
        OutputKey[] keys =
        [
            .. Enumerable.Range(0, 1000).Select(i => new OutputKey(ChallengeId.Parse($"c{i}"), ModelId.Parse("lab/x"))),
        ];
        var sizes = new List<int>();
        foreach (var key in keys)
            Assert.Single(Enumerable.Range(1, 4), i => Parsed($"{i}/4").Holds(key));
        for (var i = 1; i <= 4; i++)
            sizes.Add(keys.Count(Parsed($"{i}/4").Holds));
        Assert.All(sizes, s => Assert.InRange(s, 200, 300));
        Assert.True(Shard.All.Holds(keys[0]) && default(Shard).Holds(keys[0]));
    }

    [Fact]
    public void A_reply_goes_over_the_starter_files_and_leaves_protected_ones()
    {
        var answer = AnswerFiles.Of(
            [Starter("data.csv", "1"), Starter("index.html", "old"), Starter("Tests/a.js", "test")],
            new([], ["Data.csv", "tests/"]),
            Reply(("INDEX.html", "new"), ("data.csv", "2"), ("tests/a.js", "hacked"))
        );

        Assert.Equal(
            ["INDEX.html new\n", "Tests/a.js test", "data.csv 1"],
            answer.Files.Select(f => $"{f.Path} {Encoding.UTF8.GetString(f.Bytes.Span)}")
        );
    }

    [Fact]
    public void A_reply_of_protected_files_only_is_a_failure()
    {
        var answer = AnswerFiles.Of([Starter("data.csv", "1")], new([], ["data.csv"]), Reply(("data.csv", "2")));

        Assert.Empty(answer.Files);
        Assert.NotNull(answer.Failure);
    }

    [Fact]
    public void A_file_cannot_be_a_starters_folder() =>
        Assert.Equal(
            "The reply needs 'data.js' both as a file and as the folder of 'data.js/x.csv'.",
            AnswerFiles.Of([Starter("data.js/x.csv", "1")], ChallengeFiles.None, Reply(("data.js", "2"))).Failure
        );

    [Fact]
    public void Costs_are_by_the_million()
    {
        Assert.Equal(0.0105, new TokenPrice(3, 15).Of(1000, 500), 12);
        Assert.Equal(0.25, new TokenUsage(1, 1) { ReportedCost = 0.25 }.Cost(new(3, 15)));
        Assert.Null(new TokenUsage(1, 1).Cost(null));
        Assert.Equal(1000, TokenEstimate.OfOutput(new Dictionary<string, string> { ["max_tokens"] = "1000" }));
        Assert.Equal(TokenEstimate.UnlimitedOutput, TokenEstimate.OfOutput(new Dictionary<string, string>()));
        Assert.Equal(16 + 2, TokenEstimate.OfInput([new("user", "abcd")]));
    }

    private static StarterFile Starter(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static Reply Reply(params (string Path, string Text)[] files) =>
        ReplyFiles.Parse(string.Concat(files.Select(f => $"**{f.Path}**\n\n```\n{f.Text}\n```\n\n")));

    private static Shard Parsed(string text) => Shard.TryParse(text, out var shard) ? shard : throw new FormatException(text);
}
