using Concord.Pipeline.Git;

namespace Concord.Pipeline.Grading;

/// <summary>The session that is gone on with, or begun.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Date">The day it began, which names its file.</param>
/// <param name="Start">The commit that its branch is at, or begins from; empty where nothing is committed.</param>
internal sealed record SessionChoice(SessionFolder Folder, DateOnly Date, string Start)
{
    // Whoever goes on that soon after midnight has not stopped.
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(4);

    /// <summary>Chooses: today's open session; else one of yesterday that has hardly paused; else a new one.</summary>
    public static SessionChoice Of(
        GradingOptions options,
        GitRepository repository,
        GradingRefs refs,
        BlobReader blobs,
        string sessions
    )
    {
        var now = options.Time.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        var choosing = new Choosing(options, repository, refs, blobs, sessions);
        var (current, isNew) = choosing.On(today);
        if (!isNew)
            return current;
        var (earlier, none) = choosing.On(today.AddDays(-1));
        return !none && now - choosing.LastActivity(earlier) < LongestPause ? earlier : current;
    }

    private sealed class Choosing(
        GradingOptions options,
        GitRepository repository,
        GradingRefs refs,
        BlobReader blobs,
        string sessions
    )
    {
        public (SessionChoice Choice, bool IsNew) On(DateOnly date)
        {
            for (var number = 1; ; number++)
            {
                var id = SessionId.Of(options.Grader, date, number);
                var folder = new SessionFolder(Path.Combine(sessions, id));
                var record = folder.Read();
                if (record is not null && record.Prefix != repository.Prefix)
                    continue;
                if (!options.Commits)
                    return (new(folder, date, ""), record is null);
                if (refs.Local(SessionId.BranchOf(id)) is { } local)
                {
                    if (!IsMerged(local, record, date))
                        return (new(folder, date, local.Commit), false);
                }
                else if (record is null or { Base.Length: 0 })
                {
                    if (refs.Fetched(SessionId.BranchOf(id)) is not { } fetched)
                        return (new(folder, date, refs.Default!.Value.Commit), record is null);
                    if (!IsMerged(fetched, null, date))
                        return (new(folder, date, fetched.Commit), false);
                }
            }
        }

        /// <summary>When the session was last saved to.</summary>
        public DateTime LastActivity(SessionChoice session)
        {
            var started = session.Folder.Read()?.StartedAt ?? DateTime.MinValue;
            var file = new FileInfo(
                Path.Combine(
                    options.Commits ? Path.Combine(session.Folder.Path, GradingTree.Name, repository.Prefix) : options.Root,
                    GradeFile.Path(options.Grader, session.Date, options.Mode)
                )
            );
            return file.Exists && file.LastWriteTimeUtc > started ? file.LastWriteTimeUtc : started;
        }

        // A pull request may be merged as one new commit, so what counts is whether the files are in the default branch.
        private bool IsMerged(GradingRef branch, SessionRecord? record, DateOnly date)
        {
            var start = refs.Default!.Value;
            if (branch.Commit == record?.Base || branch.Commit == start.Commit)
                return false;
            var there = GradingRefs.Files(start, repository, blobs).ToHashSet();
            var own = GradingRefs
                .Files(branch, repository, blobs)
                .Where(f =>
                    Enum.GetValues<GradingMode>()
                        .Any(m =>
                            GradeFile.TryParseName(f.Name, m, out var grader, out var day)
                            && grader == options.Grader
                            && day == date
                        )
                )
                .ToArray();
            return own.Length > 0 && own.All(there.Contains);
        }
    }
}
