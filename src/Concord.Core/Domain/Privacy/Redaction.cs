namespace Concord.Core.Domain.Privacy;

/// <summary>A text without what it should not tell.</summary>
/// <param name="Text">The text, with <c>[key]</c>, <c>[email]</c>, <c>[phone]</c> and <c>[grader]</c> in the places.</param>
/// <param name="Found">How many places there were of each kind; kinds without any are not there.</param>
public sealed record Redaction(string Text, IReadOnlyDictionary<SensitiveKind, int> Found)
{
    /// <summary>Places of all kinds, 0 or more.</summary>
    public int Places => Found.Values.Sum();
}
