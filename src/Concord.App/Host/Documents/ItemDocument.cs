namespace Concord.App.Host.Documents;

/// <summary>What <c>GET /api/items/KEY</c> answers.</summary>
internal sealed record ItemDocument(
    string Key,
    int Number,
    ChallengeDocument Challenge,
    string? Entry,
    string? Preview,
    string? Screenshot,
    IReadOnlyList<FileDocument> Files,
    IReadOnlyList<FileDocument> Starter,
    IReadOnlyList<OtherOutput> Others,
    GradeDocument? Grade,
    DraftDocument? Draft,
    string? Reason,
    RevealedDocument? Revealed,
    IReadOnlyList<PeerDocument>? Peers,
    AgreementDocument? Agreement
);

internal sealed record ChallengeDocument(
    string Key,
    string Title,
    string Kind,
    string Prompt,
    string? Guidelines,
    ViewportDocument Viewport
);

internal sealed record ViewportDocument(int Width, int Height);

internal sealed record FilesDocument(IReadOnlyList<FileDocument> Files);

/// <summary>A file of an output; without text where it is binary or large.</summary>
internal sealed record FileDocument(string Path, long Size, string? Text);

internal sealed record OtherOutput(string Key, string Label);

internal sealed record RevealedDocument(string Challenge, string Model);

internal sealed record PeerDocument(
    string Grader,
    IReadOnlyDictionary<string, double?> Scores,
    string Notes,
    string Status,
    string GradedAt
);

/// <summary>How the graders of one output differ, and what leads decided so far.</summary>
internal sealed record AgreementDocument(IReadOnlyList<SplitDocument> Criteria, IReadOnlyList<PeerDocument> Decisions);

internal sealed record SplitDocument(
    string Criterion,
    int Graders,
    double? Median,
    double? Min,
    double? Max,
    double? Same,
    double? WithinStep,
    IReadOnlyList<string> Away
);
