using Concord.Core.Domain;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Grading;

/// <summary>Counts peers anew where branches have moved since: the user fetched, or another grader of this clone saved.</summary>
/// <param name="repository">The repository.</param>
/// <param name="grader">Who grades; their own branches say nothing of peers.</param>
internal sealed class PeerWatch(GitRepository repository, GraderId grader)
{
    private static readonly string[] Folders = ["refs/heads", "refs/remotes"];
    private static readonly string[] Files = ["HEAD", "packed-refs", "reftable/tables.list"];

    private (string Name, long Length, long Written)[] _seen = Branches(repository.CommonFolder!, grader);

    /// <summary>The counts; null where no branch has moved. It looks at the files of the branches, and starts git only where one has.</summary>
    public async Task<IReadOnlyDictionary<OutputKey, int>?> TryCountAsync(Workspace workspace, CancellationToken cancellation)
    {
        var now = Branches(repository.CommonFolder!, grader);
        if (now.AsSpan().SequenceEqual(_seen))
            return null;
        using var blobs = new BlobReader(repository.Git);
        var refs = await GradingRefs.ReadAsync(repository, blobs, cancellation);
        var files = CommittedGrades.Read(repository, refs, blobs, GradingMode.Grade, workspace.Benchmark.Criteria);
        _seen = now;
        return PeerCounts.Of(files, workspace, grader);
    }

    // Git replaces the file of a branch, or the one of all packed branches (reftable: the list of tables), when a branch moves.
    private static (string Name, long Length, long Written)[] Branches(string common, GraderId grader)
    {
        var folders = Folders.Select(f => new DirectoryInfo(Path.Combine(common, f)));
        return
        [
            .. folders
                .Where(f => f.Exists)
                .SelectMany(f => f.EnumerateFiles("*", SearchOption.AllDirectories))
                .Concat(Files.Select(f => new FileInfo(Path.Combine(common, f))))
                .Where(f => f.Exists)
                .Select(f =>
                    (
                        Name: Path.GetRelativePath(common, f.FullName).Replace('\\', '/'),
                        f.Length,
                        Written: f.LastWriteTimeUtc.Ticks
                    )
                )
                .Where(f => !f.Name.EndsWith(".lock", StringComparison.Ordinal) && !IsOwn(f.Name, grader))
                .OrderBy(f => f.Name, StringComparer.Ordinal),
        ];
    }

    private static bool IsOwn(string name, GraderId grader) =>
        name.StartsWith(GradingRefs.OwnPrefix, StringComparison.Ordinal)
        && SessionId.TryParse(name[GradingRefs.OwnPrefix.Length..], grader, out _, out _);
}
