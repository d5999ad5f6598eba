using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Git;

/// <summary>
/// The files of a commit read through the git command line: for repositories that libgit2 cannot open (sha256, reftable,
/// partial clones) and machines that have no libgit2.
/// </summary>
internal sealed class CommandTree : FileTree
{
    private readonly Dictionary<string, (string Blob, EntryKind Kind)> _entries = new(StringComparer.Ordinal);
    private readonly BlobReader _blobs;
    private readonly string _commit;

    private CommandTree(GitCommand git, string commit) => (_blobs, _commit) = (new(git), commit);

    public override string Name => $"commit {_commit[..7]}";

    public static async Task<CommandTree> OpenAsync(GitCommand git, string commit, string prefix, CancellationToken cancellation)
    {
        var listing = await git.RunAsync(["ls-tree", "-r", "-z", "--full-tree", commit], cancellation);
        var tree = new CommandTree(git, commit);
        foreach (var line in listing.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var (description, path) = (
                line[..line.IndexOf('\t', StringComparison.Ordinal)].Split(' '),
                line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..]
            );
            var kind =
                description[0] == "120000" ? EntryKind.Link
                : description[1] == "blob" ? EntryKind.File
                : EntryKind.Other;
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                tree._entries[path[prefix.Length..]] = (description[2], kind);
        }
        return tree;
    }

    public override byte[]? Read(string path) =>
        _entries.TryGetValue(path, out var entry) && entry.Kind == EntryKind.File ? _blobs.Read(entry.Blob) : null;

    public override string? BlobId(string path) =>
        _entries.TryGetValue(path, out var entry) && entry.Kind == EntryKind.File ? entry.Blob : null;

    public override bool LeadsThroughLink(string path) =>
        _entries.Any(e =>
            e.Value.Kind == EntryKind.Link && (path == e.Key || path.StartsWith(e.Key + "/", StringComparison.Ordinal))
        );

    public override void Dispose()
    {
        _blobs.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<TreeEntry> Entries(string folder) =>
        _entries
            .Where(e => e.Key == folder || e.Key.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(e => new TreeEntry(e.Key, e.Value.Kind));
}
