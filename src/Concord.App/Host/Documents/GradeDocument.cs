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

internal sealed record DraftDocument(IReadOnlyDictionary<string, double?> Scores, string Notes, string Base, string SavedAt);

/// <summary>What <c>PUT /api/items/KEY/grade</c> takes.</summary>
internal sealed record GradeBody(
    IReadOnlyDictionary<string, double?> Scores,
    string Notes,
    string Status,
    string Base,
    double? Seconds = null
);

/// <summary>What <c>PUT /api/items/KEY/draft</c> takes.</summary>
internal sealed record DraftBody(IReadOnlyDictionary<string, double?> Scores, string Notes, string Base);

internal sealed record SavedDocument(GradeDocument Grade, ItemState Item, int Pending);

internal sealed record ItemState(string Status, int Needs);

internal sealed record ConflictDocument(GradeDocument Current);

internal sealed record InvalidDocument(IReadOnlyList<FieldProblem> Problems);

internal sealed record FieldProblem(string Field, string Message, string Remedy);

internal sealed record PendingDocument(int Pending);
