using System.Globalization;
using System.Text.RegularExpressions;

namespace Concord.Core.Domain;

/// <summary>The fingerprint of an output's files: twelve hex digits (<see cref="Fingerprint"/>).</summary>
public readonly partial record struct OutputId : IComparable<OutputId>
{
    private OutputId(ulong bits) => Bits = bits;

    /// <summary>What is allowed, as a sentence for error messages.</summary>
    public const string Rule = "An output id is twelve hex digits in lower case, such as 3fa9c1d20b7e.";

    /// <summary>The twelve hex digits.</summary>
    public string Value => Bits.ToString("x12", CultureInfo.InvariantCulture);

    /// <summary>The same as a number below 2⁴⁸: what a million grades keep of it.</summary>
    internal ulong Bits { get; }

    /// <summary>Parses an id.</summary>
    /// <param name="text">Twelve hex digits.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static OutputId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an output id. {Rule}");

    /// <summary>Parses an id where it may be wrong.</summary>
    /// <param name="text">Twelve hex digits.</param>
    /// <param name="id">The parsed id.</param>
    /// <returns>Whether the text obeys <see cref="Rule"/>.</returns>
    public static bool TryParse(string text, out OutputId id)
    {
        var valid = Pattern().IsMatch(text);
        id = valid ? new(ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)) : default;
        return valid;
    }

    /// <summary>Ordinal order.</summary>
    /// <param name="other">The other id.</param>
    /// <returns>Less than, equal to or more than zero.</returns>
    public int CompareTo(OutputId other) => Bits.CompareTo(other.Bits);

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9a-f]{12}\z")]
    private static partial Regex Pattern();
}
