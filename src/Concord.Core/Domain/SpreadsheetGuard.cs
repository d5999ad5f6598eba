namespace Concord.Core.Domain;

/// <summary>
/// Keeps a spreadsheet from running a note as a formula: a text that starts with one of <c>= + - @ TAB CR '</c> is
/// written with one more leading apostrophe, and reading takes that apostrophe away. The round trip is exact.
/// </summary>
public static class SpreadsheetGuard
{
    private const string Dangerous = "=+-@\t\r'";

    /// <summary>The text as it is written to a file.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, with one more leading apostrophe where it is needed.</returns>
    public static string Guard(string text) => text.Length > 0 && Dangerous.Contains(text[0]) ? "'" + text : text;

    /// <summary>The text as it was before <see cref="Guard"/>.</summary>
    /// <param name="written">The text of a file.</param>
    /// <returns>The text, without the apostrophe that <see cref="Guard"/> adds.</returns>
    public static string Unguard(string written) =>
        written.Length > 1 && written[0] == '\'' && Dangerous.Contains(written[1]) ? written[1..] : written;
}
