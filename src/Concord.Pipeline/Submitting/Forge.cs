using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.GitHub;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Submitting;

/// <summary>The place that a remote leads to, with a page for opening pull requests.</summary>
/// <param name="options">How.</param>
/// <param name="repository">The repository here.</param>
/// <param name="address">Where the remote leads; null for a folder.</param>
internal sealed class Forge(SubmitOptions options, GitRepository repository, RemoteAddress? address) : IDisposable
{
    // Hosts of a forge whose pages are known, by their names; others may be anything.
    private static readonly string[] Known = ["gitlab", "bitbucket", "gitea", "forgejo", "codeberg"];

    private HttpClient? _http;

    public RemoteAddress? Address => address;

    /// <summary>Whether it is a GitHub, as far as its name tells.</summary>
    public bool IsGitHub => address is not null && GitHubHost.Of(address, options.Variable).IsKnown;

    /// <summary>Where a remote of this clone leads.</summary>
    public static async Task<Forge> OfAsync(
        SubmitOptions options,
        GitRepository repository,
        string remote,
        bool push,
        CancellationToken cancellation
    ) => new(options, repository, await AddressAsync(repository.Git, remote, push, options.Variable, cancellation));

    /// <summary>The address by which a remote's place is known; null for a folder.</summary>
    public static async Task<RemoteAddress?> AddressAsync(
        GitCommand git,
        string remote,
        bool push,
        Func<string, string?> variable,
        CancellationToken cancellation
    )
    {
        var addresses = (await SubmitRemotes.AddressesAsync(git, remote, push, cancellation))
            .Select(RemoteAddress.TryParse)
            .OfType<RemoteAddress>()
            .ToArray();
        // Git may take an address by another way than its page's, or write it short.
        return addresses.FirstOrDefault(a => GitHubHost.Of(a, variable).IsKnown) ?? addresses.FirstOrDefault();
    }

    /// <summary>Whether a host's pages are known by its name, other than a GitHub's.</summary>
    public static bool IsKnownHost(RemoteAddress address) => Known.Any(k => address.Host.Contains(k, StringComparison.Ordinal));

    /// <summary>GitHub's API, with the user's token; null where there is none, or another forge.</summary>
    public async Task<GitHubClient?> ClientAsync(CancellationToken cancellation)
    {
        if (address?.Repository is not { } name)
            return null;
        var host = GitHubHost.Of(address, options.Variable);
        var token = await new TokenSearch(options.Variable, repository.Root).FindAsync(host, name, cancellation);
        return token is null
            ? null
            : new(new GitHubWire(_http ??= PlainHttp.New(options.Version), host, token, TimeProvider.System, options.Say));
    }

    /// <summary>The page on which a person opens a pull request; null where it is not known.</summary>
    /// <param name="into">The default branch.</param>
    /// <param name="head">Where the branch was pushed to.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="said">What the remote said to the push: many name the page.</param>
    public Uri? PageOf(string into, Forge head, string branch, string said)
    {
        if (address is null || head.Address is not { } from)
            return null;
        foreach (var word in said.Split(' ', '\n', '\t'))
            if (
                word.StartsWith("http", StringComparison.Ordinal)
                && Uri.TryCreate(word, UriKind.Absolute, out var page)
                && page.Authority == address.Host
                && page.Scheme is "https" or "http"
            )
                return page;
        return IsGitHub || IsKnownHost(address) ? CompareUrl.Of(address, into, from, branch) : null;
    }

    /// <summary>The address of the user's own fork, which is made where there is none.</summary>
    /// <param name="remote">How this clone reaches the repository itself.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">Concord cannot make one here.</exception>
    public async Task<string> ForkAsync(string remote, CancellationToken cancellation)
    {
        if (address?.Repository is not { } name || await ClientAsync(cancellation) is not { } client)
            throw new ConcordException(
                "no-fork",
                IsGitHub
                    ? "There is no token for GitHub (GH_TOKEN, 'gh auth login'), so Concord cannot make a fork."
                    : "Concord makes forks on GitHub alone.",
                "Make one on the repository's page, and add it as a remote: git remote add fork URL. Then run 'concord submit --fork' again."
            );
        options.Say($"Looking for your fork of {name}, or making one.");
        var fork = await client.ForkAsync(name, cancellation);
        var written = (await SubmitRemotes.AddressesAsync(repository.Git, remote, push: false, cancellation))[^1];
        var isSsh = !written.StartsWith("http", StringComparison.Ordinal);
        return (isSsh ? fork.SshUrl : fork.CloneUrl)
            ?? fork.CloneUrl
            ?? throw new ConcordException(
                "no-fork",
                $"GitHub does not say where {fork.FullName} is pushed to.",
                "Add it as a remote: git remote add fork URL. Then run the command again."
            );
    }

    public void Dispose() => _http?.Dispose();
}
