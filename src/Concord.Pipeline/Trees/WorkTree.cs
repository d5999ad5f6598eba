using System.Collections.Concurrent;
using Concord.Core.Domain;

namespace Concord.Pipeline.Trees;

/// <summary>The files as they lie on disk.</summary>
public sealed class WorkTree(string root) : FileTree
{
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    // Folders on the way to what was read, that are no links. A command reads for seconds and asks of each a thousand times.
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);

    public override string Name => "the work tree";

    public override bool IsConcurrent => true;

    public override byte[]? Read(string path)
    {
        try
        {
            var file = Path.Combine(root, path);
            return RegularFile.Is(file) && IsIn(path) ? File.ReadAllBytes(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-read",
                $"The file could not be read: {e.Message}",
                "Give read permission, or move it away.",
                path
            );
        }
    }

    public override bool LeadsThroughLink(string path)
    {
        return !IsIn(path) || new FileInfo(Path.Combine(root, path)).LinkTarget is not null;
    }

    // Whether no folder on the way to a path is a link.
    private bool IsIn(string path) => path.LastIndexOf('/') is var slash && (slash < 0 || IsFolder(path[..slash]));

    /// <summary>Whether a path leads through no link; remembered where that is so.</summary>
    private bool IsFolder(string path)
    {
        if (_folders.ContainsKey(path))
            return true;
        if (LeadsThroughLink(path))
            return false;
        _folders.TryAdd(path, true);
        return true;
    }

    protected override IEnumerable<TreeEntry> Entries(string folder)
    {
        var start = new DirectoryInfo(Path.Combine(root, folder));
        if (start.LinkTarget is not null)
            yield return new(folder, EntryKind.Link);
        else if (File.Exists(start.FullName))
            yield return new(folder, EntryKind.File);
        if (!start.Exists || LeadsThroughLink(folder))
            yield break;
        var pending = new Stack<string>([folder]);
        while (pending.TryPop(out var next))
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(Path.Combine(root, next), "*", Everything))
            {
                var path = $"{next}/{Path.GetFileName(entry)}";
                if (RegularFile.KindOf(entry) is { } kind)
                    yield return new(path, kind);
                else
                    pending.Push(path);
            }
        }
    }
}
