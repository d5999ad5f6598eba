using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Grading;

/// <summary>A session that no page has open, held so that none opens it meanwhile.</summary>
public sealed class ClosedSession : IDisposable
{
    private readonly LockedFile _held;
    private readonly SessionFiles _files;

    private ClosedSession(LockedFile held, SessionFiles files) => (_held, _files) = (held, files);

    /// <summary>Holds a session, and makes whole what an interruption left of it.</summary>
    /// <param name="root">The workspace's folder.</param>
    /// <param name="grader">Whose session.</param>
    /// <param name="id">Its id; its branch is there.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">Another process has it open, or its branch is checked out elsewhere.</exception>
    public static async Task<ClosedSession> OpenAsync(
        string root,
        GraderId grader,
        string id,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (!SessionId.TryParse(id, grader, out var date, out _))
            throw new ArgumentException($"'{id}' is no session of {grader}.", nameof(id));
        var repository = await GitRepository.FindAsync(root, cancellation);
        using var tree = new WorkTree(root);
        var rubric = WorkspaceReader.ReadBenchmark(tree).Criteria;
        var start = await repository.ResolveAsync(GradingRefs.OwnPrefix + id, cancellation);
        var folder = new SessionFolder(Path.Combine(SessionFolder.OfAll(repository.CommonFolder!), id));
        folder.Make();
        var held = await folder.HoldAsync(time, cancellation);
        try
        {
            var files = new SessionFiles(repository, folder, grader, date, rubric, start, time);
            using var blobs = new BlobReader(repository.Git);
            await files.MakeAsync(start, blobs, cancellation);
            return new(held, files);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Works on the branch, once everything that lies on disk is committed.</summary>
    /// <exception cref="ConcordException">Git does not take a grade.</exception>
    public async Task<T> AtRestAsync<T>(Func<SessionBranch, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var branch = await _files.BranchAsync(null, cancellation);
        _files.Tree.RemoveOld();
        return await work(branch);
    }

    public void Dispose() => _held.Dispose();
}
