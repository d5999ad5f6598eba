using Concord.Core.Domain;

namespace Concord.Pipeline.GitHub;

/// <summary>GitHub, as far as Concord needs it. One request at a time, as GitHub asks.</summary>
internal sealed class GitHubClient(GitHubWire wire)
{
    private static readonly TimeSpan ForkPause = TimeSpan.FromSeconds(2);
    private const int ForkLooks = 30;

    private (bool IsKnown, Account? Self) _self;

    public GitHubHost Host => wire.Host;

    /// <summary>Whose token it is.</summary>
    /// <returns>Null for an app's, such as that of an Actions run, and without a token.</returns>
    public async Task<Account?> SelfAsync(CancellationToken cancellation)
    {
        if (!_self.IsKnown && wire.Token is { IsApps: false })
            _self.Self = await wire.SendAsync(
                new(HttpMethod.Get, "user", "tell whose the token is"),
                GitHubJson.Default.Account,
                cancellation,
                // An app's token by another look.
                refused: answer =>
                    Task.FromResult(
                        answer.Status == 403 && GitHubError.Of(answer).Says("not accessible by integration") ? NoUser : null
                    )
            );
        _self = (true, _self.Self == NoUser ? null : _self.Self);
        return _self.Self;
    }

    /// <summary>Reads a repository.</summary>
    public Task<HostedRepository> RepositoryAsync(RepositoryName name, CancellationToken cancellation) =>
        wire.SendAsync(Reading(name), GitHubJson.Default.HostedRepository, cancellation);

    /// <summary>The fork of the token's own account: the one that is there, or a new one, once it can be pushed to.</summary>
    /// <exception cref="ConcordException">Forks are not allowed, or GitHub takes longer than a minute.</exception>
    public async Task<HostedRepository> ForkAsync(RepositoryName name, CancellationToken cancellation)
    {
        // Asked twice, GitHub gives the same fork.
        var fork = await wire.SendAsync(
            new(HttpMethod.Post, $"repos/{name}/forks", $"fork {name}")
            {
                Content = GitHubJson.Content(new NewFork(DefaultBranchOnly: true), GitHubJson.Default.NewFork),
            },
            GitHubJson.Default.HostedRepository,
            cancellation
        );
        if (!RepositoryName.TryParse(fork.FullName, out var own))
            throw new InvalidOperationException("GitHub gave a repository a name that it cannot have.");
        for (var look = 1; look <= ForkLooks; look++)
        {
            if (await wire.FindAsync(Reading(own), GitHubJson.Default.HostedRepository, cancellation) is { } made)
                return made;
            await wire.WaitAsync(ForkPause, cancellation);
        }
        throw new ConcordException(
            GitHubFailure.Unavailable,
            $"GitHub is still making the fork {own}.",
            "Run the command again in a few minutes; what is done stays done."
        );
    }

    /// <summary>Writes the line beside a commit; the last one of a context counts.</summary>
    public Task SetStatusAsync(RepositoryName name, string sha, CommitStatus status, CancellationToken cancellation) =>
        wire.SendAsync(
            new(HttpMethod.Post, $"repos/{name}/statuses/{sha}", $"set the status of {sha} in {name}")
            {
                Content = GitHubJson.Content(StatusBody.Of(status), GitHubJson.Default.StatusBody),
            },
            _ => false,
            cancellation
        );

    public PullRequests PullRequestsOf(RepositoryName name) => new(wire, name);

    public async Task<Comments> CommentsOfAsync(RepositoryName name, CancellationToken cancellation) =>
        new(wire, name, await SelfAsync(cancellation));

    public Labels LabelsOf(RepositoryName name) => new(wire, name);

    public Releases ReleasesOf(RepositoryName name) => new(wire, name);

    public WorkflowRuns RunsOf(RepositoryName name) => new(wire, name);

    private static Account NoUser { get; } = new("");

    private static GitHubRequest Reading(RepositoryName name) =>
        new(HttpMethod.Get, $"repos/{name}", $"read the repository {name}");
}
