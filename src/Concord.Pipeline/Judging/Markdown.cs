using System.Text;
using Concord.Core.Domain;

namespace Concord.Pipeline.Judging;

/// <summary>Others' text in GitHub's Markdown: shown as it is, never a mention, a link, a reference, HTML or a table's end.</summary>
internal static class Markdown
{
    private const int LongestCode = 160;
    private const int LongestText = 500;
    private const string Special = @"\`*_[]<>&~|$!#{}()";

    // Between two characters that GitHub would take for a mention, a reference or an address.
    private const char Gap = '\u200B';

    /// <summary>A name or path, in which nothing at all is read.</summary>
    public static string Code(string text)
    {
        var line = Shortened(PlainText.Of(text), LongestCode);
        if (line.Length == 0)
            return "–";
        var (longest, run) = (0, 0);
        foreach (var c in line)
            longest = Math.Max(longest, run = c == '`' ? run + 1 : 0);
        var fence = new string('`', longest + 1);
        var space = line.StartsWith('`') || line.EndsWith('`') || line.Trim().Length == 0 ? " " : "";
        return $"{fence}{space}{line}{space}{fence}";
    }

    /// <summary>A sentence.</summary>
    public static string Text(string text)
    {
        var line = Shortened(PlainText.Of(text), LongestText);
        var safe = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (Special.Contains(c, StringComparison.Ordinal))
                safe.Append('\\');
            safe.Append(c);
            if (c is '@' or '#' || EndsIn(line, i, ":", "//") || EndsIn(line, i, "www", ".") || EndsIn(line, i, "gh", "-"))
                safe.Append(Gap);
        }
        return safe.ToString();
    }

    // Whether one part ends here and the other follows.
    private static bool EndsIn(string line, int end, string part, string then) =>
        end + 1 >= part.Length
        && line.AsSpan(end + 1 - part.Length, part.Length).Equals(part, StringComparison.OrdinalIgnoreCase)
        && line.AsSpan(end + 1).StartsWith(then);

    private static string Shortened(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)] + "…";
}
