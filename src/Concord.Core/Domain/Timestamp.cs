using System.Globalization;

namespace Concord.Core.Domain;

/// <summary>Moments as Concord writes and reads them: whole seconds of UTC, <c>yyyy-MM-ddTHH:mm:ssZ</c>.</summary>
public static class Timestamp
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Writes a moment.</summary>
    /// <param name="moment">A time in UTC; fractions of seconds are dropped.</param>
    /// <returns>Such as <c>2026-11-02T09:14:31Z</c>.</returns>
    public static string Of(DateTime moment) => moment.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a moment written by <see cref="Of"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="moment">The moment, of kind UTC.</param>
    /// <returns>Whether the text has that form.</returns>
    public static bool TryParse(string text, out DateTime moment) =>
        DateTime.TryParseExact(
            text,
            Format,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out moment
        );
}
