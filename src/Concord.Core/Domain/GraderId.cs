using System.Text.RegularExpressions;

namespace Concord.Core.Domain;

/// <summary>Who grades: a slug that names the grader's files.</summary>
public readonly partial record struct GraderId : IComparable<GraderId>
{
    private GraderId(string value) => Value = value;

    /// <summary>What is allowed, as a sentence for error messages.</summary>
    public const string Rule =
        "A grader's slug is lower-case letters and digits joined by single '-', and does not itself end in a date.";

    /// <summary>The slug.</summary>
    public string Value { get; }

    /// <summary>Parses a slug.</summary>
    /// <param name="text">The slug.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static GraderId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a grader's slug. {Rule}");

    /// <summary>Parses a slug where it may be wrong.</summary>
    /// <param name="text">The slug.</param>
    /// <param name="id">The parsed id.</param>
    /// <returns>Whether the text obeys <see cref="Rule"/>.</returns>
    public static bool TryParse(string text, out GraderId id)
    {
        var valid = text.Length <= 100 && Pattern().IsMatch(text) && !EndsInDate().IsMatch(text);
        id = valid ? new(text) : default;
        return valid;
    }

    /// <summary>Ordinal order.</summary>
    /// <param name="other">The other id.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(GraderId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"(\A|-)[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex EndsInDate();
}
