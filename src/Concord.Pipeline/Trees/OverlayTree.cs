namespace Concord.Pipeline.Trees;

/// <summary>A tree with some paths as another tree has them: what merging gives where nobody else changed these.</summary>
/// <param name="below">What holds where nothing was changed.</param>
/// <param name="above">What holds of the changed paths.</param>
/// <param name="changed">Paths that were added, changed or removed.</param>
public sealed class OverlayTree(FileTree below, FileTree above, IReadOnlySet<string> changed) : FileTree
{
    public override string Name => $"{above.Name} on {below.Name}";

    public override byte[]? Read(string path) => Of(path).Read(path);

    public override string? BlobId(string path) => Of(path).BlobId(path);

    // A folder may have become a link, or a link a folder.
    public override bool LeadsThroughLink(string path) =>
        IsChangedOnTheWay(path) ? above.LeadsThroughLink(path) : below.LeadsThroughLink(path);

    protected override IEnumerable<TreeEntry> Entries(string folder) =>
        below.List(folder).Where(e => !changed.Contains(e.Path)).Concat(above.List(folder).Where(e => changed.Contains(e.Path)));

    private FileTree Of(string path) => changed.Contains(path) ? above : below;

    private bool IsChangedOnTheWay(string path)
    {
        for (var end = path.IndexOf('/', StringComparison.Ordinal); ; end = path.IndexOf('/', end + 1))
        {
            if (changed.Contains(end < 0 ? path : path[..end]))
                return true;
            if (end < 0)
                return false;
        }
    }
}
