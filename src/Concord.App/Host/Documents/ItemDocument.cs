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

internal sealed record OtherOutput(string Key, string Label);

internal sealed record RevealedDocument(string Challenge, string Model);
