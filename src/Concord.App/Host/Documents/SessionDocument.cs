namespace Concord.App.Host.Documents;

/// <summary>What <c>GET /api/session</c> answers.</summary>
/// <param name="Next">The key of the output to begin with; null where none is left.</param>
internal sealed record SessionDocument(
    BenchmarkDocument Benchmark,
    GraderDocument Grader,
    string Mode,
    string Session,
    string PreviewOrigin,
    int Overlap,
    bool Reveals,
    bool AutoAdvance,
    bool Commits,
    bool CanSubmit,
    IReadOnlyList<ChallengeName> Challenges,
    IReadOnlyList<QueueItem> Items,
    int Pending,
    string? Next
);

internal sealed record GraderDocument(string Id, string Name);

internal sealed record ChallengeName(string Key, string Title, string Kind);

internal sealed record QueueItem(string Key, string Challenge, int Number, string Status, int Needs);
