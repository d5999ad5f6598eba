using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Importing;

/// <summary>What is to be written and removed: gathered first, done at the end, and only where bytes differ.</summary>
internal sealed class WritePlan(string root, WorkTree tree)
{
    private readonly SortedDictionary<string, byte[]> _writes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _removals = new(StringComparer.Ordinal);

    public void Write(string path, byte[] bytes)
    {
        _writes[path] = bytes;
        _removals.Remove(path);
    }

    /// <summary>Removes every file of a folder that is not written by this plan.</summary>
    public void RemoveOthers(string folder) =>
        _removals.UnionWith(tree.List(folder).Select(e => e.Path).Where(p => !_writes.ContainsKey(p)));

    public void RemoveFile(string path)
    {
        if (tree.Read(path) is not null)
            _removals.Add(path);
    }

    /// <summary>What makes the plan impossible or unsafe.</summary>
    public IEnumerable<Problem> Problems() =>
        _writes
            .Keys.SelectMany(Folders)
            .Distinct(StringComparer.Ordinal)
            .Where(folder => new DirectoryInfo(Path.Combine(root, folder)).LinkTarget is not null)
            .Select(folder => new Problem(
                Severity.Error,
                "link",
                folder,
                null,
                null,
                "The folder is a symbolic link, and may lead out of the workspace.",
                "Put a real folder in its place."
            ));

    /// <summary>What <see cref="Execute"/> will do.</summary>
    public ImportedFiles Changes()
    {
        var there = _writes.Keys.Select(path => (Path: path, Old: tree.Read(path))).ToArray();
        var changed = there
            .Where(f => f.Old is not null && !f.Old.AsSpan().SequenceEqual(_writes[f.Path]))
            .Select(f => f.Path)
            .ToArray();
        var added = there.Where(f => f.Old is null).Select(f => f.Path).ToArray();
        return new(added, changed, [.. _removals], there.Length - added.Length - changed.Length);
    }

    /// <summary>Removes and writes.</summary>
    /// <exception cref="ConcordException">The file system refused; running the import again does the rest.</exception>
    public void Execute()
    {
        var changes = Changes();
        foreach (var path in changes.Removed)
            Remove(path);
        AtomicFile.ReplaceAll([.. changes.Added.Concat(changes.Changed).Select(p => (Path.Combine(root, p), _writes[p]))]);
    }

    // An empty folder would be in the way of a file of its name, and git would not keep it.
    private void Remove(string path)
    {
        try
        {
            File.Delete(Path.Combine(root, path));
            foreach (var folder in Folders(path).Reverse().Select(f => Path.Combine(root, f)))
            {
                if (Directory.EnumerateFileSystemEntries(folder).Any())
                    break;
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-write",
                $"The file could not be removed: {e.Message}",
                "Give write permission, then run the import again.",
                path
            );
        }
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
            yield return path[..slash];
    }
}
