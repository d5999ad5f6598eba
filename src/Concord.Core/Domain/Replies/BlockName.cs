using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Replies;

/// <summary>How a reply says which file a block is. Of one block the first of these counts.</summary>
internal static partial class BlockName
{
    /// <summary>A longer line is no file's name.</summary>
    private const int LongestLine = 400;

    private static readonly string[] WithoutExtension = ["Dockerfile", "Makefile", "LICENSE", "README", "Procfile"];

    /// <summary>
    /// The line above: a name in bold, in backticks, as a heading, before a colon, or alone; also behind a list mark, or
    /// <c>File:</c>. A sentence, or a word that is no file's name, is none.
    /// </summary>
    public static string? OfLine(ReadOnlySpan<char> line)
    {
        if (line.Length > LongestLine || line.Length - line.TrimStart(' ').Length > 3)
            return null;
        var text = WithoutListMark(line.Trim());
        var heading = text.Length - text.TrimStart('#').Length;
        if (heading is > 0 and <= 6)
            text = WithoutListMark(text.Trim("# "));
        text = WithoutLabel(text).TrimEnd(": ");
        if (text.Length > 4 && text.StartsWith("**") && text.EndsWith("**"))
            text = WithoutLabel(text[2..^2].Trim()).TrimEnd(": ");
        return Name(text.ToString());
    }

    /// <summary>The info string: <c>js:src/a.js</c>, <c>js title="a.js"</c>, <c>js src/a.js</c>, or <c>a.js</c>.</summary>
    public static string? OfInfo(ReadOnlySpan<char> info)
    {
        if (info.Length > LongestLine || info.IsWhiteSpace())
            return null;
        var text = info.Trim().ToString();
        // Two languages look like files.
        if (text is "asp.net" or "vb.net")
            return null;
        return InfoAttribute().Match(text) is { Success: true } attribute && Name(attribute.Groups["name"].Value) is { } named
                ? named
            : InfoWord().Match(text) is { Success: true } word ? Name(word.Groups["name"].Value)
            : null;
    }

    /// <summary>The first line inside, where it is a comment of nothing but a name; only a name that may be used.</summary>
    public static string? OfComment(ReadOnlySpan<char> content)
    {
        var end = content.IndexOf('\n');
        var line = (end < 0 ? content : content[..end]).Trim();
        return
            line.Length <= LongestLine
            && Comment().Match(line.ToString()) is { Success: true } match
            && Name(match.Groups["name"].Value) is { } name
            && ReplyPath.Mistake(name) is null
            ? name
            : null;
    }

    /// <summary>Whether a block's language, or its beginning, goes with a file.</summary>
    public static bool Fits(string path, ReadOnlySpan<char> info, ReadOnlySpan<char> content)
    {
        var word = info.Trim().ToString().Split(' ', ':', '{')[0].ToLowerInvariant();
        var start = content[..Math.Min(content.Length, LongestLine)].TrimStart();
        var extension = path[(path.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return extension switch
        {
            "html" or "htm" => word is "html" or "htm" or "xhtml"
                || (
                    word.Length == 0
                    && (
                        start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
                        || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                    )
                ),
            "js" or "mjs" or "cjs" => word is "js" or "mjs" or "cjs" or "javascript" or "node" or "",
            "ts" or "mts" => word is "ts" or "mts" or "typescript" or "",
            "py" => word is "py" or "python" or "python3" or "",
            "cs" => word is "cs" or "csharp" or "c#" or "",
            "md" => word is "md" or "markdown",
            _ => word == extension || word.Length == 0,
        };
    }

    private static ReadOnlySpan<char> WithoutListMark(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        var mark =
            text.Length > 1 && text[0] is '-' or '+' or '*' ? 1
            : digits is > 0 and < 4 && text[digits] is '.' or ')' ? digits + 1
            : 0;
        return mark > 0 && mark < text.Length && text[mark] == ' ' ? text[mark..].TrimStart() : text;
    }

    private static ReadOnlySpan<char> WithoutLabel(ReadOnlySpan<char> text)
    {
        foreach (var label in (ReadOnlySpan<string>)["file:", "filename:", "file name:", "path:"])
            if (text.StartsWith(label, StringComparison.OrdinalIgnoreCase))
                return text[label.Length..].TrimStart();
        return text;
    }

    private static string? Name(string text)
    {
        var name = text.Trim();
        if (name.Length > 2 && name[0] == name[^1] && name[0] is '`' or '"' or '\'')
            name = name[1..^1];
        name = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;
        return FileName().IsMatch(name) || WithoutExtension.Contains(name[(name.LastIndexOf('/') + 1)..], StringComparer.Ordinal)
            ? name
            : null;
    }

    // No spaces, and an extension or a dot before it. Names that lead elsewhere are names too, so that they can be refused by name.
    [GeneratedRegex(
        @"\A(?:[^\s*`]*\.\p{L}[\p{L}\p{N}_-]{0,19}|[/~][^\s*`]+|(?:[^\s*`]*[/\\])?\.\.(?:[/\\][^\s*`]*)?|[^\s*`]*\\[^\s*`]+|[A-Za-z]:[^\s*`]+)\z"
    )]
    private static partial Regex FileName();

    [GeneratedRegex(
        @"(?:\A|[ {,])(?:title|file|filename|name|path)=(?:""(?<name>[^""]+)""|'(?<name>[^']+)'|(?<name>[^\s""'}]+))"
    )]
    private static partial Regex InfoAttribute();

    [GeneratedRegex(@"\A(?:[A-Za-z0-9+#_-]+(?::| +))?(?<name>[^\s:={}""]+)\z")]
    private static partial Regex InfoWord();

    [GeneratedRegex(
        @"\A\s*(?://|\#|--|;|<!--|/\*)\s*(?:File(?: ?name)?:\s*)?(?<name>[^\s*]+?)\s*(?:-->|\*/)?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Comment();
}
