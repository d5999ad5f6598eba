namespace Concord.Pipeline.GitHub;

/// <summary>Texts of pull requests, comments and statuses, no longer than GitHub takes.</summary>
internal static class BodyText
{
    /// <summary>How many characters a text may have.</summary>
    public const int Longest = 65536;

    /// <summary>How many characters the line beside a commit's status may have.</summary>
    public const int LongestStatus = 140;

    private const string Cut = "\n\n_The rest is cut off: GitHub takes no more._\n";

    /// <summary>The text, cut at a line's end where it is too long.</summary>
    public static string Fitted(string text)
    {
        if (text.Length <= Longest)
            return text;
        var most = Longest - Cut.Length;
        var end = text.LastIndexOf('\n', most);
        return Whole(text, end > most / 2 ? end : most) + Cut;
    }

    /// <summary>One line, cut where it is too long.</summary>
    public static string FittedStatus(string text) => text.Length <= LongestStatus ? text : Whole(text, LongestStatus - 1) + "…";

    /// <summary>Whether two texts are the same to GitHub, which may give line ends as a browser does.</summary>
    public static bool Same(string? a, string? b) =>
        string.Equals(
            (a ?? "").ReplaceLineEndings("\n").TrimEnd(),
            (b ?? "").ReplaceLineEndings("\n").TrimEnd(),
            StringComparison.Ordinal
        );

    // No half of a surrogate pair.
    private static string Whole(string text, int length) =>
        text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
