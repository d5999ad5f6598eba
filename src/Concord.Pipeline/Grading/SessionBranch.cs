using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>A session's branch at rest: nobody saves meanwhile, and all that was saved is committed.</summary>
public sealed class SessionBranch
{
    private readonly GradingTree _tree;
    private readonly IReadOnlyList<GradeJournal> _journals;

    internal SessionBranch(
        string id,
        GraderId grader,
        string branch,
        string commit,
        GradingTree tree,
        IReadOnlyList<GradeJournal> journals
    )
    {
        (Id, Grader, Branch, Commit) = (id, grader, branch, commit);
        (_tree, _journals) = (tree, journals);
    }

    /// <summary>The session.</summary>
    public string Id { get; }

    public GraderId Grader { get; }

    /// <summary>Such as <c>grading/ada-2026-11-21</c>.</summary>
    public string Branch { get; }

    /// <summary>Where the branch is.</summary>
    public string Commit { get; }

    /// <summary>The files that the session has written, by path in the workspace.</summary>
    public IReadOnlyDictionary<string, byte[]> Files =>
        _journals.ToDictionary(j => j.FilePath, j => j.Bytes, StringComparer.Ordinal);

    /// <summary>
    /// Puts files on disk that the branch will have, before it is moved: were it killed in between, the rows would be
    /// committed once more, where the other order would take them for removed.
    /// </summary>
    /// <param name="files">By path in the workspace.</param>
    /// <exception cref="ConcordException">One cannot be read here, or the file system refused; nothing has changed.</exception>
    public void Take(IReadOnlyDictionary<string, byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        foreach (var journal in _journals)
            if (files.TryGetValue(journal.FilePath, out var bytes))
                journal.Take(bytes);
    }

    /// <summary>Brings the session in step with its branch, which was moved.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        foreach (var journal in _journals)
            journal.Moved(await _tree.CommittedAsync(journal.FilePath, cancellation));
        await _tree.FollowAsync(cancellation);
    }
}
