namespace Concord.App.Host.Documents;

internal sealed record SavedDocument(GradeDocument Grade, ItemState Item, int Pending);

internal sealed record ItemState(string Status, int Needs);

internal sealed record PendingDocument(int Pending);
