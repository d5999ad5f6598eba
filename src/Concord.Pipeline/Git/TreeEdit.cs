using System.Text;

namespace Concord.Pipeline.Git;

/// <summary>Makes trees from others with some files replaced, as objects: no index and no work tree is touched.</summary>
/// <param name="git">The repository.</param>
internal sealed class TreeEdit(GitCommand git)
{
    private const string Folder = "040000";
    private const string Submodule = "160000";
    private const string Regular = "100644";

    /// <summary>A commit's tree with files added, replaced or left out.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="files">By path from the root: mode and id as git lists them; null leaves the file out.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The tree's id.</returns>
    public async Task<string> OfAsync(
        string commit,
        IReadOnlyDictionary<string, string?> files,
        CancellationToken cancellation
    ) => await MakeAsync(commit, "", files, cancellation) ?? await WriteAsync(new(), cancellation);

    /// <summary>Keeps a text file's bytes as an object.</summary>
    /// <returns>What <see cref="OfAsync"/> takes.</returns>
    public async Task<string> BlobAsync(byte[] bytes, CancellationToken cancellation) =>
        $"{Regular} {(await git.RunAsync(["hash-object", "-w", "--stdin"], cancellation, Encoding.UTF8.GetString(bytes))).Trim()}";

    private async Task<string?> MakeAsync(
        string commit,
        string folder,
        IReadOnlyDictionary<string, string?> files,
        CancellationToken cancellation
    )
    {
        var entries = await ListAsync(commit, folder, cancellation);
        foreach (var group in files.GroupBy(f => f.Key.Split('/', 2)[0], StringComparer.Ordinal))
        {
            var deeper = group
                .Where(f => f.Key != group.Key)
                .ToDictionary(f => f.Key[(group.Key.Length + 1)..], f => f.Value, StringComparer.Ordinal);
            var entry =
                deeper.Count == 0 ? files[group.Key]
                : await MakeAsync(commit, folder.Length == 0 ? group.Key : $"{folder}/{group.Key}", deeper, cancellation)
                    is { } tree
                    ? $"{Folder} {tree}"
                : null;
            if (entry is null)
                entries.Remove(group.Key);
            else
                entries[group.Key] = entry;
        }
        return entries.Count == 0 ? null : await WriteAsync(entries, cancellation);
    }

    private async Task<SortedDictionary<string, string>> ListAsync(string commit, string folder, CancellationToken cancellation)
    {
        var listing = await git.TryRunAsync(["ls-tree", "-z", "--full-tree", $"{commit}:{folder}"], cancellation);
        var entries = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (listing.ExitCode == 0)
            foreach (var line in listing.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries))
                if (line.Split('\t', 2) is [var what, var name] && what.Split(' ') is [var mode, _, var id])
                    entries[name] = $"{mode} {id}";
        return entries;
    }

    // A partial clone need not have the files that stay as they are.
    private async Task<string> WriteAsync(SortedDictionary<string, string> entries, CancellationToken cancellation) =>
        (
            await git.RunAsync(
                ["mktree", "-z", "--missing"],
                cancellation,
                string.Concat(
                    entries.Select(e => e.Value.Split(' ') is [var mode, var id] ? $"{mode} {KindOf(mode)} {id}\t{e.Key}\0" : "")
                )
            )
        ).Trim();

    private static string KindOf(string mode) =>
        mode switch
        {
            Folder => "tree",
            Submodule => "commit",
            _ => "blob",
        };
}
