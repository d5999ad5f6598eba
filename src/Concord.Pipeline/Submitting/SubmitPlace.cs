using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.GitHub;

namespace Concord.Pipeline.Submitting;

/// <summary>What a clone knows of where its grades are handed in, without asking the network; null for what is missing.</summary>
/// <param name="Remote">The remote that pull requests go to, and the one that is pushed to where it is another.</param>
/// <param name="RemoteMend">How to get a remote.</param>
/// <param name="Branch">The remote's default branch, as this clone last heard of it.</param>
/// <param name="Forge">What the remote's address leads to.</param>
/// <param name="Token">Where a token was found; never the token.</param>
public sealed record SubmitPlace(string? Remote, string RemoteMend, string? Branch, string? Forge, string? Token)
{
    /// <summary>Looks at a clone.</summary>
    /// <param name="folder">A folder of it.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<SubmitPlace> OfAsync(string folder, Func<string, string?> variable, CancellationToken cancellation)
    {
        var git = new GitCommand(folder);
        SubmitRemotes remotes;
        try
        {
            remotes = await SubmitRemotes.FindAsync(git, fork: false, cancellation);
        }
        catch (ConcordException e) when (e.Problems is [var problem])
        {
            return new(null, problem.Mend, null, null, null);
        }
        var address = await Submitting.Forge.AddressAsync(git, remotes.Into, push: false, variable, cancellation);
        var host = address is null ? null : GitHubHost.Of(address, variable);
        return new(
            remotes.Push == remotes.Into ? remotes.Into : $"{remotes.Into}; pushed to {RemoteGit.Sealed(remotes.Push!)}",
            "",
            await RemoteBranches.RememberedAsync(git, remotes.Into, cancellation),
            host is null ? "none: the remote is a folder"
                : host.IsKnown ? $"GitHub at {host.Name}"
                : Submitting.Forge.IsKnownHost(address!) ? $"{host.Name}: its page is named, you open the request there"
                : null,
            host is null || !host.IsKnown ? "none is needed" : await TokenAsync(host, address!, folder, variable, cancellation)
        );
    }

    private static async Task<string?> TokenAsync(
        GitHubHost host,
        RemoteAddress address,
        string folder,
        Func<string, string?> variable,
        CancellationToken cancellation
    )
    {
        try
        {
            var token = await new TokenSearch(variable, folder).FindAsync(host, address.Repository, cancellation);
            return token is null ? null : $"found by {token.Source}";
        }
        catch (ConcordException e) when (e.Problems is [var problem])
        {
            return $"not usable: {problem.What}";
        }
    }
}
