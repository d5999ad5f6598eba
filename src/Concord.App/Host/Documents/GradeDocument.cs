namespace Concord.App.Host.Documents;

/// <summary>A saved grade as the page sees it.</summary>
internal sealed record GradeDocument(
    string Version,
    IReadOnlyDictionary<string, double?> Scores,
    string Notes,
    string Status,
    string SavedAt,
    string? Commit,
    string? Pending
);

internal sealed record DraftDocument(
    IReadOnlyDictionary<string, double?> Scores,
    string Notes,
    bool Flagged,
    string Base,
    string SavedAt
);
