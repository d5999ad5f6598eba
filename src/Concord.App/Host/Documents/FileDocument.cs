namespace Concord.App.Host.Documents;

/// <summary>A file of an output; without text where it is binary or large.</summary>
internal sealed record FileDocument(string Path, long Size, string? Text);

internal sealed record FilesDocument(IReadOnlyList<FileDocument> Files);
