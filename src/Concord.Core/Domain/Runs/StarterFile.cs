namespace Concord.Core.Domain.Runs;

/// <summary>A file that a challenge gives along.</summary>
/// <param name="Path">The path below <c>files/</c>, with <c>/</c>.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record StarterFile(string Path, ReadOnlyMemory<byte> Bytes);
