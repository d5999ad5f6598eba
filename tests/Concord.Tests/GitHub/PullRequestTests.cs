using Concord.Pipeline.GitHub;
using Microsoft.AspNetCore.Http;

namespace Concord.Tests.GitHub;

/// <summary>Pull requests are opened once and kept up to date, whatever happens on the way.</summary>
public sealed class PullRequestTests : GitHubTests
{
    [Fact]
    public async Task The_first_submit_opens_a_pull_request_and_the_second_updates_it()
    {
        var first = await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);
        var second = await Session.Pulls.SubmitAsync(GitHubSession.Wanted("Twenty outputs."), Cancellation);
        var third = await Session.Pulls.SubmitAsync(GitHubSession.Wanted("Twenty outputs."), Cancellation);

        Assert.Equal(PullRequestOutcome.Opened, first.Outcome);
        Assert.Equal(PullRequestOutcome.Updated, second.Outcome);
        Assert.Equal(PullRequestOutcome.Unchanged, third.Outcome);
        var pull = Assert.Single(Bench.Pulls);
        Assert.Equal("Twenty outputs.", pull.Body);
        Assert.Equal(1, third.PullRequest.Number);
        Assert.Equal($"{Fake.Url}/acme/bench/pull/1", third.PullRequest.HtmlUrl);
        Assert.Equal(new string('2', 40), third.PullRequest.Head.Sha);
        Assert.Equal("grader-a", third.PullRequest.User!.Login);
        Assert.Equal(["pulls/list", "pulls/create", "pulls/list", "pulls/update", "pulls/list"], Fake.Calls.Select(c => c.Id));
    }

    [Fact]
    public async Task A_closed_pull_request_is_not_taken_for_the_open_one()
    {
        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);
        Bench.Pulls[0].State = "closed";

        var again = await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);

        Assert.Equal(2, again.PullRequest.Number);
    }

    [Fact]
    public async Task An_existing_one_that_the_list_did_not_show_yet_is_found_and_updated()
    {
        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);
        Fake.Break(new(c => c.Id == "pulls/list", Json("[]")));

        var again = await Session.Pulls.SubmitAsync(GitHubSession.Wanted("More."), Cancellation);

        Assert.Equal(PullRequestOutcome.Updated, again.Outcome);
        Assert.Equal("More.", Assert.Single(Bench.Pulls).Body);
    }

    [Fact]
    public async Task A_fork_is_named_by_its_owner_and_maintainers_may_push_to_it()
    {
        using var session = GitHubSession.With(Fake, GitHubSession.OtherToken);
        Assert.False((await session.Client.RepositoryAsync(GitHubSession.Bench, Cancellation)).CanPush);

        var fork = await session.Client.ForkAsync(GitHubSession.Bench, Cancellation);
        Assert.Equal(("grader-b/bench", true, true), (fork.FullName, fork.Fork, fork.CanPush));
        Assert.Equal("acme/bench", fork.Parent!.FullName);
        Assert.True(RepositoryName.TryParse(fork.FullName, out var head));
        Fake.AddFork(Bench, "grader-c/bench").Branches[GitHubSession.Wanted().Branch] = new('9', 40);
        Head(Fake, "grader-b/bench", new('3', 40));
        var opened = await session.Pulls.SubmitAsync(GitHubSession.Wanted(head: head), Cancellation);
        var found = await session.Pulls.SubmitAsync(GitHubSession.Wanted(head: head), Cancellation);

        Assert.Equal(PullRequestOutcome.Opened, opened.Outcome);
        Assert.Equal(PullRequestOutcome.Unchanged, found.Outcome);
        Assert.True(opened.PullRequest.MaintainerCanModify);
        Assert.Equal("grader-b/bench", opened.PullRequest.Head.Repo!.FullName);
        Assert.Equal("grader-b:grading/grader-a-2026-11-21", Fake.Calls.Single(c => c.Id == "pulls/create").Text("head"));
        // The fork was not there at once.
        Assert.Equal(3, Fake.Calls.Count(c => c.Id == "repos/get" && c.Repository!.Owner == "grader-b"));
    }

    [Fact]
    public async Task A_fork_in_the_same_organisation_is_named_in_full_and_not_mistaken_for_the_repository()
    {
        var fork = Fake.AddFork(Bench, "acme/bench-fork");
        fork.Writers.Add("grader-a");
        fork.Branches["grading/grader-a-2026-11-21"] = new('4', 40);
        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);

        var opened = await Session.Pulls.SubmitAsync(GitHubSession.Wanted(head: new("acme", "bench-fork")), Cancellation);

        Assert.Equal(PullRequestOutcome.Opened, opened.Outcome);
        Assert.Equal("acme/bench-fork", Fake.Calls.Last(c => c.Id == "pulls/create").Text("head_repo"));
        Assert.Equal(2, Bench.Pulls.Count);
    }

    [Fact]
    public async Task A_pull_request_whose_fork_and_author_are_gone_is_read()
    {
        // GitHub's description does not say that they may be null.
        Fake.Break(
            new(
                c => c.Id == "pulls/get",
                Json(
                    """
                    {"number":1,"state":"open","title":"Grades","html_url":"https://github.example/1","user":null,"body":null,
                     "head":{"ref":"x","sha":"1","repo":null,"user":null},"base":{"ref":"main","sha":"2","repo":null}}
                    """
                )
            )
        );

        var pull = await Session.Pulls.GetAsync(1, Cancellation);

        Assert.Null(pull.Head.Repo);
        Assert.Null(pull.User);
        Assert.False(pull.ComesFrom(GitHubSession.Bench, "x"));
    }

    [Fact]
    public async Task A_draft_is_opened_as_one()
    {
        var opened = await Session.Pulls.SubmitAsync(GitHubSession.Wanted() with { Draft = true }, Cancellation);

        Assert.True(opened.PullRequest.Draft);
    }

    [Fact]
    public async Task Who_may_not_open_the_fork_to_maintainers_opens_the_pull_request_without()
    {
        using var session = GitHubSession.With(Fake, GitHubSession.OtherToken);
        Fake.AddFork(Bench, "grader-c/bench").Branches["grading/grader-a-2026-11-21"] = new('5', 40);

        var opened = await session.Pulls.SubmitAsync(GitHubSession.Wanted(head: new("grader-c", "bench")), Cancellation);

        Assert.False(opened.PullRequest.MaintainerCanModify);
        Assert.Equal([true, false], Fake.Calls.Where(c => c.Id == "pulls/create").Select(c => c.Is("maintainer_can_modify")));
    }

    [Theory]
    [InlineData("422-head-invalid", "knows no branch acme:grading/grader-a-2026-11-21", "Push the branch")]
    [InlineData("422-base-invalid", "knows no branch main in acme/bench", "Fetch")]
    [InlineData("422-no-commits", "has nothing that main of acme/bench does not have", "nothing to submit")]
    [InlineData("422-fork-collab", "does not let you give the maintainers", "owner of the fork")]
    [InlineData("422-draft-unsupported", "does not support draft", "without --draft")]
    [InlineData("422-missing-field", "'title' is missing", "Mend what GitHub says")]
    [InlineData("422-errors-as-strings", "Body is too long", "Mend what GitHub says")]
    [InlineData("422-pr-already-exists", "already, and lists none", "again in a minute")]
    public async Task Every_refusal_says_what_and_how_to_mend_it(string refusal, string what, string mend)
    {
        Fake.Refuse("pulls/create", refusal, times: 9);

        var problem = await GitHubSession.FailAsync(() => Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation));

        Assert.Equal("github-invalid", problem.Rule);
        Assert.Contains(what, problem.What);
        Assert.Contains(mend, problem.Mend);
        Assert.Single(Fake.Calls, c => c.Id == "pulls/create");
        Assert.Empty(Bench.Pulls);
    }

    [Fact]
    public async Task Real_refusals_of_the_fake_are_worded_too()
    {
        async Task<string> SaidAsync(NewPullRequest wanted) =>
            (await GitHubSession.FailAsync(() => Session.Pulls.SubmitAsync(wanted, Cancellation))).What;

        Assert.Contains("knows no branch acme:gone", await SaidAsync(GitHubSession.Wanted() with { Branch = "gone" }));
        Assert.Contains("knows no branch gone", await SaidAsync(GitHubSession.Wanted() with { Into = "gone" }));
        Assert.Contains("has nothing that", await SaidAsync(GitHubSession.Wanted() with { Branch = "main" }));
        Bench.RefusesDrafts = true;
        Assert.Contains("draft", await SaidAsync(GitHubSession.Wanted() with { Draft = true }));
        Bench.IsArchived = true;
        Assert.Contains("archived", await SaidAsync(GitHubSession.Wanted()));
    }

    public static TheoryData<string, bool> Doubts =>
        new()
        {
            { "500", true },
            { "500", false },
            { "502", true },
            { "cut", true },
            { "cut", false },
            { "garbage", true },
            { "half", true },
            { "silence", true },
        };

    [Theory]
    [MemberData(nameof(Doubts))]
    public async Task After_doubt_it_is_looked_for_and_never_opened_twice(string how, bool wasDone)
    {
        Fake.Break(
            new(
                c => c.Id == "pulls/create",
                how switch
                {
                    "500" => Status(500, """{"message":"Server Error"}"""),
                    "502" => Status(502, "<html>Unicorn!</html>"),
                    "garbage" => Status(201, "<html>Welcome to the hotel</html>"),
                    "half" => Status(201, """{"number": 1, "state":"""),
                    "silence" => context => Task.Delay(Timeout.Infinite, context.RequestAborted),
                    _ => Cut,
                }
            )
            {
                AfterDoing = wasDone,
            }
        );
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Session.Wire.AnswerPatience = TimeSpan.FromSeconds(how == "silence" ? 0.5 : 30);

        var submitted = await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), enough.Token);

        Assert.Equal(1, submitted.PullRequest.Number);
        Assert.Single(Bench.Pulls);
        Assert.Equal(wasDone ? 1 : 2, Fake.Calls.Count(c => c.Id == "pulls/create"));
        // It was looked for between the two.
        Assert.Equal(2, Fake.Calls.Count(c => c.Id == "pulls/list"));
    }

    [Fact]
    public async Task What_was_opened_by_the_last_attempt_is_found_too()
    {
        Fake.Break(new(c => c.Id == "pulls/create", Status(500, "{}")) { Times = GitHubWire.Attempts - 1 });
        Fake.Break(new(c => c.Id == "pulls/create", Status(500, "{}")) { AfterDoing = true });

        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);

        Assert.Single(Bench.Pulls);
    }

    [Fact]
    public async Task A_server_that_stays_broken_is_given_up_with_a_word()
    {
        Fake.Refuse("pulls/create", "502-unicorn", times: 99);

        var problem = await GitHubSession.FailAsync(() => Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation));

        Assert.Equal("github-unavailable", problem.Rule);
        Assert.Contains("502", problem.What);
        Assert.Equal(GitHubWire.Attempts, Fake.Calls.Count(c => c.Id == "pulls/create"));
        Assert.Empty(Bench.Pulls);
    }

    [Fact]
    public async Task All_files_are_listed_over_three_pages()
    {
        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);
        Bench
            .Pulls[0]
            .Files.AddRange(Enumerable.Range(0, 250).Select(i => ($"grades/g-{i:000}.csv", i == 7 ? "removed" : "added")));

        var files = await Session.Pulls.FilesAsync(1, Cancellation);

        Assert.Equal(Bench.Pulls[0].Files, files.Select(f => (f.Filename, f.Status)));
        Assert.Equal(3, Fake.Calls.Count(c => c.Id == "pulls/list-files"));
    }

    [Fact]
    public async Task It_is_merged_only_with_the_head_that_was_checked()
    {
        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);

        var moved = await Session.Pulls.MergeAsync(1, new('7', 40), MergeMethod.Merge, Cancellation);
        var merged = await Session.Pulls.MergeAsync(1, new('2', 40), MergeMethod.Squash, Cancellation);
        var again = await Session.Pulls.MergeAsync(1, new('2', 40), MergeMethod.Merge, Cancellation);

        Assert.Contains("modified", Assert.IsType<MergeOutcome.HeadMoved>(moved).Words);
        Assert.Equal(new string('e', 40), Assert.IsType<MergeOutcome.Merged>(merged).Sha);
        Assert.IsType<MergeOutcome.NotMergeable>(again);
        Assert.Equal("closed", Bench.Pulls[0].State);
        Assert.True((await Session.Pulls.GetAsync(1, Cancellation)).IsMerged);
    }

    [Fact]
    public async Task A_merge_whose_answer_was_lost_is_known_to_be_done()
    {
        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);
        Fake.Break(new(c => c.Id == "pulls/merge", Cut) { AfterDoing = true });

        var outcome = await Session.Pulls.MergeAsync(1, new('2', 40), MergeMethod.Merge, Cancellation);

        Assert.IsType<MergeOutcome.Merged>(outcome);
        Assert.Single(Fake.Calls, c => c.Id == "pulls/merge");
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_cut_before_GitHub_refuses_it()
    {
        var text = string.Concat(Enumerable.Repeat("A line with a rocket 🚀.\n", 4000));

        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(text), Cancellation);
        var again = await Session.Pulls.SubmitAsync(GitHubSession.Wanted(text), Cancellation);

        Assert.InRange(Bench.Pulls[0].Body!.Length, 60_000, BodyText.Longest);
        Assert.EndsWith("🚀.\n\n_The rest is cut off: GitHub takes no more._\n", Bench.Pulls[0].Body);
        Assert.Equal(PullRequestOutcome.Unchanged, again.Outcome);
    }

    internal static Func<HttpContext, Task> Status(int status, string body) =>
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
            return context.Response.WriteAsync(body);
        };

    internal static Func<HttpContext, Task> Json(string body) => Status(200, body);

    internal static Task Cut(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static void Head(FakeGitHub fake, string fork, string sha) =>
        fake.Calls.Last(c => c.Repository?.FullName == fork).Repository!.Branches[GitHubSession.Wanted().Branch] = sha;
}
