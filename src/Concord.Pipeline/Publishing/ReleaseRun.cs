using System.Globalization;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.GitHub;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Publishing;

/// <summary>
/// A tag, a release of it, and its files: the dataset of a commit, what else was given, and the sums of all. What is there is
/// found and left; what would be other than it is there is refused (src/decisions/0029-workflows.md).
/// </summary>
/// <param name="repository">A clone.</param>
/// <param name="options">How.</param>
public sealed class ReleaseRun(GitRepository repository, ReleaseOptions options)
{
    private readonly RemoteGit _remote = RemoteGit.Unattended(repository.Root);

    /// <summary>Makes what is not there yet.</summary>
    /// <exception cref="ConcordException">The workspace is in error, or its consensus is behind; the tag or a file is there otherwise; git or GitHub refuses.</exception>
    public async Task<ReleaseOutcome> RunAsync(CancellationToken cancellation)
    {
        var commit = await repository.ResolveAsync(options.At, cancellation);
        var dataset = await Dataset.OfAsync(repository, commit, options.Say, cancellation);
        var day = dataset.CommittedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var tag = ReleaseTag.Checked(options.Tag ?? $"dataset-{day}-{commit[..7]}");
        using var folder = new ReleaseFolder(options.Folder, dataset, tag, options.Files);
        var at = new ReleaseTag(repository, _remote, options.Remote);
        if (!options.Push)
        {
            var found = await at.IsThereAsync(tag, commit, cancellation);
            options.Say($"The tag {tag} {(found ? "is there" : "would be made")}.");
            folder.WriteSums([]);
            return new(tag, commit, null, folder.Told, 0, !found);
        }

        using var http = PlainHttp.New(options.Version);
        var (client, name) = await ClientAsync(http, cancellation);
        var releases = client.ReleasesOf(name);
        await PublishTagAsync(at, tag, commit, cancellation);
        // Whoever wrote one by hand keeps his words.
        var release = await releases.FindAsync(tag, cancellation);
        var isNew = release is null;
        release ??= await releases.PutAsync(
            new(tag, commit, $"{dataset.Title} {tag}", Text(dataset, folder)) { Prerelease = IsBefore(tag) },
            cancellation
        );
        var there = await releases.AssetsAsync(release, cancellation);
        var wanted = folder.Files.Where(f => !f.IsAmong(there, tag)).ToArray();
        foreach (var file in wanted)
            await releases.PutAssetAsync(release, file.Path, file.Type, replaces: false, cancellation);
        // Files that others put there keep their lines.
        folder.WriteSums(there);
        await releases.PutAssetAsync(release, folder.Sums.Path, folder.Sums.Type, replaces: true, cancellation);
        return new(tag, commit, release.HtmlUrl, folder.Told, wanted.Length, isNew);
    }

    // Also a tag that somebody pushed is only released where the default branch has its commit.
    private async Task PublishTagAsync(ReleaseTag at, string tag, string commit, CancellationToken cancellation)
    {
        var seen = $"refs/concord/publishing/{Guid.NewGuid():N}";
        try
        {
            var branch = (await RemoteBranches.AskAsync(_remote, options.Remote, "main", cancellation)).Default;
            await RemoteBranches.FetchAsync(
                _remote,
                options.Remote,
                [$"+{(branch is null ? "HEAD" : $"refs/heads/{branch}")}:{seen}"],
                "Nothing was changed. Mend what git says, or wait for the network, then run the command again.",
                cancellation
            );
            await at.CheckBranchAsync(commit, seen, cancellation);
            if (!await at.IsThereAsync(tag, commit, cancellation))
                await at.MakeAsync(tag, commit, cancellation);
        }
        finally
        {
            await repository.Git.TryRunAsync(["update-ref", "-d", seen], CancellationToken.None);
        }
    }

    // A job says which repository it is of; elsewhere the remote's address does.
    private async Task<(GitHubClient Client, RepositoryName Name)> ClientAsync(HttpClient http, CancellationToken cancellation)
    {
        var url =
            options.Variable("GITHUB_ACTIONS") == "true"
                ? $"{options.Variable("GITHUB_SERVER_URL")?.TrimEnd('/')}/{options.Variable("GITHUB_REPOSITORY")}"
                : (await repository.Git.TryRunAsync(["remote", "get-url", options.Remote], cancellation)).Text.Trim();
        if (
            RemoteAddress.TryParse(url) is not { Repository: { } name } address
            || GitHubHost.Of(address, options.Variable) is not { IsKnown: true } host
        )
            throw new ConcordException(
                "no-github",
                $"'{RemoteGit.Sealed(options.Remote)}' is not known to be on a GitHub, and releases are made there.",
                "Set GH_HOST where it is a GitHub of your own. Else write the files with --dry-run --out DIR, and put them where your forge has releases."
            );
        var token =
            await new TokenSearch(options.Variable, repository.Root).FindAsync(host, name, cancellation)
            ?? throw new ConcordException(
                "no-token",
                "There is no token, and a release needs one.",
                "Run 'gh auth login' or set GH_TOKEN; in a workflow give the step 'GH_TOKEN: ${{ github.token }}', and its job 'permissions: {contents: write}'."
            );
        return (new(new(http, host, token, TimeProvider.System, options.Say)), name);
    }

    private static bool IsBefore(string tag) => tag.StartsWith('v') && tag.Contains('-', StringComparison.Ordinal);

    private static string Text(Dataset dataset, ReleaseFolder folder) =>
        new StringBuilder()
            .Append(
                CultureInfo.InvariantCulture,
                $"The dataset at {dataset.Commit}: {dataset.Grades} grades by {dataset.Graders} graders, and their consensus.\n\n"
            )
            .Append("Check what you downloaded with `sha256sum --check --ignore-missing SHA256SUMS`.\n\n")
            .AppendJoin("", folder.Files.Select(f => $"- `{f.Name}`\n"))
            .ToString();
}
