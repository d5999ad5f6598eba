using System.Text;
using System.Text.RegularExpressions;

namespace Concord.Core.Domain.Libraries;

/// <summary>What a page's text became, and which libraries it asked for.</summary>
/// <param name="Text">The text with the addresses that are served from the vendor folder in place of the CDNs' ones.</param>
/// <param name="Served">Libraries that are there, in order of appearance.</param>
/// <param name="Missing">Libraries that are not, in order of appearance.</param>
public sealed record LinkedText(string Text, IReadOnlyList<LibraryAddress> Served, IReadOnlyList<LibraryAddress> Missing);

/// <summary>
/// Puts the vendor folder's addresses in place of the CDNs' known ones in HTML, JavaScript and CSS as they are served: in
/// script tags, imports, import maps and styles. The bytes of the output itself stay.
/// </summary>
public static partial class LibraryLinks
{
    private const int LongestAddress = 500;

    /// <summary>Rewrites one text.</summary>
    /// <param name="text">HTML, JavaScript or CSS; of other encodings than UTF-8 each byte may be a character (Latin-1).</param>
    /// <param name="resolve">The address that the vendor folder serves a library at; null where it has none.</param>
    /// <returns>The text, the same one where nothing in it is known.</returns>
    public static LinkedText Rewrite(string text, Func<LibraryAddress, string?> resolve)
    {
        var (served, missing) = (new List<LibraryAddress>(), new List<LibraryAddress>());
        if (!text.Contains("//", StringComparison.Ordinal))
            return new(text, served, missing);
        var changed = Address()
            .Replace(
                text,
                match =>
                {
                    if (match.Length > LongestAddress || LibraryAddress.TryParse(match.Value) is not { } address)
                        return match.Value;
                    var target = resolve(address);
                    var list = target is null ? missing : served;
                    if (!list.Contains(address))
                        list.Add(address);
                    return target ?? match.Value;
                }
            );
        // Another version than the page's author hashed; and where it came from is known here.
        if (served.Count > 0)
            changed = Tag().Replace(changed, tag => Integrity().Replace(tag.Value, ""));
        return new(changed, served, missing);
    }

    /// <summary>Whether a text is an ECMAScript module: a line of it begins with an import or an export.</summary>
    /// <param name="text">JavaScript.</param>
    public static bool IsModule(string text) => ImportOrExport().IsMatch(text);

    /// <summary>Puts addresses in place of the bare names that a module imports, which a browser does not know.</summary>
    /// <param name="text">A module of a package.</param>
    /// <param name="resolve">The address of a name; null where there is none, and then it stays.</param>
    /// <returns>The module as a browser can load it.</returns>
    public static string RewriteImports(string text, Func<string, string?> resolve)
    {
        var result = new StringBuilder();
        var from = 0;
        foreach (Match match in BareImport().Matches(text))
        {
            var name = match.Groups[1];
            if (resolve(name.Value) is not { } address)
                continue;
            result.Append(text, from, name.Index - from).Append(address);
            from = name.Index + name.Length;
        }
        return from == 0 ? text : result.Append(text, from, text.Length - from).ToString();
    }

    // Only where an address is a value: in quotes, after = or in url(…). Prose about a library stays as it is.
    [GeneratedRegex(
        """(?<=["'`=(]\s*)(?:https?:)?//(?:(?:www\.)?d3js\.org|cdn\.jsdelivr\.net|(?:www\.)?unpkg\.com|cdnjs\.cloudflare\.com|esm\.sh|esm\.run|cdn\.skypack\.dev|cdn\.plot\.ly|code\.jquery\.com)/[^\s"'`<>)\\]*""",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Address();

    [GeneratedRegex("""<(?:script|link)\b[^>]{0,4000}>""", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex("""\s+integrity\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Integrity();

    [GeneratedRegex(
        """(?:^|;|\})\s*(?:import\b\s*["'{*\w]|export\b\s*(?:[{*]|default\b|const\b|let\b|var\b|function\b|class\b|async\b))""",
        RegexOptions.Multiline
    )]
    private static partial Regex ImportOrExport();

    [GeneratedRegex("""(?:\bfrom\s*|\bimport\s*\(?\s*)["']([A-Za-z@][^"'\s:]*)["']""")]
    private static partial Regex BareImport();
}
