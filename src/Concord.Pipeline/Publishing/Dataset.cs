using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Publishing;

/// <summary>What a workspace has at one commit for whoever works with its numbers: grades, consensus, rubric.</summary>
/// <param name="Name">The benchmark's name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Commit">The commit's full id.</param>
/// <param name="CommittedAt">When it was committed; every file of the archive is of that time.</param>
/// <param name="Files">Paths in the workspace with their bytes, sorted.</param>
/// <param name="Grades">How many grades the consensus counts.</param>
/// <param name="Graders">By how many people.</param>
internal sealed record Dataset(
    string Name,
    string Title,
    string Commit,
    DateTimeOffset CommittedAt,
    IReadOnlyList<(string Path, byte[] Bytes)> Files,
    int Grades,
    int Graders
)
{
    // graders.yaml stays behind: it has addresses of people, and consensus/graders.csv says what the numbers depend on.
    private static readonly string[] Beside = ["LICENSE", WorkspaceFolder.BenchmarkFile, "consensus/README.md"];

    /// <summary>Reads a commit, and holds its consensus against its grades.</summary>
    /// <param name="repository">The workspace's repository.</param>
    /// <param name="commit">A full id.</param>
    /// <param name="say">Takes what is going on.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">The workspace is in error, or its consensus is not of its grades.</exception>
    public static async Task<Dataset> OfAsync(
        GitRepository repository,
        string commit,
        Action<string> say,
        CancellationToken cancellation
    )
    {
        using var tree = await repository.OpenTreeAsync(commit, say, cancellation);
        var consensus = CommitConsensus.Of(repository, tree, cancellation);
        if (consensus.Behind.Count > 0)
            throw new ConcordException(
                "consensus-behind",
                $"At {commit[..7]} consensus/ is not of the grades there: {string.Join(", ", consensus.Behind.Select(f => Path.GetFileName(f.Path)))}.",
                "Run 'concord ci publish' first, and release the commit that it makes. A tag that stands at this one is not moved: take another name."
            );
        var seconds = await repository.Git.RunAsync(["show", "-s", "--format=%ct", commit, "--"], cancellation);
        return new(
            consensus.Benchmark.Name,
            consensus.Benchmark.Title,
            commit,
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds.Trim(), CultureInfo.InvariantCulture)),
            [.. consensus.Files.Concat(Kept(tree)).OrderBy(f => f.Path, StringComparer.Ordinal)],
            consensus.Grades,
            consensus.Graders
        );
    }

    private static IEnumerable<(string Path, byte[] Bytes)> Kept(FileTree tree) =>
        tree.List("grades")
            .Where(e => e.Kind == EntryKind.File)
            .Select(e => e.Path)
            .Concat(Beside)
            .Select(p => (p, tree.Read(p)))
            .Where(f => f.Item2 is not null)
            .Select(f => (f.p, f.Item2!));
}
