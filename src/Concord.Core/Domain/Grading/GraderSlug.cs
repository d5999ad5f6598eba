using System.Globalization;
using System.Text;

namespace Concord.Core.Domain.Grading;

/// <summary>A grader's slug from the name for people.</summary>
public static class GraderSlug
{
    private const int Longest = 60;

    // Letters that Unicode does not take apart into a plain one and a mark.
    private static readonly Dictionary<char, string> Plain = new()
    {
        ['ß'] = "ss",
        ['æ'] = "ae",
        ['œ'] = "oe",
        ['ø'] = "o",
        ['đ'] = "d",
        ['ð'] = "d",
        ['þ'] = "th",
        ['ł'] = "l",
        ['ħ'] = "h",
        ['ı'] = "i",
    };

    /// <summary>The slug of a name such as git's <c>user.name</c>: letters without marks, everything else one <c>-</c>.</summary>
    /// <param name="name">The name; null where git has none.</param>
    /// <returns>The slug; null where nothing of the name can be one, as with names in other scripts, or where it would end in a date.</returns>
    public static GraderId? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsSurrogate))
            return null;
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
                slug.Append(letter);
            else if (Plain.TryGetValue(letter, out var plain))
                slug.Append(plain);
            // A letter that has no plain form would leave a name that nobody knows as theirs.
            else if (char.IsLetter(letter))
                return null;
            else if (
                CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark
                && letter is not ('\'' or '’' or '.')
                && slug.Length > 0
                && slug[^1] != '-'
            )
                slug.Append('-');
        }
        var text = slug.ToString(0, Math.Min(slug.Length, Longest)).Trim('-');
        return GraderId.TryParse(text, out var id) ? id : null;
    }
}
