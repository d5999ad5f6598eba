using Concord.Pipeline.GitHub;

namespace Concord.Tests.GitHub;

/// <summary>One comment that stays, labels that come and go, and the line beside a commit.</summary>
public sealed class CommentAndLabelTests : GitHubTests
{
    private const string Marker = "concord:check";

    /// <summary>With a pull request that is open.</summary>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using var session = GitHubSession.With(Fake);
        await session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);
        Fake.Calls.Clear();
    }

    [Fact]
    public async Task The_comment_is_written_once_and_then_changed()
    {
        var comments = await Session.Client.CommentsOfAsync(GitHubSession.Bench, Cancellation);

        var first = await comments.PutAsync(1, Marker, "Alpha is 0.71.", Cancellation);
        var second = await comments.PutAsync(1, Marker, "Alpha is 0.73.", Cancellation);
        await comments.PutAsync(1, Marker, "Alpha is 0.73.", Cancellation);
        await comments.PutAsync(1, "concord:other", "Another.", Cancellation);

        Assert.Equal(first.Id, second.Id);
        Assert.True(first.Id > int.MaxValue);
        Assert.Equal(
            ["<!-- concord:check -->\nAlpha is 0.73.", "<!-- concord:other -->\nAnother."],
            Bench.Pulls[0].Comments.Select(c => c.Body)
        );
        Assert.Single(Fake.Calls, c => c.Id == "issues/update-comment");
    }

    [Fact]
    public async Task It_is_found_on_the_third_page()
    {
        var other = Fake.AddAccount("talker");
        var own = Fake.AddAccount("grader-a", GitHubSession.Token);
        for (var i = 0; i < 230; i++)
            Bench
                .Pulls[0]
                .Comments.Add(new(i + 1, i == 222 ? own : other) { Body = i == 222 ? $"<!-- {Marker} -->\nold" : "Nice." });
        var comments = await Session.Client.CommentsOfAsync(GitHubSession.Bench, Cancellation);

        var put = await comments.PutAsync(1, Marker, "new", Cancellation);

        Assert.Equal(223, put.Id);
        Assert.Equal(230, Bench.Pulls[0].Comments.Count);
        Assert.Equal(3, Fake.Calls.Count(c => c.Id == "issues/list-comments"));
    }

    [Theory]
    [InlineData(GitHubSession.Token, "grader-a")]
    [InlineData(GitHubSession.AppToken, "github-actions[bot]")]
    public async Task The_marker_in_somebody_elses_comment_does_not_count(string token, string own)
    {
        using var session = GitHubSession.With(Fake, token);
        Bench.Pulls[0].Comments.Add(new(5, Fake.AddAccount("impostor")) { Body = $"<!-- {Marker} -->\nEverything is fine." });
        Bench.Pulls[0].Comments.Add(new(6, Bench.Pulls[0].Author) { Body = $"I quote <!-- {Marker} -->" });
        var comments = await session.Client.CommentsOfAsync(GitHubSession.Bench, Cancellation);

        await comments.PutAsync(1, Marker, "one", Cancellation);
        await comments.PutAsync(1, Marker, "two", Cancellation);

        Assert.Equal(3, Bench.Pulls[0].Comments.Count);
        Assert.Equal(
            (own, $"<!-- {Marker} -->\ntwo"),
            (Bench.Pulls[0].Comments[2].Author.Login, Bench.Pulls[0].Comments[2].Body)
        );
    }

    [Fact]
    public async Task A_comment_whose_answer_was_lost_is_not_written_twice()
    {
        Fake.Break(new(c => c.Id == "issues/create-comment", PullRequestTests.Cut) { AfterDoing = true });
        var comments = await Session.Client.CommentsOfAsync(GitHubSession.Bench, Cancellation);

        await comments.PutAsync(1, Marker, "Here.", Cancellation);

        Assert.Single(Bench.Pulls[0].Comments);
        Assert.Single(Fake.Calls, c => c.Id == "issues/create-comment");
    }

    [Fact]
    public async Task Where_issues_are_disabled_it_is_said_what_enables_comments()
    {
        Bench.HasIssues = false;
        var comments = await Session.Client.CommentsOfAsync(GitHubSession.Bench, Cancellation);

        var problem = await GitHubSession.FailAsync(() => comments.PutAsync(1, Marker, "Here.", Cancellation));

        Assert.Contains("enable them", problem.Mend);
    }

    [Fact]
    public async Task Labels_are_made_given_and_taken_and_others_stay()
    {
        var labels = Session.Client.LabelsOf(GitHubSession.Bench);
        Bench.Labels["grades"] = ("112233", "As the maintainers like it");
        Bench.Pulls[0].Labels.AddRange(["urgent", "Needs-Another-Grader"]);

        await labels.EnsureAsync(new("grades") { Color = "0e8a16" }, Cancellation);
        await labels.EnsureAsync(new("needs another/grader?") { Color = "fbca04", Description = "Wants eyes" }, Cancellation);
        for (var i = 0; i < 2; i++)
            await labels.SetAsync(1, ["grades", "needs another/grader?"], ["needs-another-grader", "gone"], Cancellation);

        Assert.Equal(["urgent", "grades", "needs another/grader?"], Bench.Pulls[0].Labels);
        Assert.Equal(("112233", "As the maintainers like it"), Bench.Labels["grades"]);
        Assert.Equal(("fbca04", "Wants eyes"), Bench.Labels["needs another/grader?"]);
        Assert.Single(Fake.Calls, c => c.Id == "issues/add-labels");
        Assert.Single(Fake.Calls, c => c.Id == "issues/remove-label");
        Assert.Equal("needs another/grader?", (await labels.ListAsync(1, Cancellation))[^1].Name);
    }

    [Fact]
    public async Task A_label_that_another_run_made_at_that_moment_is_there_and_all_is_well()
    {
        Bench.Labels["grades"] = ("112233", null);
        Fake.Refuse("issues/get-label", "404-not-found");

        await Session.Client.LabelsOf(GitHubSession.Bench).EnsureAsync(new("grades"), Cancellation);

        Assert.Contains(Fake.Calls, c => c.Id == "issues/create-label");
    }

    [Fact]
    public async Task The_status_of_a_commit_is_set_and_its_line_is_cut()
    {
        using var session = GitHubSession.With(Fake, GitHubSession.AppToken);
        Fake.Break(new(c => c.Id == "repos/create-commit-status", PullRequestTests.Cut));

        await session.Client.SetStatusAsync(
            GitHubSession.Bench,
            new('2', 40),
            new(CommitState.Failure, "concord/check", new('x', 300)) { Target = new("https://github.example/run/1") },
            Cancellation
        );

        var status = Assert.Single(Bench.Statuses);
        Assert.Equal(("concord/check", "failure", 140), (status.Context, status.State, status.Description!.Length));
        Assert.EndsWith("…", status.Description);
        Assert.Equal("https://github.example/run/1", status.Target);
    }
}
