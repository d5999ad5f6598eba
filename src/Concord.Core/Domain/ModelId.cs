using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Core.Domain;

/// <summary>
/// The name of a model as a path of one to three segments, such as <c>openai/gpt-4o-mini</c>; a further sample of the
/// same model carries its number, <c>openai/gpt-4o-mini@2</c>.
/// </summary>
public readonly partial record struct ModelId : IComparable<ModelId>
{
    // An output's own folder of files: a model of that name could not be told from it.
    private const string FilesFolder = "files";

    private ModelId(string value, string model, int sample) => (Value, Model, Sample) = (value, model, sample);

    /// <summary>What is allowed, as a sentence for error messages.</summary>
    public const string Rule =
        "A model id is one to three segments joined by '/', each of letters, digits, '.', '_' and '-' and beginning with a letter or digit, none of them 'files'; a further sample ends in '@2', '@3' ….";

    /// <summary>The id as written, with the sample's number.</summary>
    public string Value { get; }

    /// <summary>The id without the sample's number: what models.csv counts as one model.</summary>
    public string Model { get; }

    /// <summary>Which sample of the model this is, from 1.</summary>
    public int Sample { get; }

    /// <summary>Parses an id.</summary>
    /// <param name="text">The id.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static ModelId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a model id. {Rule}");

    /// <summary>Parses an id where it may be wrong.</summary>
    /// <param name="text">The id.</param>
    /// <param name="id">The parsed id.</param>
    /// <returns>Whether the text obeys <see cref="Rule"/>.</returns>
    public static bool TryParse(string text, out ModelId id)
    {
        id = default;
        var match = Pattern().Match(text);
        if (!match.Success || match.Groups[1].Value.Split('/').Contains(FilesFolder))
            return false;
        var sample = match.Groups[2].Success ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 1;
        id = new(text, match.Groups[1].Value, sample);
        return true;
    }

    /// <summary>Whether this names a model or sample that was asked for: a model's plain id stands for all its samples.</summary>
    /// <param name="other">The id of an output.</param>
    /// <returns>True for the id itself, and for every sample of the model that it is.</returns>
    public bool Covers(ModelId other) => this == other || Value == other.Model;

    /// <summary>Ordinal order of the written ids.</summary>
    /// <param name="other">The other id.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(ModelId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(
        @"\A([A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,2})(?:@([2-9]|[1-9][0-9]{1,3}))?\z"
    )]
    private static partial Regex Pattern();
}
