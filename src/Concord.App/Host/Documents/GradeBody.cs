namespace Concord.App.Host.Documents;

/// <summary>What <c>PUT /api/items/KEY/grade</c> takes.</summary>
internal sealed record GradeBody(
    IReadOnlyDictionary<string, double?> Scores,
    string Notes,
    string Status,
    string Base,
    double? Seconds = null
);

/// <summary>What <c>PUT /api/items/KEY/draft</c> takes.</summary>
internal sealed record DraftBody(IReadOnlyDictionary<string, double?> Scores, string Notes, string Base, bool Flagged = false);
