using System.Text.RegularExpressions;

namespace Concord.Core.Domain;

/// <summary>The name of a challenge: its folder under <c>benchmarks/challenges/</c>.</summary>
public readonly partial record struct ChallengeId : IComparable<ChallengeId>
{
    private ChallengeId(string value) => Value = value;

    /// <summary>What is allowed, as a sentence for error messages.</summary>
    public const string Rule = "A challenge id is letters, digits, '.', '_' and '-', and begins with a letter or digit.";

    /// <summary>The id as written.</summary>
    public string Value { get; }

    /// <summary>Parses an id.</summary>
    /// <param name="text">The id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static ChallengeId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a challenge id. {Rule}");

    /// <summary>Parses an id where it may be wrong.</summary>
    /// <param name="text">The id.</param>
    /// <param name="id">The parsed id.</param>
    /// <returns>Whether the text obeys <see cref="Rule"/>.</returns>
    public static bool TryParse(string text, out ChallengeId id)
    {
        var valid = Pattern().IsMatch(text) && !text.EndsWith('.');
        id = valid ? new(text) : default;
        return valid;
    }

    /// <summary>Ordinal order.</summary>
    /// <param name="other">The other id.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(ChallengeId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex Pattern();
}
