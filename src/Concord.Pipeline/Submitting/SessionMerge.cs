using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Submitting;

/// <summary>Joins a session's files with what others have of them, row by row, and its branch with other branches.</summary>
/// <param name="repository">The repository.</param>
/// <param name="own">The session's files, by path in the workspace.</param>
internal sealed class SessionMerge(GitRepository repository, IReadOnlyCollection<string> own)
{
    private const int MostPaths = 20;

    private readonly List<string> _replaced = [];

    /// <summary>What gave way to something later, one sentence each.</summary>
    public IReadOnlyList<string> Replaced => _replaced;

    /// <summary>The session's files as a commit has them; those that it has not are missing.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(string? commit, CancellationToken cancellation)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (commit is not null)
            foreach (var path in own)
                if (
                    await repository.Git.TryRunAsync(["cat-file", "blob", $"{commit}:{repository.Prefix}{path}"], cancellation) is
                    { ExitCode: 0 } blob
                )
                    files[path] = blob.Output;
        return files;
    }

    /// <summary>The files with what another commit has of them.</summary>
    /// <param name="ours">The files.</param>
    /// <param name="ancestor">The commit that both sides began from; null where there is none.</param>
    /// <param name="theirs">The other commit.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyDictionary<string, byte[]>> WithAsync(
        IReadOnlyDictionary<string, byte[]> ours,
        string? ancestor,
        string theirs,
        CancellationToken cancellation
    )
    {
        var (old, other) = (await FilesAsync(ancestor, cancellation), await FilesAsync(theirs, cancellation));
        var merged = new Dictionary<string, byte[]>(ours, StringComparer.Ordinal);
        foreach (var (path, bytes) in other)
        {
            var mine = ours.GetValueOrDefault(path, []);
            var before = old.GetValueOrDefault(path, []);
            if (bytes.AsSpan().SequenceEqual(mine) || bytes.AsSpan().SequenceEqual(before))
                continue;
            var merge = GradeMerge.Of(before, mine, bytes, path);
            merged[path] = merge.Bytes;
            _replaced.AddRange(merge.Replaced.Except(_replaced));
        }
        return merged;
    }

    /// <summary>The files that a branch changed besides the session's own.</summary>
    /// <param name="ancestor">Where it began.</param>
    /// <param name="commit">Where it is.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<string>> OthersAsync(string ancestor, string commit, CancellationToken cancellation) =>
        [.. (await ChangesAsync(ancestor, commit, cancellation)).Keys.Where(p => !IsOwn(p)).Order(StringComparer.Ordinal)];

    /// <summary>A merge of two commits: the session's files as they were joined, of others what one side alone changed.</summary>
    /// <exception cref="ConcordException">Both sides changed another file.</exception>
    public async Task<string> TreeAsync(
        string ours,
        string ancestor,
        string theirs,
        IReadOnlyDictionary<string, byte[]> files,
        CancellationToken cancellation
    )
    {
        var (left, right) = (
            await ChangesAsync(ancestor, ours, cancellation),
            await ChangesAsync(ancestor, theirs, cancellation)
        );
        string[] both = [.. right.Keys.Where(p => !IsOwn(p) && left.TryGetValue(p, out var l) && l != right[p])];
        if (both.Length > 0)
            throw new ConcordException(
                "both-changed",
                $"The session's branch and another both changed {Listed(both)}.",
                "Merge them by hand on the session's branch, then submit again."
            );
        return await TreeAsync(
            ours,
            files,
            right.Where(p => !IsOwn(p.Key)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal),
            cancellation
        );
    }

    /// <summary>A commit's tree with the session's files.</summary>
    public async Task<string> TreeAsync(
        string commit,
        IReadOnlyDictionary<string, byte[]> files,
        IReadOnlyDictionary<string, string?> others,
        CancellationToken cancellation
    )
    {
        var edit = new TreeEdit(repository.Git);
        var all = new Dictionary<string, string?>(others, StringComparer.Ordinal);
        foreach (var (path, bytes) in files)
            all[repository.Prefix + path] = await edit.BlobAsync(bytes, cancellation);
        return await edit.OfAsync(commit, all, cancellation);
    }

    public static string Listed(IReadOnlyList<string> paths) =>
        string.Join(", ", paths.Take(MostPaths).Select(PlainText.Of))
        + (paths.Count > MostPaths ? $" and {paths.Count - MostPaths} more" : "");

    private bool IsOwn(string path) =>
        path.StartsWith(repository.Prefix, StringComparison.Ordinal) && own.Contains(path[repository.Prefix.Length..]);

    // What a path became: mode and id, or null where it is gone.
    private async Task<IReadOnlyDictionary<string, string?>> ChangesAsync(string from, string to, CancellationToken cancellation)
    {
        var parts = (
            await repository.Git.RunAsync(
                ["diff-tree", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", "--ignore-submodules=none", from, to],
                cancellation
            )
        ).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        return parts
            .Chunk(2)
            .Where(c => c.Length == 2)
            .ToDictionary(
                c => c[1],
                c => c[0].Split(' ') is [_, var mode, _, var id, var kind] && kind != "D" ? $"{mode} {id}" : null,
                StringComparer.Ordinal
            );
    }
}
