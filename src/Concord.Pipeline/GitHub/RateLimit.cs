using System.Globalization;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.GitHub;

/// <summary>Tells a limit from a refusal. Both come as 403 or 429, and only the one goes away by waiting.</summary>
internal static class RateLimit
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="now">The time.</param>
    /// <param name="waits">How often this request has waited already: what is not said doubles.</param>
    /// <returns>Null where it is no limit.</returns>
    public static TimeSpan? Wait(HttpAnswer answer, DateTimeOffset now, int waits)
    {
        if (answer.Status is not (403 or 429) || answer.Headers is null)
            return null;
        if (RetryHeaders.Of(answer.Headers, now).After is { } after)
            return Longer(after, Least);
        if (answer.Header("x-ratelimit-remaining") == "0" && Reset(answer) is { } reset)
            // A second more: the reset is given in whole ones.
            return Longer(reset - now, TimeSpan.Zero) + Least;
        return
            answer.Status == 429
            || GitHubError.Of(answer).Says("secondary rate limit")
            || GitHubError.Of(answer).Says("abuse detection")
            ? Unsaid * Math.Pow(2, waits)
            : null;
    }

    private static DateTimeOffset? Reset(HttpAnswer answer) =>
        long.TryParse(answer.Header("x-ratelimit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
