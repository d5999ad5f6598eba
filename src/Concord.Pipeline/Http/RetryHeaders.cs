using System.Globalization;
using System.Net.Http.Headers;

namespace Concord.Pipeline.Http;

/// <summary>What an answer's headers say of asking again.</summary>
/// <param name="After">How long to wait; null where it is not said, or is no time.</param>
/// <param name="Should">Whether to ask again, whatever the status; null where it is not said.</param>
internal sealed record RetryHeaders(TimeSpan? After, bool? Should)
{
    private const double LongestSeconds = 1e6;

    /// <summary>Reads <c>retry-after-ms</c>, else <c>retry-after</c> as seconds, else as a date; and <c>x-should-retry</c>.</summary>
    public static RetryHeaders Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        bool? should = First(headers, "x-should-retry") switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
        return new(Wait(headers, now), should);
    }

    private static TimeSpan? Wait(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (Number(First(headers, "retry-after-ms")) is { } milliseconds)
            return Positive(milliseconds / 1000);
        var text = First(headers, "retry-after");
        if (Number(text) is { } seconds)
            return Positive(seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? Positive((date - now).TotalSeconds)
            : null;
    }

    private static TimeSpan? Positive(double seconds) =>
        seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)) : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;
}
