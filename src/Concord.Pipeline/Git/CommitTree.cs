using Concord.Pipeline.Trees;
using LibGit2Sharp;

namespace Concord.Pipeline.Git;

/// <summary>The files of a commit, read in-process without a checkout.</summary>
internal sealed class CommitTree(Repository repository, Commit commit, string prefix) : FileTree
{
    public override string Name => $"commit {commit.Sha[..7]}";

    public override byte[]? Read(string path)
    {
        if (commit.Tree[prefix + path] is not { TargetType: TreeEntryTargetType.Blob, Mode: not Mode.SymbolicLink } entry)
            return null;
        var blob = (Blob)entry.Target;
        using var stream = blob.GetContentStream();
        var bytes = new byte[blob.Size];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public override string? BlobId(string path) =>
        commit.Tree[prefix + path] is { TargetType: TreeEntryTargetType.Blob, Mode: not Mode.SymbolicLink } entry
            ? entry.Target.Sha
            : null;

    public override bool LeadsThroughLink(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (commit.Tree[prefix + part] is { Mode: Mode.SymbolicLink })
                return true;
            if (end < 0)
                return false;
        }
    }

    public override void Dispose()
    {
        repository.Dispose();
        base.Dispose();
    }

    protected override IEnumerable<Trees.TreeEntry> Entries(string folder) =>
        commit.Tree[prefix + folder] switch
        {
            null => [],
            { TargetType: TreeEntryTargetType.Tree } entry => Below((Tree)entry.Target, folder),
            var entry => [new(folder, KindOf(entry))],
        };

    private static IEnumerable<Trees.TreeEntry> Below(Tree tree, string folder)
    {
        foreach (var entry in tree)
        {
            var path = $"{folder}/{entry.Name}";
            if (entry.TargetType == TreeEntryTargetType.Tree)
            {
                foreach (var below in Below((Tree)entry.Target, path))
                    yield return below;
            }
            else
            {
                yield return new(path, KindOf(entry));
            }
        }
    }

    private static EntryKind KindOf(LibGit2Sharp.TreeEntry entry) =>
        entry switch
        {
            { Mode: Mode.SymbolicLink } => EntryKind.Link,
            { TargetType: TreeEntryTargetType.Blob } => EntryKind.File,
            _ => EntryKind.Other,
        };
}
