using Concord.Core.Domain;
using Concord.Pipeline.Git;

namespace Concord.Pipeline.Grading;

/// <summary>One sitting of a grader: what is to be graded, what was, and the journal that keeps it (src/decisions/0023-grading-journal.md).</summary>
public sealed class GradingSession : IAsyncDisposable
{
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CountPatience = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly GradingOptions _options;
    private readonly SessionFolder _folder;
    private readonly LockedFile _held;
    private readonly GradeJournal _journal;
    private readonly OwnGrades _own;
    private readonly PeerWatch _peers;
    private readonly IReadOnlyDictionary<OutputKey, OutputId> _outputs;
    private readonly string _fileName;
    private readonly SessionFiles? _files;
    private string? _why;

    internal GradingSession(GradingOptions options, SessionFolder folder, LockedFile held, OpenedSession opened)
    {
        (_options, _folder, _held, _journal, _own) = (options, folder, held, opened.Journal, opened.Own);
        (Workspace, Order, PeerGraders, StartedAt) = (opened.Workspace, opened.Order, opened.PeerGraders, opened.StartedAt);
        (Reasons, _fileName, _why, _outputs) = (opened.Reasons, opened.FileName, opened.Why, opened.Outputs);
        _peers = opened.Peers;
        _files = opened.Files;
    }

    /// <summary>Opens today's session, or begins one; finishes what an interruption left of it.</summary>
    /// <exception cref="ConcordException">The workspace is in error, another process has the session open, or git refused.</exception>
    public static async Task<GradingSession> OpenAsync(GradingOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return await OpenAsync(options, await GitRepository.FindAsync(options.Root, cancellation), _ => { }, cancellation);
    }

    /// <summary>The same, where the workspace's repository is known.</summary>
    /// <param name="options">How it is opened.</param>
    /// <param name="repository">The workspace's repository.</param>
    /// <param name="chosen">Told the session's id once the workspace is read and the session held: then only git can still refuse.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">The workspace is in error, another process has the session open, or git refused.</exception>
    public static Task<GradingSession> OpenAsync(
        GradingOptions options,
        GitRepository repository,
        Action<string> chosen,
        CancellationToken cancellation
    ) => new SessionStart(options, repository, chosen).OpenAsync(cancellation);

    /// <summary><c>grader-date</c>, with a number from 2 where an earlier one of the day is done with.</summary>
    public string Id => _folder.Id;

    /// <summary>The branch that grades are committed to.</summary>
    public string Branch => SessionId.BranchOf(Id);

    public DateTime StartedAt { get; }

    /// <summary>The workspace as it lay in the user's work tree when the session was opened.</summary>
    public Workspace Workspace { get; }

    /// <summary>What is walked; the same whenever the session is opened again, new outputs last.</summary>
    public IReadOnlyList<OutputKey> Order { get; }

    /// <summary>Why each output needs another look; empty but for <see cref="GradingMode.Review"/>.</summary>
    public IReadOnlyDictionary<OutputKey, IReadOnlyList<string>> Reasons { get; }

    /// <summary>How many other people have fully scored each output's current form, as far as this clone knew when it was last asked.</summary>
    public IReadOnlyDictionary<OutputKey, int> PeerGraders { get; private set; }

    /// <summary>What is saved and not committed.</summary>
    public IReadOnlyList<SavedGrade> Pending => [.. _journal.Pending.Select(g => SavedGrade.Of(g, null, _why))];

    /// <summary>The grader's latest grade of an output's current form; null where there is none.</summary>
    public SavedGrade? Current(OutputKey key) => _own[key];

    /// <summary>What was begun and not submitted; null where there is nothing, or a grade was saved since.</summary>
    public GradeDraft? Draft(OutputKey key) =>
        _outputs.TryGetValue(key, out var output)
        && _folder.Draft(key, output, IsDecision) is { } draft
        && draft.BaseVersion == VersionOf(key)
            ? draft
            : null;

    /// <summary>Puts a grade on disk, flushed, and commits it. Once on disk it is safe, whatever becomes of the commit.</summary>
    /// <param name="entry">The grade.</param>
    /// <param name="baseVersion">The version that whoever submits has seen; empty for none.</param>
    /// <param name="cancellation">Stops it before anything is written.</param>
    /// <returns>The grade, with its commit or the reason why there is none yet.</returns>
    /// <exception cref="GradeConflictException">There is another version.</exception>
    /// <exception cref="ConcordException">The grade is wrong, or the file system refused; nothing has changed.</exception>
    public async Task<SavedGrade> SaveAsync(GradeEntry entry, string baseVersion, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        RefuseUnknown(entry);
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            var current = _own[entry.Key];
            if (current is not null && current.Version != baseVersion)
                throw new GradeConflictException(current);
            var grade = _journal.Put(
                new(entry.Key, entry.Output, entry.Scores, entry.Status, entry.Notes, After(current), entry.Seconds)
            );
            _folder.DeleteDraft(entry.Key, entry.Output, IsDecision);
            await CommitAsync(grade);
            return _own[entry.Key]!;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Keeps what was begun. A draft that began from an older version than the saved one is dropped: a save beats it.</summary>
    /// <exception cref="ConcordException">There is no such output, or the file system refused.</exception>
    public async Task SaveDraftAsync(OutputKey key, GradeDraft draft, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (!_outputs.TryGetValue(key, out var output))
            throw NotHere(key);
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (draft.BaseVersion == VersionOf(key))
                _folder.WriteDraft(key, output, IsDecision, draft);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Commits what is pending.</summary>
    /// <returns>How many grades still are.</returns>
    public async Task<int> CommitPendingAsync(CancellationToken cancellation)
    {
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (_journal.Pending.Count > 0)
                await CommitAsync(null);
            return _journal.Pending.Count;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Brings <see cref="PeerGraders"/> up to date where branches have moved, as after a fetch. Counts that cannot be had at once stay as they are.</summary>
    public async Task RefreshPeersAsync(CancellationToken cancellation)
    {
        // A page that is opened does not wait for a hook that takes its time over somebody's commit.
        if (!await _oneAtATime.WaitAsync(CountPatience, cancellation))
            return;
        try
        {
            PeerGraders = await _peers.TryCountAsync(Workspace, cancellation) ?? PeerGraders;
        }
        catch (Exception e) when (e is ConcordException or IOException or UnauthorizedAccessException)
        {
            // The counts only order what is shown; git's trouble is told where something is saved.
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Works on the branch while saves wait; what was saved is committed first. The session goes on where the branch is afterwards.</summary>
    /// <param name="work">Short: saves wait for it.</param>
    /// <param name="cancellation">Stops it before it begins.</param>
    /// <exception cref="ConcordException">Grades are not committed in this session, or git does not take them.</exception>
    public async Task<T> AtRestAsync<T>(Func<SessionBranch, Task<T>> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_files is null)
            throw new ConcordException(
                "not-committed",
                "This session commits nothing, so there is no branch to hand in.",
                "Commit the grades that lie in grades/, or run 'concord grade' without --no-commit."
            );
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (_journal.Pending.Count > 0)
                await CommitAsync(null);
            var branch = await _files.BranchAsync(_journal, cancellation);
            var result = await work(branch);
            if (await _files.Tree.HeadAsync(CancellationToken.None) is var commit && commit != branch.Commit)
                foreach (var grade in _journal.Rows.Where(_journal.IsCommitted))
                    _own.Add(grade, _fileName, commit[..SessionStart.ShortId], null);
            return result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A hook may hang; the grade is on disk, and the next start finishes what git does not.
        await _oneAtATime.WaitAsync(LastPatience);
        _held.Dispose();
        _oneAtATime.Dispose();
    }

    private bool IsDecision => _options.Mode == GradingMode.Adjudicate;

    private string VersionOf(OutputKey key) => _own[key]?.Version ?? SavedGrade.NoVersion;

    // Not cancelled: what is on disk is committed, even if whoever asked has gone.
    private async Task CommitAsync(Grade? saved)
    {
        var due = _journal.Pending;
        var result = await _journal.CommitAsync(CancellationToken.None);
        _why = result.Why;
        foreach (var grade in saved is null || due.Contains(saved) ? due : [.. due, saved])
            _own.Add(grade, _fileName, result.Id, result.Why);
    }

    // Later than what it replaces, even within a second or with a clock that was set back: the later row wins everywhere.
    private DateTime After(SavedGrade? current)
    {
        var now = _options.Time.GetUtcNow().UtcDateTime;
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        if (current is null || now > current.Grade.GradedAt)
            return now;
        // A time that somebody wrote by hand may be the last that there is.
        return current.Grade.GradedAt < DateTime.MaxValue.AddSeconds(-1)
            ? current.Grade.GradedAt.AddSeconds(1)
            : current.Grade.GradedAt;
    }

    private void RefuseUnknown(GradeEntry entry)
    {
        if (!_outputs.TryGetValue(entry.Key, out var output))
            throw NotHere(entry.Key);
        if (output != entry.Output)
            throw new ConcordException(
                "other-output",
                $"The output of {entry.Key} has other files than those that were graded.",
                "Look at it again, then grade it."
            );
        if (entry.Scores.Count != Workspace.Benchmark.Criteria.Count)
            throw new ConcordException(
                "wrong-grade",
                $"The grade has {entry.Scores.Count} scores, and the rubric {Workspace.Benchmark.Criteria.Count} criteria.",
                "Give one score or nothing for each criterion."
            );
    }

    private static ConcordException NotHere(OutputKey key) =>
        new("unknown-output", $"There is no output of {key} that can be graded.", "Open the grading page again.");
}
