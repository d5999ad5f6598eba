using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Replies;

/// <summary>Which names a reply may give to files: relative paths that every system can store and that stay below their folder.</summary>
public static partial class ReplyPath
{
    /// <summary>The longest name, in UTF-8 bytes.</summary>
    public const int Longest = 200;

    private const string Unstorable = "<>:\"|?*";

    private static readonly SearchValues<char> UnstorableCharacters = SearchValues.Create(Unstorable);

    /// <summary>Says what is wrong with a name.</summary>
    /// <param name="name">The name as the reply gives it.</param>
    /// <returns>The end of a sentence that begins with the name, such as <c>is empty</c>; null where nothing is wrong.</returns>
    public static string? Mistake(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return "is empty";
        if (Encoding.UTF8.GetByteCount(name) > Longest)
            return $"is longer than {Longest} bytes";
        if (name.EnumerateRunes().Any(IsInvisible))
            return "holds a control character";
        // Whether a letter and its mark are one name with the letter that has it is asked differently by each system.
        if (name.Any(c => c is (>= '\u0300' and <= '\u036F') or (>= '\u1100' and <= '\u11FF')))
            return "holds a letter in parts, which some systems put together";
        if (name.Contains('\\', StringComparison.Ordinal))
            return "holds a backslash";
        if (name[0] is '/' or '~')
            return "is not a relative path";
        if (name.Length > 1 && char.IsAsciiLetter(name[0]) && name[1] == ':')
            return "begins with a drive letter";
        if (name.AsSpan().ContainsAny(UnstorableCharacters))
            return $"holds one of {Unstorable}, which not every system can store";
        return name.Split('/').Select(SegmentMistake).FirstOrDefault(m => m is not null);
    }

    private static string? SegmentMistake(string segment) =>
        segment switch
        {
            "" => "has an empty segment",
            "." or ".." => $"has the segment '{segment}'",
            _ when GitFolder().IsMatch(segment) => "leads into a git folder",
            _ when Device().IsMatch(segment) => "has a segment that is a device on Windows",
            _ when segment[^1] is '.' or ' ' || segment[0] == ' ' =>
                "has a segment that begins or ends with a space, or ends with a dot",
            _ => null,
        };

    // The second is how Windows may call the first.
    [GeneratedRegex(@"\A(?:\.git|git~[0-9]+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex GitFolder();

    [GeneratedRegex(
        @"\A(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:\..*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Device();

    // A lone surrogate is enumerated as U+FFFD.
    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
