namespace Concord.App.Host.Documents;

/// <summary>What a save answers.</summary>
/// <param name="Next">The key of the output that comes next, by the counts known now; null where none is left.</param>
internal sealed record SavedDocument(GradeDocument Grade, ItemState Item, int Pending, string? Next);

internal sealed record ItemState(string Status, int Needs);

internal sealed record PendingDocument(int Pending);
