using System.Globalization;
using System.Text;

namespace Concord.Core.Domain.Grading;

/// <summary>A grader's slug from the name for people.</summary>
public static class GraderSlug
{
    private const int Longest = 60;

    // The plain letter of each letter with marks, ? where there is none: Unicode's decompositions, which .NET has not got without ICU.
    private const char FirstLatin = '\u00e0';
    private const string Latin =
        "aaaaaa?ceeeeiiii?nooooo??uuuuy?yaaaaaaccccccccdd??eeeeeeeeeegggggggghh??iiiiiiiii???jjkk?llllll?"
        + "???nnnnnn???oooooo??rrrrrrsssssssstttt??uuuuuuuuuuuuwwyyyzzzzzzs";
    private const char FirstMore = '\u1e00';
    private const string More =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr"
        + "ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy?s????aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
        + "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

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
        ['ș'] = "s",
        ['ț'] = "t",
    };

    /// <summary>The slug of a name such as git's <c>user.name</c>: letters without marks, everything else one <c>-</c>.</summary>
    /// <param name="name">The name; null where git has none.</param>
    /// <returns>The slug; null where nothing of the name can be one, as with names in other scripts, or where it would end in a date.</returns>
    public static GraderId? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsSurrogate))
            return null;
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant().Select(WithoutMark))
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

    private static char WithoutMark(char letter) =>
        letter switch
        {
            >= FirstLatin when letter - FirstLatin < Latin.Length => Known(Latin[letter - FirstLatin], letter),
            >= FirstMore when letter - FirstMore < More.Length => Known(More[letter - FirstMore], letter),
            _ => letter,
        };

    private static char Known(char plain, char letter) => plain == '?' ? letter : plain;
}
