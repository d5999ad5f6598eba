using Concord.Core.Domain;

namespace Concord.Pipeline.Git;

/// <summary>A folder's entries at many commits: each name with its mode, kind and object id; a folder within is one entry.</summary>
/// <remarks>
/// What is listed is kept. Where git may print so much and no more (<see cref="GitCommand.MostOutput"/>), all listings together may have no more either.
/// </remarks>
/// <param name="git">The repository.</param>
/// <param name="folder">The folder's path from the repository's root, without a slash at the end.</param>
public sealed class FolderVersions(GitCommand git, string folder)
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly Dictionary<string, string?> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _files = new(StringComparer.Ordinal);
    private long _listed;

    /// <summary>Looks up many commits in one go, so that asking for each is cheap.</summary>
    public async Task LoadAsync(IEnumerable<string> commits, CancellationToken cancellation)
    {
        string[] wanted = [.. commits.Where(c => !_trees.ContainsKey(c)).Distinct(StringComparer.Ordinal)];
        if (wanted.Length == 0)
            return;
        var answer = await git.RunAsync(
            ["cat-file", "--batch-check"],
            cancellation,
            string.Concat(wanted.Select(c => $"{c}:{folder}\n"))
        );
        foreach (var (commit, line) in wanted.Zip(answer.Split('\n')))
            _trees[commit] = line.Split(' ') is [var id, "tree", _] ? id : null;
    }

    /// <summary>Names the folder's whole contents at a commit: equal names are equal contents; null where there is no such folder.</summary>
    public async Task<string?> NameAsync(string commit, CancellationToken cancellation)
    {
        await LoadAsync([commit], cancellation);
        return _trees[commit];
    }

    /// <summary>The entries at a commit.</summary>
    /// <returns>Names in the folder, each with what <c>git ls-tree</c> says of it.</returns>
    /// <exception cref="ConcordException">There is too much of it.</exception>
    public async Task<IReadOnlyDictionary<string, string>> FilesAsync(string commit, CancellationToken cancellation)
    {
        if (await NameAsync(commit, cancellation) is not { } tree)
            return Nothing;
        if (!_files.TryGetValue(tree, out var files))
        {
            var listing = await git.RunAsync(["ls-tree", "-z", "--full-tree", tree], cancellation);
            _listed += listing.Length;
            if (_listed > git.MostOutput)
                throw new ConcordException(
                    GitCommand.TooMuch,
                    $"The versions of {folder}/ in these commits list more than {git.MostOutput >> 20} MiB of names, so reading them was stopped.",
                    "Squash the commits into one, as 'concord submit' does."
                );
            files = listing
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => l.Split('\t', 2))
                .ToDictionary(l => l[1], l => l[0], StringComparer.Ordinal);
            _files[tree] = files;
        }
        return files;
    }
}
