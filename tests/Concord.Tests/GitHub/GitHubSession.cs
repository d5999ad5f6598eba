using Concord.Core.Domain;
using Concord.Pipeline.GitHub;
using Concord.Pipeline.Http;
using Concord.Tests.Support;

namespace Concord.Tests.GitHub;

/// <summary>The real client before a fake GitHub; its waits are remembered and not waited for.</summary>
internal sealed class GitHubSession : IDisposable
{
    public const string Token = "ghp_5ecret0fC0nc0rd9f31abcdefghijklmnopqr";
    public const string OtherToken = "ghp_0therS3cretabcdefghijklmnopqrstuvwx12";
    public const string AppToken = "ghs_appS3cretabcdefghijklmnopqrstuvwxyz12";

    public static readonly RepositoryName Bench = new("acme", "bench");

    private readonly HttpClient _http = PlainHttp.New("1.0");

    private GitHubSession(GitHubHost host, string? token)
    {
        Wire = new(_http, host, GitHubToken.Of(token, host.Name, "GH_TOKEN"), Time, Told.Add);
        Client = new(Wire);
    }

    public SkippedTime Time { get; } = new();

    public List<string> Told { get; } = [];

    public GitHubWire Wire { get; }

    public GitHubClient Client { get; }

    public PullRequests Pulls => Client.PullRequestsOf(Bench);

    /// <summary>Waits that are longer than the pause between two writes.</summary>
    public IEnumerable<double> LongWaits => Time.Waits.Select(w => Math.Round(w.TotalSeconds)).Where(s => s > 1);

    public static GitHubSession With(FakeGitHub fake, string? token = Token) => new(HostOf(fake), token);

    public static GitHubSession At(GitHubHost host, string? token = Token) => new(host, token);

    public static GitHubHost HostOf(FakeGitHub fake) =>
        GitHubHost.Of(
            RemoteAddress.TryParse($"{fake.Url}/acme/bench.git")!,
            name => name == "GITHUB_SERVER_URL" ? fake.Url : null
        );

    /// <summary>A GitHub with acme/bench, where grader-a may push, and two others.</summary>
    public static async Task<(FakeGitHub Fake, FakeRepository Bench)> StartAsync()
    {
        var fake = await FakeGitHub.StartAsync();
        fake.AddAccount("grader-a", Token);
        fake.AddAccount("grader-b", OtherToken);
        fake.AddAccount("github-actions[bot]", AppToken, isApp: true);
        var bench = fake.AddRepository("acme/bench", "grader-a", "github-actions[bot]");
        bench.Branches["grading/grader-a-2026-11-21"] = new('2', 40);
        return (fake, bench);
    }

    public static NewPullRequest Wanted(string text = "Twelve outputs.", RepositoryName? head = null) =>
        new(head ?? Bench, "grading/grader-a-2026-11-21", "main", "Grades of grader-a", text);

    public static async Task<Problem> FailAsync(Func<Task> act)
    {
        var failure = await Assert.ThrowsAsync<ConcordException>(act);
        var problem = Assert.Single(failure.Problems);
        foreach (var secret in new[] { Token, OtherToken, AppToken })
            Assert.DoesNotContain(secret[4..], failure.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"^[A-Z'].*\.$", problem.What);
        Assert.Matches(@"^[A-Z'].*[.)]$|https?://\S+$|: [a-z_]+=\w+", problem.Mend);
        return problem;
    }

    public void Dispose() => _http.Dispose();
}
