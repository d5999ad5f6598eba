using System.IO.Compression;
using Concord.Core.Domain;

namespace Concord.Pipeline.GitHub;

/// <summary>What the runs of a repository's workflows leave to those that follow them.</summary>
internal sealed class WorkflowRuns(GitHubWire wire, RepositoryName repository)
{
    /// <summary>Reads one.</summary>
    public Task<WorkflowRun> GetAsync(long id, CancellationToken cancellation) =>
        wire.SendAsync(
            new(HttpMethod.Get, $"repos/{repository}/actions/runs/{id}", $"read the run {id} of {repository}"),
            GitHubJson.Default.WorkflowRun,
            cancellation
        );

    /// <summary>The pull request that a run was for, as GitHub knows it: from the run's branch, with the run's commit as its head.</summary>
    /// <remarks>A run's own list of pull requests is empty for forks, and what its artifact says of itself a stranger may have written.</remarks>
    /// <param name="run">A run of <c>pull_request</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>None where it was closed or pushed to since; several where one branch is for several.</returns>
    public async Task<IReadOnlyList<PullRequest>> PullRequestsAsync(WorkflowRun run, CancellationToken cancellation)
    {
        if (
            run is not { HeadBranch: { } branch, HeadRepository.FullName: { } full }
            || !RepositoryName.TryParse(full, out var head)
        )
            return [];
        var open = await new PullRequests(wire, repository).ListAsync(head, branch, into: null, cancellation);
        return [.. open.Where(p => p.Head.Sha == run.HeadSha)];
    }

    /// <summary>What a run left.</summary>
    public Task<IReadOnlyList<WorkflowArtifact>> ArtifactsAsync(long run, CancellationToken cancellation) =>
        wire.ListAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/actions/runs/{run}/artifacts?per_page=100",
                $"list the artifacts of the run {run} of {repository}"
            ),
            GitHubJson.Default.ArtifactPage,
            page => page.Artifacts,
            cancellation
        );

    /// <summary>Downloads an artifact and takes its files out.</summary>
    /// <param name="artifact">Which. What it holds may be a stranger's: data, to be checked.</param>
    /// <param name="largest">How many bytes it may have, packed and unpacked.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The files by their names in it. Nothing is written anywhere.</returns>
    /// <exception cref="ConcordException">It is gone, too large, or no zip.</exception>
    public async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(
        WorkflowArtifact artifact,
        int largest,
        CancellationToken cancellation
    )
    {
        if (artifact.Expired)
            throw Unfit(artifact, "it is expired", "Run the workflow that made it again.");
        if (artifact.SizeInBytes > largest)
            throw Unfit(artifact, $"it is larger than {largest / 1024} KB", "It is not what Concord leaves there.");
        var zip = await wire.DownloadAsync(
            new(
                HttpMethod.Get,
                $"repos/{repository}/actions/artifacts/{artifact.Id}/zip",
                $"download the artifact '{artifact.Name}' of {repository}"
            )
            {
                IsFile = true,
                Largest = largest,
                Patience = TimeSpan.FromMinutes(5),
            },
            cancellation
        );
        try
        {
            return Unpacked(zip, largest)
                ?? throw Unfit(
                    artifact,
                    $"its files are larger than {largest / 1024} KB",
                    "It is not what Concord leaves there."
                );
        }
        catch (InvalidDataException)
        {
            throw Unfit(artifact, "it is no zip file", "Run the workflow that made it again.");
        }
    }

    private static Dictionary<string, byte[]>? Unpacked(byte[] zip, int largest)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var left = largest;
        foreach (var entry in archive.Entries.Where(e => e.Name.Length > 0))
        {
            using var stream = entry.Open();
            using var file = new MemoryStream();
            var buffer = new byte[16 * 1024];
            // By what comes out, not by what the zip says of it.
            while (stream.Read(buffer) is var count and > 0)
            {
                if ((left -= count) < 0)
                    return null;
                file.Write(buffer, 0, count);
            }
            if (!files.TryAdd(entry.FullName, file.ToArray()))
                throw new InvalidDataException("Two files of one name.");
        }
        return files;
    }

    private ConcordException Unfit(WorkflowArtifact artifact, string why, string mend) =>
        new("github-artifact", $"The artifact '{PlainText.Of(artifact.Name)}' of {repository} is of no use: {why}.", mend);
}
