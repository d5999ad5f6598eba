namespace Concord.App.Host.Documents;

/// <summary>What went wrong, where, and how to mend it.</summary>
internal sealed record ProblemDocument(string What, string? Where, string Remedy);
