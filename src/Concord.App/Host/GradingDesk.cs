using Concord.App.Host.Documents;
using Concord.Core.Domain;
using Concord.Core.Domain.Consensus;
using Concord.Core.Domain.Grading;
using Concord.Core.Statistics;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.App.Host;

/// <summary>An open session as the page sees it: opaque keys, and nothing of models or peers before the grader's own word is saved.</summary>
internal sealed class GradingDesk
{
    private readonly GradingHostOptions _options;
    private readonly GradingOptions _grading;
    private readonly CloneSecret _secret;
    private readonly Dictionary<OutputKey, (string Key, int Number)> _items = [];
    private readonly Dictionary<string, OutputKey> _outputOf = new(StringComparer.Ordinal);
    private readonly Dictionary<OutputKey, Output> _outputs;
    private readonly Dictionary<ChallengeId, Challenge> _challenges;
    private readonly GradesSeen _peers;
    private readonly Lazy<Ballot> _ballot;
    private readonly Lazy<Adjudication> _adjudication;
    private readonly Lazy<Blinding> _blinding;

    /// <param name="options">How it is served.</param>
    /// <param name="grading">How the session was opened.</param>
    /// <param name="secret">What its keys are made from.</param>
    /// <param name="session">The session.</param>
    /// <param name="canSubmit">Whether there is a branch, and a remote that it can be handed in at.</param>
    public GradingDesk(
        GradingHostOptions options,
        GradingOptions grading,
        CloneSecret secret,
        GradingSession session,
        bool canSubmit
    )
    {
        (_options, _grading, _secret, Session, CanSubmit) = (options, grading, secret, session, canSubmit);
        foreach (var key in session.Order)
        {
            var name = secret.Key(session.Id, "item", key.Folder);
            _items[key] = (name, _items.Count + 1);
            _outputOf[name] = key;
        }
        _outputs = Workspace.Outputs.ToDictionary(o => o.Key);
        _challenges = Workspace.Challenges.ToDictionary(c => c.Id);
        _peers = new(Rubric);
        _ballot = new(() => Ballot.Of(Workspace));
        _adjudication = new(() => Adjudication.Of(Workspace));
        _blinding = new(() => new(Workspace, Root));
    }

    public GradingSession Session { get; }

    public Workspace Workspace => Session.Workspace;

    public bool CanSubmit { get; }

    public GraderId Grader => _grading.Grader;

    public bool IsDecision => _grading.Mode == GradingMode.Adjudicate;

    public bool Commits => _grading.Commits;

    private string Root => _options.Root;

    private IReadOnlyList<Criterion> Rubric => Workspace.Benchmark.Criteria;

    public OutputKey? Find(string key) => _outputOf.TryGetValue(key, out var output) ? output : null;

    /// <summary>The first output's key; null where there is nothing to grade.</summary>
    public string? FirstKey => Session.Order.Count > 0 ? _items[Session.Order[0]].Key : null;

    public Output OutputOf(OutputKey key) => _outputs[key];

    public string Blind(string text) => _blinding.Value.Of(text);

    public SessionDocument Document(string previewOrigin) =>
        new(
            new(Workspace.Benchmark.Name, Workspace.Benchmark.Title, [.. Rubric.Select(DocumentOf)]),
            new(Grader.Value, Workspace.Grader(Grader).Name),
            Names.Of(_grading.Mode),
            Session.Id,
            previewOrigin,
            Workspace.Benchmark.Grading.Overlap,
            Reveals,
            _options.AutoAdvance,
            Commits,
            CanSubmit,
            [.. Session.Order.Select(k => k.Challenge).Distinct().Select(NameOf)],
            [
                .. Session.Order.Select(k => new QueueItem(
                    _items[k].Key,
                    ChallengeKey(k.Challenge),
                    _items[k].Number,
                    StatusOf(k),
                    Needs(k)
                )),
            ],
            Session.Pending.Count,
            NextAfter(null)
        );

    /// <exception cref="ConcordException">The output's files are not those of the session's start any more.</exception>
    public ItemDocument Item(OutputKey key, string previewOrigin)
    {
        var (output, challenge) = (_outputs[key], _challenges.GetValueOrDefault(key.Challenge));
        using var tree = new WorkTree(Root);
        var files = FilesOf(tree, key);
        var current = Session.Current(key);
        var seen = IsSeen(current);
        var split = IsDecision ? SideBySide.Of(_ballot.Value, _adjudication.Value, Workspace.Benchmark, key) : null;
        var entry = OutputSite.Entry(output.Files);
        var (task, folder) = (NameOf(key.Challenge), $"benchmarks/challenges/{key.Challenge}");
        return new(
            _items[key].Key,
            _items[key].Number,
            new(
                task.Key,
                task.Title,
                task.Kind,
                challenge?.Prompt ?? "",
                tree.Read($"{folder}/guidelines.md") is { } words ? FileTexts.Decode(words) : null,
                challenge is null ? new(1280, 720) : new(challenge.Viewport.Width, challenge.Viewport.Height)
            ),
            entry,
            entry is null
                ? null
                : $"{previewOrigin}/{PreviewKey(key)}/{string.Join('/', entry.Split('/').Select(Uri.EscapeDataString))}",
            File.Exists(Path.Combine(Root, ScreenshotOf(key))) ? $"/api/items/{_items[key].Key}/screenshot" : null,
            files,
            FileTexts.Below(tree, $"{folder}/files"),
            [
                .. Session
                    .Order.Where(k => k.Challenge == key.Challenge && k != key)
                    .Select(k => new OtherOutput(_items[k].Key, $"Output {_items[k].Number}")),
            ],
            current is null ? null : GradeOf(current),
            Session.Draft(key) is { } draft
                ? new(_peers.ScoresOf(draft.Scores), draft.Notes, draft.Flagged, draft.BaseVersion, Timestamp.Of(draft.SavedAt))
                : null,
            Session.Reasons.TryGetValue(key, out var reasons) ? ReviewReason.Of(reasons, seen) : null,
            seen && Reveals ? new(key.Challenge.Value, key.Model.Value) : null,
            IsDecision ? [.. split?.Votes.Select(_peers.Of) ?? []]
                : seen ? [.. PeersOf(key).Select(_peers.Of)]
                : null,
            split is null ? null : _peers.Of(split, Grader, current?.Grade)
        );
    }

    /// <exception cref="ConcordException">The output's files are not those of the session's start any more.</exception>
    public IReadOnlyList<FileDocument> Files(OutputKey key)
    {
        using var tree = new WorkTree(Root);
        return FilesOf(tree, key);
    }

    public byte[]? Screenshot(OutputKey key)
    {
        using var tree = new WorkTree(Root);
        return tree.Read(ScreenshotOf(key));
    }

    /// <summary>Every output's own path on the preview site, which a page cannot guess another's from.</summary>
    public IReadOnlyDictionary<string, string> Previews() =>
        Session.Order.ToDictionary(PreviewKey, k => $"{k.Folder}/files", StringComparer.Ordinal);

    public GradeDocument GradeOf(SavedGrade saved) =>
        new(
            saved.Version,
            _peers.ScoresOf(saved.Grade.Scores),
            saved.Grade.Notes,
            Names.Of(saved.Grade.Status),
            Timestamp.Of(saved.Grade.GradedAt),
            saved.Commit,
            saved.Pending is null ? null : Blind(saved.Pending)
        );

    /// <summary>The key of what comes after an output, or of what comes first: of the open ones the next that still lacks graders. Null where none is left.</summary>
    public string? NextAfter(OutputKey? key)
    {
        // What is to be looked at again, or decided, comes in its own order, however many have graded it.
        var counts = _grading.Mode == GradingMode.Grade;
        var next = AssignmentOrder.Next(
            Session.Order,
            key,
            k => IsOpen(k) && k != key,
            k => counts ? Session.PeerGraders.GetValueOrDefault(k) : 0,
            Workspace.Benchmark.Grading.Overlap
        );
        return next is { } found ? _items[found].Key : null;
    }

    public ItemState StateOf(OutputKey key) => new(StatusOf(key), Needs(key));

    public SummaryDocument Summary()
    {
        var own = Session.Order.Select(Session.Current).OfType<SavedGrade>().Select(s => s.Grade).ToArray();
        int Count(GradeStatus status) => own.Count(g => g.Status == status);
        return new(
            Count(GradeStatus.Graded),
            Count(GradeStatus.Skipped),
            Count(GradeStatus.Flagged),
            own.Sum(g => g.Seconds ?? 0),
            IsDecision ? [] : SharedItems.Agreement(Workspace, Grader, [.. own.Where(IsWhole)]),
            Session.Order.Count - own.Count(g => g.Status != GradeStatus.Withdrawn),
            CanSubmit
        );
    }

    private static bool IsVote(Grade grade) => grade.Status is GradeStatus.Graded or GradeStatus.Flagged;

    // Who only skipped, or left a criterion open, could still score it, and must not have seen what others think.
    private static bool IsSeen(SavedGrade? current) => current is not null && IsWhole(current.Grade);

    private static bool IsWhole(Grade grade) => IsVote(grade) && !grade.Scores.Contains(null);

    private bool Reveals => !Workspace.Benchmark.Grading.Blind;

    private string PreviewKey(OutputKey key) => _secret.Key(Session.Id, "preview", key.Folder);

    private string ChallengeKey(ChallengeId id) => _secret.Key(Session.Id, "challenge", id.Value);

    private static string ScreenshotOf(OutputKey key) => $"{key.Folder}/screenshot.png";

    private ChallengeName NameOf(ChallengeId id) =>
        _challenges.TryGetValue(id, out var c)
            ? new(ChallengeKey(id), c.Title, Names.Of(c.Kind))
            : new(ChallengeKey(id), id.Value, Names.Of(ChallengeKind.Visualization));

    private bool IsOpen(OutputKey key) =>
        Session.Draft(key) is not null
        || Session.Current(key) is not { Grade: { Status: not GradeStatus.Withdrawn } grade }
        || AsksAgain(grade);

    private string StatusOf(OutputKey key) =>
        Session.Draft(key) is not null ? "draft"
        : Session.Current(key) is { } saved && !AsksAgain(saved.Grade) ? Names.Of(saved.Grade.Status)
        : "open";

    // A review is of what was graded before it.
    private bool AsksAgain(Grade grade) => _grading.Mode == GradingMode.Review && grade.GradedAt < Session.StartedAt;

    private int Needs(OutputKey key)
    {
        var mine = Session.Current(key) is { } saved && IsWhole(saved.Grade) ? 1 : 0;
        return Math.Max(0, Workspace.Benchmark.Grading.Overlap - Session.PeerGraders.GetValueOrDefault(key) - mine);
    }

    private IReadOnlyList<FileDocument> FilesOf(FileTree tree, OutputKey key)
    {
        var (files, id) = FileTexts.WithFingerprint(tree, $"{key.Folder}/files");
        return id == _outputs[key].Id?.Value
            ? files
            : throw new ConcordException(
                "other-output",
                "The output's files have changed since this session was opened.",
                "End 'concord grade' and start it again."
            );
    }

    private IEnumerable<Vote> PeersOf(OutputKey key) =>
        _ballot.Value.Outputs.First(o => o.Output.Key == key).Votes.Where(v => !v.Stale && v.Grader.Id != Grader);

    private static CriterionDocument DocumentOf(Criterion c) =>
        new(
            c.Id.Value,
            c.Title,
            c.Question,
            c.Weight,
            new(c.Scale.Min, c.Scale.Max, c.Scale.Step, Names.Of<MeasurementLevel>(c.Scale.Level)),
            c.Anchors.OrderBy(a => a.Key).ToDictionary(a => NumberText.Of(a.Key), a => a.Value)
        );
}
