using System.Globalization;
using System.Text;

namespace Concord.Core.Domain;

/// <summary>Text that others wrote, made fit to be shown: no control character moves the cursor or begins a line.</summary>
public static class PlainText
{
    /// <summary>Line breaks and tabs become blanks; other control and text-direction characters become <c>\uNNNN</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>One line.</returns>
    public static string Of(string text)
    {
        if (!text.Any(IsUnsafe))
            return text;
        var safe = new StringBuilder();
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (c == '\t')
                safe.Append(' ');
            else if (IsUnsafe(c))
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                safe.Append(c);
        }
        return safe.ToString();
    }

    // Control characters, line and paragraph separators, and the marks that turn the direction of what follows.
    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
