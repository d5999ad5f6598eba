using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Grading;

/// <summary>A session that has grades which a commit does not have.</summary>
/// <param name="Id">The session.</param>
/// <param name="Branch">Its branch.</param>
/// <param name="Commit">Where the branch is.</param>
/// <param name="Files">The files that it has written, by path in the workspace, as they lie: what is not committed too.</param>
public sealed record OpenSession(string Id, string Branch, string Commit, IReadOnlyDictionary<string, byte[]> Files);

/// <summary>The sessions of a grader that are still to be handed in.</summary>
public static class OpenSessions
{
    /// <summary>Who has a grading branch in this clone.</summary>
    /// <param name="root">The workspace's folder.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<GraderId>> GradersAsync(string root, CancellationToken cancellation)
    {
        var repository = await GitRepository.FindAsync(root, cancellation);
        using var blobs = new BlobReader(repository.Git);
        var refs = await GradingRefs.ReadAsync(repository, blobs, cancellation);
        return
        [
            .. refs
                .Own.Select(b => SessionId.GraderOf(b.Name[GradingRefs.OwnPrefix.Length..]))
                .OfType<GraderId>()
                .Distinct()
                .Order(),
        ];
    }

    /// <summary>Looks at every grading branch of this clone; changes nothing.</summary>
    /// <param name="root">The workspace's folder.</param>
    /// <param name="grader">Whose.</param>
    /// <param name="into">The commit that has what was handed in: the default branch's.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Those of which a grade is not there, by date.</returns>
    public static async Task<IReadOnlyList<OpenSession>> OfAsync(
        string root,
        GraderId grader,
        string into,
        CancellationToken cancellation
    )
    {
        var repository = await GitRepository.FindAsync(root, cancellation);
        using var blobs = new BlobReader(repository.Git);
        var refs = await GradingRefs.ReadAsync(repository, blobs, cancellation);
        var there = GradingRefs.Files(new("", into), repository, blobs).ToDictionary(f => f.Name, f => f.Blob);
        var sessions = SessionFolder.OfAll(repository.CommonFolder!);
        var open = new List<(DateOnly, int, OpenSession)>();
        foreach (var branch in refs.Own)
        {
            var id = branch.Name[GradingRefs.OwnPrefix.Length..];
            if (!SessionId.TryParse(id, grader, out var date, out var number))
                continue;
            var folder = new SessionFolder(Path.Combine(sessions, id));
            if (folder.Read() is { } record && record.Prefix != repository.Prefix)
                continue;
            var names = GradeFile.Own(grader, date);
            var committed = GradingRefs
                .Files(branch, repository, blobs)
                .Where(f => names.Contains($"grades/{f.Name}"))
                .ToDictionary(f => f.Name, f => f.Blob);
            var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            var due = false;
            foreach (var name in names)
            {
                var fileName = Path.GetFileName(name);
                var blob = committed.GetValueOrDefault(fileName);
                var file = Path.Combine(folder.Path, GradingTree.Name, repository.Prefix, name);
                var bytes =
                    File.Exists(file) ? await File.ReadAllBytesAsync(file, cancellation)
                    : blob is not null ? blobs.Read(blob)
                    : null;
                if (bytes is null)
                    continue;
                files[name] = bytes;
                due |= there.GetValueOrDefault(fileName) is not { } handed || !BlobId.IsOf(handed, bytes);
            }
            if (due)
                open.Add((date, number, new(id, branch.Name[GradingRefs.Heads.Length..], branch.Commit, files)));
        }
        return [.. open.OrderBy(o => o.Item1).ThenBy(o => o.Item2).Select(o => o.Item3)];
    }
}
