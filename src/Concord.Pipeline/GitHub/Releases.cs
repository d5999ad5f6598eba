using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.Pipeline.GitHub;

/// <summary>The releases of a repository, with their files.</summary>
internal sealed partial class Releases(GitHubWire wire, RepositoryName repository)
{
    private static readonly TimeSpan FilePatience = TimeSpan.FromMinutes(30);

    /// <summary>The published release of a tag.</summary>
    /// <returns>Null where there is none; drafts do not count.</returns>
    public Task<Release?> FindAsync(string tag, CancellationToken cancellation) =>
        wire.FindAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/releases/tags/{Uri.EscapeDataString(tag)}",
                $"read the release {tag} of {repository}"
            ),
            GitHubJson.Default.Release,
            cancellation
        );

    /// <summary>Makes the release of a tag, or brings its title and text up to date. Its tag is never moved.</summary>
    public async Task<Release> PutAsync(NewRelease wanted, CancellationToken cancellation)
    {
        var fitted = wanted with { Body = BodyText.Fitted(wanted.Body) };
        var found =
            await FindAsync(wanted.TagName, cancellation)
            ?? await wire.SendAsync(
                new(HttpMethod.Post, $"repos/{repository}/releases", $"make the release {wanted.TagName} of {repository}")
                {
                    Content = GitHubJson.Content(fitted, GitHubJson.Default.NewRelease),
                    Explain = Explain,
                },
                GitHubJson.Default.Release,
                cancellation,
                () => FindAsync(wanted.TagName, cancellation),
                async answer =>
                    answer.Status == 422 && GitHubError.Of(answer).Has("tag_name", "already_exists")
                        ? await FindAsync(wanted.TagName, cancellation)
                        : null
            );
        if (found.Name == fitted.Name && BodyText.Same(found.Body, fitted.Body) && found.Prerelease == fitted.Prerelease)
            return found;
        return await wire.SendAsync(
            new(
                HttpMethod.Patch,
                $"repos/{repository}/releases/{found.Id}",
                $"update the release {wanted.TagName} of {repository}"
            )
            {
                Content = GitHubJson.Content(
                    new ReleaseChange(fitted.Name, fitted.Body, fitted.Prerelease),
                    GitHubJson.Default.ReleaseChange
                ),
            },
            GitHubJson.Default.Release,
            cancellation
        );

        (string, string)? Explain(GitHubError error) =>
            error.Has("tag_name", "already_exists")
                ? (
                    $"The repository {repository} has a release {wanted.TagName} that is not published.",
                    "Publish or delete the draft on its page, then run the command again."
                )
            : error.Has("target_commitish", "invalid")
                ? (
                    $"The repository {repository} does not have the commit {wanted.TargetCommitish}.",
                    "Push it, then run the command again."
                )
            : null;
    }

    /// <summary>The files of a release.</summary>
    public Task<IReadOnlyList<ReleaseAsset>> AssetsAsync(Release release, CancellationToken cancellation) =>
        wire.ListAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/releases/{release.Id}/assets?per_page=100",
                $"list the files of the release {release.TagName} of {repository}"
            ),
            GitHubJson.Default.ReleaseAssetArray,
            page => page,
            cancellation
        );

    /// <summary>Uploads a file under its name. The same bytes are left alone, and what broke off is cleared away.</summary>
    /// <param name="release">The release.</param>
    /// <param name="path">The file. Its name has letters, digits, dots, hyphens and underscores only: GitHub renames others.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="replaces">Whether it takes the place of another file of that name.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ArgumentException">It has another name.</exception>
    /// <exception cref="ConcordException">Another file of that name is there and is to stay, or GitHub refuses.</exception>
    public async Task<ReleaseAsset> PutAssetAsync(
        Release release,
        string path,
        string type,
        bool replaces,
        CancellationToken cancellation
    )
    {
        var name = Path.GetFileName(path);
        if (!AssetName().IsMatch(name))
            throw new ArgumentException($"GitHub would rename '{name}'.", nameof(path));
        var (size, digest) = await MeasureAsync(path, cancellation);
        if (await PlaceAsync() is { } same)
            return same;
        var doing = $"upload {name} to the release {release.TagName} of {repository}";
        var template = release.UploadUrl;
        var address = template.Contains('{', StringComparison.Ordinal) ? template[..template.IndexOf('{')] : template;
        return await wire.SendAsync(
            new(HttpMethod.Post, $"{address}?name={Uri.EscapeDataString(name)}", doing)
            {
                Content = () =>
                    new StreamContent(File.OpenRead(path))
                    {
                        Headers = { ContentType = new MediaTypeHeaderValue(type), ContentLength = size },
                    },
                Patience = FilePatience,
            },
            GitHubJson.Default.ReleaseAsset,
            cancellation,
            PlaceAsync,
            async answer =>
                answer.Status == 422 && GitHubError.Of(answer).Has("name", "already_exists") ? await PlaceAsync() : null
        );

        // The file where it is there already; else its place is made free, of an older one or one that broke off.
        async Task<ReleaseAsset?> PlaceAsync()
        {
            var there = (await AssetsAsync(release, cancellation)).FirstOrDefault(a =>
                string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase)
            );
            if (there is { IsWhole: true } && there.Size == size && there.Digest == digest)
                return there;
            if (there is { IsWhole: true } && !replaces)
                throw PublishedOtherwise(there, release.TagName);
            if (there is not null)
                await wire.SendAsync(
                    new(
                        HttpMethod.Delete,
                        $"repos/{repository}/releases/assets/{there.Id}",
                        $"replace {name} in the release {release.TagName} of {repository}"
                    ),
                    answer => answer.Status == 404,
                    cancellation
                );
            return null;
        }
    }

    /// <summary>Says that a release has another file, or one of which it cannot be told: what is published stays as it is.</summary>
    /// <param name="there">The file that is there.</param>
    /// <param name="tag">The release's tag.</param>
    public static ConcordException PublishedOtherwise(ReleaseAsset there, string tag) =>
        new(
            "published-otherwise",
            there.Digest is null
                ? $"The release {tag} has a {PlainText.Of(there.Name)} of which GitHub tells no sum, so it cannot be told whether it is the same; what is published is not replaced."
                : $"The release {tag} has another {PlainText.Of(there.Name)}; what is published is not replaced.",
            "Take another tag. Where nobody can have used it yet, delete the file on the release's page, then run the command again."
        );

    private static async Task<(long Size, string Digest)> MeasureAsync(string path, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        var hash = await SHA256.HashDataAsync(file, cancellation);
        return (file.Length, $"sha256:{Convert.ToHexStringLower(hash)}");
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]*\z")]
    private static partial Regex AssetName();
}
