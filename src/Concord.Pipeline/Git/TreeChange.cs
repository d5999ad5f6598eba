namespace Concord.Pipeline.Git;

/// <summary>One path that differs between two commits.</summary>
/// <param name="Path">From the repository's root, with <c>/</c>.</param>
/// <param name="OldMode">Six octal digits; zeros where it was not there.</param>
/// <param name="NewMode">Six octal digits; zeros where it is gone.</param>
/// <param name="NewId">The new object's id; zeros where it is gone.</param>
/// <param name="Size">The new blob's bytes; null where it is gone, no blob, or not in this clone.</param>
public sealed record TreeChange(string Path, string OldMode, string NewMode, string NewId, long? Size)
{
    private const string None = "000000";

    /// <summary>Whether it is not there any more.</summary>
    public bool IsRemoved => NewMode == None;

    /// <summary>Whether it is a symbolic link now.</summary>
    public bool IsLink => NewMode == "120000";

    /// <summary>Whether it is another repository's commit now.</summary>
    public bool IsSubmodule => NewMode == "160000";

    /// <summary>Whether it is a file that nobody may run.</summary>
    public bool IsPlainFile => NewMode == "100644";

    /// <summary>Every path that differs between two commits, in the whole repository, as plumbing sees it.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="from">A full id.</param>
    /// <param name="to">A full id.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<IReadOnlyList<TreeChange>> BetweenAsync(
        GitCommand git,
        string from,
        string to,
        CancellationToken cancellation
    )
    {
        var raw = await git.RunAsync(
            ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none", from, to],
            cancellation
        );
        // ":old new oldid newid status", NUL, path, NUL.
        var changes = raw.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Chunk(2)
            .Where(c => c.Length == 2)
            .Select(c => (Fields: c[0].TrimStart(':').Split(' '), Path: c[1]))
            .Select(c => new TreeChange(c.Path, c.Fields[0], c.Fields[1], c.Fields[3], null))
            .ToArray();
        string[] blobs = [.. changes.Where(c => c is { IsRemoved: false, IsSubmodule: false }).Select(c => c.NewId).Distinct()];
        if (blobs.Length == 0)
            return changes;
        var answer = await git.RunAsync(
            ["cat-file", "--batch-check=%(objectname) %(objectsize)"],
            cancellation,
            string.Concat(blobs.Select(b => b + "\n"))
        );
        var sizes = answer
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(' '))
            .ToDictionary(l => l[0], l => long.TryParse(l[1], out var size) ? size : (long?)null, StringComparer.Ordinal);
        return Array.ConvertAll(changes, c => c with { Size = sizes.GetValueOrDefault(c.NewId) });
    }
}
