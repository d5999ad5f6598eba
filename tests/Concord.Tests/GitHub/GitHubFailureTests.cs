using Concord.Core.Domain;
using Concord.Pipeline.GitHub;
using Microsoft.AspNetCore.Http;

namespace Concord.Tests.GitHub;

/// <summary>What goes wrong is said with its remedy; what passes is waited for; a token goes nowhere else.</summary>
public sealed class GitHubFailureTests : GitHubTests
{
    private static Task<HostedRepository> ReadAsync(GitHubSession session) =>
        session.Client.RepositoryAsync(GitHubSession.Bench, Cancellation);

    private static Task<Problem> FailAsync(GitHubSession session) => GitHubSession.FailAsync(() => ReadAsync(session));

    [Fact]
    public async Task A_token_that_GitHub_does_not_take_is_named_by_its_source()
    {
        using var session = GitHubSession.With(Fake, "ghp_expired5ecretabcdefghijkl");

        var problem = await FailAsync(session);

        Assert.Equal("github-unauthorized", problem.Rule);
        Assert.Contains("does not take the token from GH_TOKEN: Bad credentials", problem.What);
        Assert.Contains($"gh auth login --hostname {Fake.Host}", problem.Mend);
        Assert.DoesNotContain("expired5ecret", problem.ToString());
    }

    [Fact]
    public async Task Without_a_token_what_is_public_is_read_and_what_needs_one_says_so()
    {
        using var session = GitHubSession.With(Fake, token: null);

        Assert.Equal("main", (await ReadAsync(session)).DefaultBranch);
        Assert.Null(await session.Client.SelfAsync(Cancellation));
        var problem = await GitHubSession.FailAsync(() => session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation));

        Assert.Equal("github-unauthorized", problem.Rule);
        Assert.Contains("Set GH_TOKEN", problem.Mend);
        Bench.IsPrivate = true;
        Assert.Contains("private repository looks the same without a token", (await FailAsync(session)).Mend);
    }

    [Fact]
    public async Task A_missing_permission_is_not_tried_again_and_names_what_is_missing()
    {
        Fake.Refuse("pulls/create", "403-forbidden-permission", times: 9);

        var problem = await GitHubSession.FailAsync(() => Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation));

        Assert.Equal("github-forbidden", problem.Rule);
        Assert.Contains("open a pull request in acme/bench", problem.What);
        Assert.Contains("Resource not accessible by personal access token", problem.What);
        Assert.Contains("pull_requests=write", problem.Mend);
        Assert.Single(Fake.Calls, c => c.Id == "pulls/create");
        Assert.Empty(Session.LongWaits);
    }

    [Fact]
    public async Task An_app_token_that_may_only_read_is_told_of_the_jobs_permissions()
    {
        Fake.AddAccount("github-actions[bot]", GitHubSession.AppToken, isApp: true, isReadOnly: true);
        using var session = GitHubSession.With(Fake, GitHubSession.AppToken);

        var problem = await GitHubSession.FailAsync(() =>
            session.Client.SetStatusAsync(
                GitHubSession.Bench,
                new('2', 40),
                new(CommitState.Success, "concord", "Fine."),
                Cancellation
            )
        );

        Assert.Contains("'permissions:'", problem.Mend);
    }

    [Fact]
    public async Task Single_sign_on_gives_the_address_where_the_token_is_approved()
    {
        const string Address = "https://github.example/orgs/acme/sso?authorization_request=A";
        Fake.Refuse("repos/get", "403-forbidden-permission", 1, ("x-github-sso", $"required; url={Address}"));

        Assert.EndsWith(Address, (await FailAsync(Session)).Mend);
    }

    [Fact]
    public async Task A_private_repository_and_none_look_the_same_and_it_is_said()
    {
        Bench.IsPrivate = true;
        using var session = GitHubSession.With(Fake, GitHubSession.OtherToken);

        var problem = await FailAsync(session);

        Assert.Equal("github-not-found", problem.Rule);
        Assert.Contains("read the repository acme/bench", problem.What);
        Assert.Contains("private repository looks the same", problem.Mend);
    }

    [Fact]
    public async Task A_used_up_limit_is_waited_for_until_its_reset()
    {
        var reset = Session.Time.GetUtcNow().AddSeconds(90).ToUnixTimeSeconds();
        Fake.Refuse("repos/get", "403-primary-rate-limit", 1, ("x-ratelimit-reset", $"{reset}"));

        await ReadAsync(Session);

        Assert.InRange(Assert.Single(Session.LongWaits), 88, 92);
        Assert.Contains("limits how much may be asked: waiting", Assert.Single(Session.Told));
    }

    [Fact]
    public async Task A_limit_that_lasts_longer_than_one_waits_says_when_to_come_again()
    {
        // In the middle of a minute, so that a second more is in the same one.
        var later = Session.Time.GetUtcNow().AddMinutes(42).ToUnixTimeSeconds();
        var reset = DateTimeOffset.FromUnixTimeSeconds(later - (later % 60) + 30);
        Fake.Refuse("repos/get", "403-primary-rate-limit", 9, ("x-ratelimit-reset", $"{reset.ToUnixTimeSeconds()}"));

        var problem = await FailAsync(Session);

        Assert.Equal("github-limited", problem.Rule);
        Assert.Matches("wants 4[23] minutes", problem.What);
        Assert.Contains($"after {reset.UtcDateTime:HH:mm}", problem.Mend);
        Assert.Empty(Session.LongWaits);
        Assert.Single(Fake.Calls);
    }

    [Theory]
    [InlineData("403-secondary-rate-limit-retry-after", 45)]
    [InlineData("429-rate-limit", 30)]
    public async Task A_secondary_limit_is_waited_for_as_long_as_it_says(string refusal, double seconds)
    {
        Fake.Refuse("pulls/create", refusal, 1, ("retry-after", $"{seconds}"));

        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);

        Assert.Equal([seconds], Session.LongWaits);
        Assert.Single(Bench.Pulls);
        // Nothing was done, so there is nothing to look for.
        Assert.Single(Fake.Calls, c => c.Id == "pulls/list");
    }

    [Fact]
    public async Task A_secondary_limit_without_a_time_is_waited_for_twice_as_long_each_time_and_not_for_ever()
    {
        Fake.Refuse("repos/get", "403-secondary-rate-limit-no-retry-after", times: 9);

        var problem = await FailAsync(Session);

        Assert.Equal([60, 120], Session.LongWaits);
        Assert.Equal("github-limited", problem.Rule);
        Assert.Equal(2, Session.Told.Count);
    }

    [Fact]
    public async Task Reading_is_tried_again_after_an_error_of_the_server()
    {
        Fake.Refuse("repos/get", "502-unicorn", times: 2);
        Fake.Break(new(c => c.Id == "repos/get", PullRequestTests.Cut));

        await ReadAsync(Session);

        Assert.Equal(4, Fake.Calls.Count);
    }

    [Theory]
    [InlineData("<html><title>Sign in to the hotel</title></html>", "text/html")]
    [InlineData("{\"full_name\":", "JSON of another kind")]
    [InlineData("{}", "JSON of another kind")]
    [InlineData("null", "JSON of another kind")]
    [InlineData("[1,2]", "JSON of another kind")]
    [InlineData("", "nothing")]
    public async Task A_body_that_is_not_GitHubs_is_named_and_never_trusted(string body, string nature)
    {
        Fake.Break(new(c => c.Id == "repos/get", PullRequestTests.Json(body)) { Times = 99 });

        var problem = await FailAsync(Session);

        Assert.Equal("github-not-understood", problem.Rule);
        Assert.Contains(nature, problem.What);
        Assert.Contains("proxy", problem.Mend);
        Assert.DoesNotContain("hotel", problem.What);
    }

    [Theory]
    [InlineData(403, "Request forbidden by administrative rules.", "github-forbidden", "administrative rules")]
    [InlineData(404, "<html>no</html>", "github-not-found", "knows no such thing")]
    [InlineData(410, """{"message":"Issues has been disabled in this repository."}""", "github-refused", "disabled")]
    [InlineData(400, """{"message":"Problems parsing JSON"}""", "github-refused", "400: Problems parsing JSON")]
    [InlineData(422, """{"message":"Validation Failed","errors":[null,7,{"code":4}]}""", "github-invalid", "refuses it")]
    [InlineData(418, "", "github-refused", "418")]
    public async Task A_refusal_of_any_shape_is_told(int status, string body, string rule, string words)
    {
        Fake.Break(new(c => c.Id == "repos/get", PullRequestTests.Status(status, body)));

        var problem = await FailAsync(Session);

        Assert.Equal(rule, problem.Rule);
        Assert.Contains(words, problem.What);
    }

    [Fact]
    public async Task An_answer_that_says_the_token_back_does_not_bring_it_into_the_message()
    {
        Fake.Break(
            new(
                c => c.Id == "repos/get",
                PullRequestTests.Status(403, $$"""{"message":"Bearer {{GitHubSession.Token}} may not \u001b[2J this"}""")
            )
        );

        var problem = await FailAsync(Session);

        Assert.Contains("Bearer [key] may not", problem.What);
        Assert.DoesNotContain('\u001b', problem.What);
    }

    [Fact]
    public async Task Without_a_network_it_is_said_soon_and_plainly()
    {
        var host = GitHubHost.Of(RemoteAddress.TryParse("http://127.0.0.1:1/acme/bench")!, _ => null);
        using var session = GitHubSession.At(host);

        var problem = await FailAsync(session);

        Assert.Equal("github-unreachable", problem.Rule);
        Assert.Contains("127.0.0.1", problem.What);
        Assert.Single(session.Time.Waits);
    }

    [Fact]
    public async Task A_renamed_repository_is_followed_on_the_same_host_with_method_body_and_token()
    {
        Fake.Refuse("repos/get", "301-moved", 1, ("location", $"{Fake.Api}/repositories/{Bench.Id}"));
        Fake.Refuse("pulls/create", "301-moved", 1, ("location", $"/api/v3/repositories/{Bench.Id}/pulls"));

        Assert.True((await ReadAsync(Session)).CanPush);
        await Session.Pulls.SubmitAsync(GitHubSession.Wanted(), Cancellation);

        Assert.Equal("grader-a", Assert.Single(Bench.Pulls).Author.Login);
    }

    [Fact]
    public async Task A_circle_of_redirects_ends()
    {
        Fake.Refuse("repos/get", "301-moved", 99, ("location", $"{Fake.Api}/repositories/{Bench.Id}"));

        Assert.Equal("github-redirected", (await FailAsync(Session)).Rule);
        Assert.Equal(6, Fake.Calls.Count);
    }

    [Theory]
    [InlineData("location")]
    [InlineData("link")]
    public async Task A_token_is_not_sent_where_an_answer_leads(string header)
    {
        await using var other = await FakeGitHub.StartAsync();
        var elsewhere = $"{other.Api}/repositories/{Bench.Id}/pulls";
        Fake.Break(
            new(
                c => c.Id == "pulls/list",
                context =>
                {
                    context.Response.StatusCode = header == "link" ? 200 : 302;
                    context.Response.Headers[header] = header == "link" ? $"<{elsewhere}>; rel=\"next\"" : elsewhere;
                    return context.Response.WriteAsync("[]");
                }
            )
        );

        var problem = await GitHubSession.FailAsync(() =>
            Session.Pulls.FindAsync(GitHubSession.Bench, "x", "main", Cancellation)
        );

        Assert.Equal("github-redirected", problem.Rule);
        Assert.Contains(other.Host, problem.What);
        Assert.Empty(other.Calls);
        Assert.Empty(other.TakeMistakes());
    }

    [Fact]
    public async Task A_next_page_without_an_address_is_not_understood()
    {
        Fake.Break(
            new(
                c => c.Id == "pulls/list",
                context =>
                {
                    context.Response.Headers.Link = "<http://[bad/x>; rel=\"next\"";
                    return context.Response.WriteAsync("[]");
                }
            )
        );

        var problem = await GitHubSession.FailAsync(() =>
            Session.Pulls.FindAsync(GitHubSession.Bench, "x", "main", Cancellation)
        );

        Assert.Equal("github-not-understood", problem.Rule);
    }

    [Fact]
    public async Task A_token_of_another_host_is_not_sent()
    {
        using var http = Concord.Pipeline.Http.PlainHttp.New("1.0");
        var token = GitHubToken.Of(GitHubSession.Token, "github.com", "GH_TOKEN");
        var client = new GitHubClient(new(http, GitHubSession.HostOf(Fake), token, TimeProvider.System, _ => { }));

        await client.RepositoryAsync(GitHubSession.Bench, Cancellation);

        Assert.Null(Assert.Single(Fake.Calls).By);
    }

    [Fact]
    public async Task Writes_are_a_second_apart()
    {
        foreach (var _ in Enumerable.Range(0, 3))
            await Session.Client.SetStatusAsync(
                GitHubSession.Bench,
                new('2', 40),
                new(CommitState.Pending, "concord", "Counting."),
                Cancellation
            );

        Assert.Equal(2, Session.Time.Waits.Count);
        Assert.All(Session.Time.Waits, w => Assert.InRange(w.TotalSeconds, 0.1, 1));
    }
}
