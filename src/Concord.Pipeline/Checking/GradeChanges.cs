using Concord.Pipeline.Git;

namespace Concord.Pipeline.Checking;

/// <summary>Which commits of a pull request themselves changed which grade files, merges included.</summary>
internal sealed class GradeChanges(GitRepository repository)
{
    private readonly FolderVersions _versions = new(repository.Git, repository.Prefix + "grades");

    /// <summary>Every grade file whose state at the head is not the one of the base or of where they parted.</summary>
    /// <param name="baseCommit">The base.</param>
    /// <param name="head">The head.</param>
    /// <param name="partedAt">Where they parted: none in unrelated histories, several where histories crossed.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Names of files in <c>grades/</c>, sorted.</returns>
    public async Task<IReadOnlyList<string>> FilesAsync(
        string baseCommit,
        string head,
        IReadOnlyList<string> partedAt,
        CancellationToken cancellation
    )
    {
        var now = await _versions.FilesAsync(head, cancellation);
        var target = await _versions.FilesAsync(baseCommit, cancellation);
        var changed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var commit in partedAt.DefaultIfEmpty(baseCommit))
            changed.UnionWith(Differing(now, await _versions.FilesAsync(commit, cancellation)));
        changed.IntersectWith(Differing(now, target));
        return [.. changed];
    }

    /// <summary>By file: the commits that changed it.</summary>
    /// <remarks>
    /// A merge changed a file where it holds something else than merging its parents gives. <c>git log -- path</c> does not
    /// tell: it leaves out a merge that takes over the older of two versions, and with it whoever brought that back.
    /// </remarks>
    /// <param name="commits">The commits to look at.</param>
    /// <param name="edge">Commits whose parents are not known.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<ILookup<string, CommitRecord>> ByFileAsync(
        IReadOnlyList<CommitRecord> commits,
        IReadOnlySet<string> edge,
        CancellationToken cancellation
    )
    {
        await _versions.LoadAsync(commits.SelectMany(c => c.Parents.Prepend(c.Id)), cancellation);
        var changes = new List<(string File, CommitRecord Commit)>();
        foreach (var commit in commits.Where(c => !edge.Contains(c.Id)))
            changes.AddRange((await OfAsync(commit, cancellation)).Select(f => (f, commit)));
        return changes.ToLookup(c => c.File, c => c.Commit, StringComparer.Ordinal);
    }

    private async Task<IEnumerable<string>> OfAsync(CommitRecord commit, CancellationToken cancellation)
    {
        var name = await _versions.NameAsync(commit.Id, cancellation);
        var same = true;
        foreach (var parent in commit.Parents.DefaultIfEmpty(""))
            same &= name == (parent.Length == 0 ? null : await _versions.NameAsync(parent, cancellation));
        if (same)
            return [];
        var own = await _versions.FilesAsync(commit.Id, cancellation);
        if (commit.Parents.Count == 0)
            return own.Keys;
        var parents = new List<IReadOnlyDictionary<string, string>>();
        foreach (var parent in commit.Parents)
            parents.Add(await _versions.FilesAsync(parent, cancellation));
        if (parents.Count == 1)
            return Differing(own, parents[0]);
        var bases = new List<IReadOnlyDictionary<string, string>>();
        foreach (var ancestor in await repository.MergeBasesAsync(commit.Parents, cancellation))
            bases.Add(await _versions.FilesAsync(ancestor, cancellation));
        if (bases.Count == 0)
            bases.Add(new Dictionary<string, string>());
        return own
            .Keys.Concat(parents.SelectMany(p => p.Keys))
            .Distinct(StringComparer.Ordinal)
            .Where(f => !bases.TrueForAll(b => IsMerge(f, own, parents, b)));
    }

    private static bool IsMerge(
        string file,
        IReadOnlyDictionary<string, string> merged,
        List<IReadOnlyDictionary<string, string>> parents,
        IReadOnlyDictionary<string, string> ancestor
    )
    {
        var old = ancestor.GetValueOrDefault(file);
        string?[] changed = [.. parents.Select(p => p.GetValueOrDefault(file)).Where(v => v != old).Distinct()];
        return changed.Length switch
        {
            0 => merged.GetValueOrDefault(file) == old,
            1 => merged.GetValueOrDefault(file) == changed[0],
            _ => false,
        };
    }

    private static IEnumerable<string> Differing(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b) =>
        a.Keys.Union(b.Keys, StringComparer.Ordinal).Where(f => a.GetValueOrDefault(f) != b.GetValueOrDefault(f));
}
