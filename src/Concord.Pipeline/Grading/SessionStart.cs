using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Git;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Grading;

/// <summary>Opens a session: chooses it, makes or mends its work tree, finishes what an interruption left, and gathers what was graded.</summary>
/// <param name="options">How it is opened.</param>
/// <param name="repository">The workspace's repository.</param>
/// <param name="chosen">Told the session's id once it is held.</param>
internal sealed class SessionStart(GradingOptions options, GitRepository repository, Action<string> chosen)
{
    public const int ShortId = 7;

    private static readonly IReadOnlyDictionary<(string Challenge, string Model, string Output), string> NoSaves =
        new Dictionary<(string, string, string), string>();

    public async Task<GradingSession> OpenAsync(CancellationToken cancellation)
    {
        using var tree = new WorkTree(options.Root);
        // The files are read while git is asked, and before: each of its processes takes some milliseconds to start.
        var reading = Task.Run(() => WorkspaceReader.Read(tree, new(repository.CommonFolder)).OrThrow(), CancellationToken.None);
        // Before the branches are read, so that what moves meanwhile is counted later.
        var watch = new PeerWatch(repository, options.Grader);
        using var blobs = new BlobReader(repository.Git);
        var asking = GradingRefs.ReadAsync(repository, blobs, cancellation);
        // Both end before what they read through is disposed of.
        await Task.WhenAll(reading, asking);
        var workspace = await reading;
        RefuseUnknownChallenges(workspace);
        var refs = await asking;
        if (options.Commits && refs.Default is null)
            throw new ConcordException(
                "no-commits",
                "The repository has no commit yet, so there is nothing that a grading branch could begin from.",
                "Commit the workspace first, or grade with --no-commit.",
                options.Root
            );
        var sessions = SessionFolder.OfAll(repository.CommonFolder!);
        var choice = SessionChoice.Of(options, repository, refs, blobs, sessions);
        choice.Folder.Make();
        var held = await choice.Folder.HoldAsync(options.Time, cancellation);
        try
        {
            chosen(choice.Folder.Id);
            var opened = await ReadAsync(tree, workspace, blobs, refs, watch, choice, sessions, cancellation);
            return new(options, choice.Folder, held, opened);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private async Task<OpenedSession> ReadAsync(
        FileTree tree,
        Workspace workspace,
        BlobReader blobs,
        GradingRefs refs,
        PeerWatch watch,
        SessionChoice choice,
        string sessions,
        CancellationToken cancellation
    )
    {
        var rubric = workspace.Benchmark.Criteria;
        var files = CommittedGrades.Read(repository, refs, blobs, GradingMode.Grade, rubric);
        var outputs = workspace.Outputs.Where(o => o.Id is not null).ToDictionary(o => o.Key, o => o.Id!.Value);
        var own = new OwnGrades(outputs);
        var decisions = options.Mode == GradingMode.Adjudicate;
        foreach (
            var file in (decisions ? CommittedGrades.Read(repository, refs, blobs, options.Mode, rubric) : files).Where(f =>
                f.Grader == options.Grader
            )
        )
        foreach (var grade in file.Grades)
            own.Add(grade, file.FileName, file.Ref.Commit[..ShortId], null);
        foreach (var sheet in workspace.Sheets.Where(s => !decisions && s.Grader == options.Grader))
        foreach (var grade in sheet.Grades)
            own.Add(grade, sheet.FileName, null, null);

        var fileName = GradeFile.Path(options.Grader, choice.Date, options.Mode);
        // While git makes the work tree, the order is drawn: nearly always nothing comes to light that would change it.
        var making = OpenJournalAsync(rubric, refs, blobs, choice, cancellation);
        GradingOrder drawing;
        IReadOnlyDictionary<OutputKey, int> peers;
        var before = own.Changes;
        IReadOnlyList<OutputKey> drawn;
        try
        {
            peers = PeerCounts.Of(files, workspace, options.Grader);
            drawing = new(workspace, peers, own, options.Grader, choice.Folder.Id);
            drawn = drawing.Draw(options.Mode, tree);
        }
        finally
        {
            // It reads through what is disposed of by whoever called.
            await making.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        var (journal, why, session, saves) = await making;
        foreach (var earlier in EarlierSessions(sessions, choice))
            await FinishAsync(earlier, choice.Folder, rubric, refs, blobs, own, cancellation);
        foreach (var grade in journal.Rows)
            own.Add(
                grade,
                Path.GetFileName(fileName),
                journal.IsCommitted(grade) ? CommitOf(grade, saves) ?? own[grade.Key]?.Commit ?? choice.Start[..ShortId] : null,
                journal.IsCommitted(grade) ? null : why
            );

        if (own.Changes != before)
            drawn = drawing.Draw(options.Mode, tree);
        var record = Record(choice, drawn);
        return new(
            workspace,
            outputs,
            [
                .. record
                    .Orders[options.Mode]
                    .Where(k =>
                        outputs.ContainsKey(k) && (options.Challenges.Count == 0 || options.Challenges.Contains(k.Challenge))
                    ),
            ],
            options.Mode == GradingMode.Review
                ? drawing.Reasons(tree).ToDictionary(r => r.Key, r => (IReadOnlyList<string>)r.Value)
                : new Dictionary<OutputKey, IReadOnlyList<string>>(),
            peers,
            watch,
            record.StartedAt,
            Path.GetFileName(fileName),
            journal,
            own,
            why,
            session
        );
    }

    /// <summary>The journal as it was, with what was drawn now where nothing was, and new outputs at the end.</summary>
    private SessionRecord Record(SessionChoice choice, IReadOnlyList<OutputKey> drawn)
    {
        var kept = choice.Folder.Read();
        var record = kept ?? new(repository.Prefix, Now(), "", new Dictionary<GradingMode, IReadOnlyList<OutputKey>>());
        var before = record.Orders.GetValueOrDefault(options.Mode, []);
        OutputKey[] order = [.. before, .. drawn.Except(before)];
        record = record with
        {
            Base = record.Base.Length > 0 ? record.Base : choice.Start,
            Orders = new Dictionary<GradingMode, IReadOnlyList<OutputKey>>(record.Orders) { [options.Mode] = order },
        };
        if (kept is null || kept.Base != record.Base || order.Length != before.Count)
            choice.Folder.Write(record);
        return record;
    }

    private async Task<(
        GradeJournal Journal,
        string? Why,
        SessionFiles? Files,
        IReadOnlyDictionary<(string, string, string), string> Saves
    )> OpenJournalAsync(
        IReadOnlyList<Criterion> rubric,
        GradingRefs refs,
        BlobReader blobs,
        SessionChoice choice,
        CancellationToken cancellation
    )
    {
        var path = GradeFile.Path(options.Grader, choice.Date, options.Mode);
        if (!options.Commits)
        {
            string Message(IReadOnlyList<Grade> grades) =>
                CommitWords.Of(grades, options.Grader, choice.Folder.Id, options.Mode, rubric);
            var plain = new GradeJournal(options.Root, path, options.Grader, choice.Date, rubric, options.Mode, null, Message);
            plain.Load(null, [], Path.Combine(choice.Folder.Path, "damaged"));
            return (plain, null, null, NoSaves);
        }
        var start = refs.Default!.Value.Commit;
        var files = new SessionFiles(repository, choice.Folder, options.Grader, choice.Date, rubric, start, options.Time);
        await files.MakeAsync(choice.Start, blobs, cancellation);
        // A branch that is where it began has saved nothing yet.
        var looking = files.Tree.Tip(blobs) == start ? Task.FromResult(NoSaves) : files.Tree.SavesAsync(start, cancellation);
        var (journal, result) = await files.OpenAsync(options.Mode, blobs);
        files.Tree.RemoveOld();
        var saves = await looking;
        return (journal, result.Why, files, result.Id is null ? saves : await files.Tree.SavesAsync(start, cancellation));
    }

    private IEnumerable<(SessionFolder Folder, DateOnly Date)> EarlierSessions(string sessions, SessionChoice choice)
    {
        foreach (var path in Directory.EnumerateDirectories(sessions).Order(StringComparer.Ordinal))
        {
            var folder = new SessionFolder(path);
            if (
                folder.Id != choice.Folder.Id
                && SessionId.TryParse(folder.Id, options.Grader, out var date, out _)
                && folder.Read()?.Prefix == repository.Prefix
            )
                yield return (folder, date);
        }
    }

    /// <summary>Commits what an earlier session left on disk, and takes over its drafts. One that another process has open is left to it.</summary>
    private async Task FinishAsync(
        (SessionFolder Folder, DateOnly Date) earlier,
        SessionFolder into,
        IReadOnlyList<Criterion> rubric,
        GradingRefs refs,
        BlobReader blobs,
        OwnGrades own,
        CancellationToken cancellation
    )
    {
        using var held = await earlier.Folder.TryHoldAsync(TimeSpan.Zero, options.Time, cancellation);
        if (held is null)
            return;
        into.TakeDrafts(earlier.Folder);
        var path = GradeFile.Path(options.Grader, earlier.Date, options.Mode);
        var file = Path.Combine(earlier.Folder.Path, GradingTree.Name, repository.Prefix, path);
        if (!File.Exists(file))
            return;
        var bytes = await File.ReadAllBytesAsync(file, cancellation);
        var branch = refs.Local(SessionId.BranchOf(earlier.Folder.Id));
        if (
            branch is { } at
            && GradingRefs.Files(at, repository, blobs).FirstOrDefault(f => f.Name == Path.GetFileName(path))
                is { Blob: { } blob }
            && BlobId.IsOf(blob, bytes)
        )
            return;
        string? why = "It is a grade of an earlier session, and was not committed.";
        var saves = NoSaves;
        if (branch is { } local && options.Commits)
            (_, why, _, saves) = await OpenJournalAsync(
                rubric,
                refs,
                blobs,
                new(earlier.Folder, earlier.Date, local.Commit),
                cancellation
            );
        var problems = new ProblemList(path);
        var sheet = GradeFile.Read(bytes, options.Grader, earlier.Date, options.Mode, rubric, problems);
        if (!problems.HasErrors)
            foreach (var grade in sheet.Grades)
                own.Add(
                    grade,
                    Path.GetFileName(path),
                    why is null ? CommitOf(grade, saves) ?? branch?.Commit[..ShortId] : null,
                    why
                );
    }

    private static string? CommitOf(Grade grade, IReadOnlyDictionary<(string, string, string), string> saves) =>
        saves.GetValueOrDefault((grade.Key.Challenge.Value, grade.Key.Model.Value, grade.Output.Value));

    private DateTime Now()
    {
        var now = options.Time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    private void RefuseUnknownChallenges(Workspace workspace)
    {
        string[] known = [.. workspace.Challenges.Select(c => c.Id.Value)];
        foreach (var challenge in options.Challenges)
            if (!known.Contains(challenge.Value, StringComparer.Ordinal))
                throw new ConcordException(
                    "unknown-challenge",
                    $"There is no challenge '{challenge}'.",
                    Nearest.Hint(challenge.Value, known)
                );
    }
}
