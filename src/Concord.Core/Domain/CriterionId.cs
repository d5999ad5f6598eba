using System.Text.RegularExpressions;

namespace Concord.Core.Domain;

/// <summary>The name of a criterion of the rubric; it is also the name of its column in a grade file.</summary>
public readonly partial record struct CriterionId : IComparable<CriterionId>
{
    private static readonly HashSet<string> Reserved = new(
        "challenge model output status notes graded_at seconds criterion rank graders overall flags check rater grader outputs failed adjudicated".Split(
            ' '
        ),
        StringComparer.Ordinal
    );

    private CriterionId(string value) => Value = value;

    /// <summary>What is allowed, as a sentence for error messages.</summary>
    public const string Rule =
        "A criterion id is lower-case letters, digits and '-', begins with a letter, and is not the name of a fixed column (challenge, model, output, status, notes, seconds, overall, flags …).";

    /// <summary>The criterion that stands for all of them together.</summary>
    public const string Overall = "overall";

    /// <summary>The id as written.</summary>
    public string Value { get; }

    /// <summary>Parses an id.</summary>
    /// <param name="text">The id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static CriterionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a criterion id. {Rule}");

    /// <summary>Parses an id where it may be wrong.</summary>
    /// <param name="text">The id.</param>
    /// <param name="id">The parsed id.</param>
    /// <returns>Whether the text obeys <see cref="Rule"/>.</returns>
    public static bool TryParse(string text, out CriterionId id)
    {
        var valid = Pattern().IsMatch(text) && !Reserved.Contains(text);
        id = valid ? new(text) : default;
        return valid;
    }

    /// <summary>Ordinal order.</summary>
    /// <param name="other">The other id.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(CriterionId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,49}\z")]
    private static partial Regex Pattern();
}
