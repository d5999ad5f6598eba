using System.Globalization;
using System.Text;

namespace Concord.Core.Domain.Privacy;

/// <summary>A text as people read it, whichever characters were used to write it, and where each character stands in the text as it is.</summary>
internal sealed class ReadableText
{
    private readonly int[] origins;

    private ReadableText(string text, int[] origins) => (Text, this.origins) = (text, origins);

    public string Text { get; }

    /// <summary>
    /// Digits of any script and full-width characters as ASCII, every dash as <c>-</c>, every space as a space; characters that are not seen are left out.
    /// </summary>
    public static ReadableText OfSymbols(string text) =>
        Map(
            text,
            (c, append) =>
            {
                if (Symbol(c) is { } symbol)
                    append(symbol);
            }
        );

    /// <summary>The same in lower case and without accents, for names: <c>José</c>, <c>JOSÉ</c> and <c>Jose</c> are one.</summary>
    public static ReadableText OfLetters(string text) =>
        Map(
            text,
            (c, append) =>
            {
                if (Symbol(c) is not { } symbol)
                    return;
                if (symbol < 128)
                    append(char.ToLowerInvariant(symbol));
                else if (CharUnicodeInfo.GetUnicodeCategory(symbol) != UnicodeCategory.NonSpacingMark)
                    foreach (var part in PlainLetters.Of(symbol))
                        append(part);
            }
        );

    /// <summary>Where a character of <see cref="Text"/> stands in the original; the original's length for the end.</summary>
    public int OriginOf(int place) => origins[place];

    public SensitiveSpan Span(int start, int end, SensitiveKind kind) => new(origins[start], origins[end], kind);

    private static ReadableText Map(string text, Action<char, Action<char>> read)
    {
        var readable = new StringBuilder(text.Length);
        var origins = new List<int>(text.Length + 1);
        var at = 0;
        Action<char> append = c =>
        {
            readable.Append(c);
            origins.Add(at);
        };
        for (; at < text.Length; at++)
            // U+E0000 to U+E01EF: tags and variation selectors.
            if (text[at] == '\uDB40' && at + 1 < text.Length && text[at + 1] is >= '\uDC00' and <= '\uDDEF')
                at++;
            else
                read(text[at], append);
        origins.Add(text.Length);
        return new(readable.ToString(), [.. origins]);
    }

    private static char? Symbol(char c)
    {
        if (c < 128)
            return c;
        if (c is >= '\uFF01' and <= '\uFF5E')
            return (char)(c - 0xFEE0);
        // Variation selectors, the joiner of graphemes and the fillers of Hangul: not seen, but of no category that says so.
        if (c is >= '\uFE00' and <= '\uFE0F' or '\u034F' or '\u115F' or '\u1160' or '\u3164' or '\uFFA0')
            return null;
        return CharUnicodeInfo.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Format => null,
            UnicodeCategory.DecimalDigitNumber => (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)),
            UnicodeCategory.DashPunctuation => '-',
            UnicodeCategory.SpaceSeparator => ' ',
            _ => c == '\u2212' ? '-' : c,
        };
    }
}
