namespace Concord.Pipeline.GitHub;

/// <summary>The page on which a person opens a pull request by hand.</summary>
internal static class CompareUrl
{
    /// <summary>The page for a branch that was pushed.</summary>
    /// <param name="remote">The repository that the request is for.</param>
    /// <param name="into">The branch that it should be merged into.</param>
    /// <param name="head">Where the branch was pushed to.</param>
    /// <param name="branch">The branch.</param>
    /// <returns>An address in the form of the host's forge: GitLab's and Bitbucket's by their names, else GitHub's, which Gitea and Forgejo share.</returns>
    public static Uri Of(RemoteAddress remote, string into, RemoteAddress head, string branch)
    {
        var site = $"{(remote.IsPlain ? "http" : "https")}://{remote.Host}";
        if (remote.Host.Contains("gitlab", StringComparison.Ordinal))
            return new(
                $"{site}/{head.Path}/-/merge_requests/new?merge_request%5Bsource_branch%5D={Uri.EscapeDataString(branch)}"
                    + $"&merge_request%5Btarget_branch%5D={Uri.EscapeDataString(into)}"
            );
        if (remote.Host.Contains("bitbucket", StringComparison.Ordinal))
            return new(
                $"{site}/{head.Path}/pull-requests/new?source={Uri.EscapeDataString(branch)}&dest={Uri.EscapeDataString(into)}"
            );
        // A fork's name is needed only where its owner has both.
        var from = (remote.Repository, head.Repository) switch
        {
            ({ } to, { } fork) when to == fork => Escaped(branch),
            ({ } to, { } fork) when new RepositoryName(fork.Owner, to.Name) == to =>
                $"{fork.Owner}:{fork.Name}:{Escaped(branch)}",
            (_, { } fork) => $"{fork.Owner}:{Escaped(branch)}",
            _ => Escaped(branch),
        };
        return new($"{site}/{remote.Path}/compare/{Escaped(into)}...{from}?expand=1");
    }

    private static string Escaped(string branch) => string.Join('/', branch.Split('/').Select(Uri.EscapeDataString));
}
