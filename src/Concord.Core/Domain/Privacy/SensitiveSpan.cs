namespace Concord.Core.Domain.Privacy;

/// <summary>A place in a text, from its first UTF-16 unit to before its end.</summary>
internal readonly record struct SensitiveSpan(int Start, int End, SensitiveKind Kind);
