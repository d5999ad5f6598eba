using System.Globalization;
using System.Text.RegularExpressions;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Hub;

/// <summary>How long the Hub wants one to wait: its windows are of five minutes.</summary>
internal static partial class RateWindow
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unsaid = TimeSpan.FromSeconds(30);

    /// <summary>Reads <c>Retry-After</c>, else how long the window lasts in which nothing is left: <c>RateLimit: "api";r=0;t=55</c>.</summary>
    /// <returns>Null where it is not said.</returns>
    public static TimeSpan? Said(HttpAnswer answer, DateTimeOffset now)
    {
        if (answer.Headers is null)
            return null;
        if (RetryHeaders.Of(answer.Headers, now).After is { } after)
            return after < Least ? Least : after;
        return
            answer.Status == 429
            && Empty().Match(answer.Header("ratelimit") ?? "") is { Success: true } match
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds) + Least
            : null;
    }

    /// <summary>How long to wait for a limit to pass; what is not said doubles.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="now">The time.</param>
    /// <param name="waits">How often this request has waited already.</param>
    /// <returns>Null where it is no limit.</returns>
    public static TimeSpan? Wait(HttpAnswer answer, DateTimeOffset now, int waits) =>
        answer.Status == 429 ? Said(answer, now) ?? Unsaid * Math.Pow(2, waits) : null;

    // A header may tell of several windows; the one that is used up counts.
    [GeneratedRegex(@";\s*r=0\s*;\s*t=([0-9]{1,6})(?![0-9])")]
    private static partial Regex Empty();
}
