using System.Text.RegularExpressions;

namespace Concord.Pipeline.Http;

/// <summary>The address of the next page, in the header <c>Link</c>.</summary>
internal static partial class NextPage
{
    /// <summary>Reads the header.</summary>
    /// <returns>Null on the last page, and where there is but one: then there is no header.</returns>
    public static string? Of(string? link)
    {
        var match = Next().Match(link ?? "");
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex("""<([^<>]+)>\s*;[^<]*\brel="?next\b""")]
    private static partial Regex Next();
}
