namespace Concord.App.Host.Documents;

/// <summary>What <c>GET /api/summary</c> answers.</summary>
internal sealed record SummaryDocument(
    int Graded,
    int Skipped,
    int Flagged,
    int Seconds,
    IReadOnlyList<SharedAgreement> Agreement,
    int Left,
    bool CanSubmit
);

internal sealed record SharedAgreement(string Criterion, int Items, string Coefficient, double? Value, string? UndefinedBecause);
