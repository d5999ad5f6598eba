using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Hub;

/// <summary>Sends one request after the other: waits where the Hub says so, and repeats what failed unless it must be looked after first.</summary>
/// <param name="http">Made by <see cref="PlainHttp.New"/>.</param>
/// <param name="endpoint">Which Hub.</param>
/// <param name="token">Sent there and nowhere else.</param>
/// <param name="time">The clock, and waits.</param>
/// <param name="tell">Told of waits that a person would wonder about.</param>
internal sealed partial class HubWire(
    HttpClient http,
    HubEndpoint endpoint,
    HubToken token,
    TimeProvider time,
    Action<string> tell
)
{
    /// <summary>How often a request is sent at most where its answers are no answers.</summary>
    public const int Attempts = 5;

    private const int UnreachableAttempts = 2;
    private const int Redirects = 5;

    private static readonly string[] NotGiven = ["host", "content-length", "transfer-encoding", "connection"];

    public HubEndpoint Endpoint => endpoint;

    public HubFailure Failure { get; } = new(endpoint, token);

    /// <summary>How long one waits for limits in all before one gives up and says when to come again: two of the Hub's windows.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Sends until there is a document.</summary>
    /// <exception cref="ConcordException">The Hub refuses it, or gives no answer.</exception>
    public async Task<T> SendAsync<T>(HubRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var (value, answer) = await TryAsync(request, a => HubJson.Read(a.Bytes, type), cancellation);
        return value ?? throw Failure.Of(request, answer);
    }

    /// <summary>Sends until there is an answer, whatever it says.</summary>
    /// <exception cref="ConcordException">There is none.</exception>
    public async Task<HttpAnswer> AskAsync(HubRequest request, CancellationToken cancellation)
    {
        var (_, answer) = await TryAsync(request, a => a, cancellation);
        return answer.IsDoubtful ? throw Failure.Of(request, answer) : answer;
    }

    /// <summary>Sends until there is an answer that can be read.</summary>
    /// <param name="read">Throws JsonException where it is something else.</param>
    /// <returns>What was read; null where it was refused, or is in doubt to the last.</returns>
    public async Task<(T? Value, HttpAnswer Answer)> TryAsync<T>(
        HubRequest request,
        Func<HttpAnswer, T> read,
        CancellationToken cancellation
    )
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await UnlimitedAsync(request, cancellation);
            if (answer.IsSuccess)
            {
                try
                {
                    return (read(answer), answer);
                }
                catch (JsonException)
                {
                    answer = answer with { Missing = NoAnswer.NotUnderstood, Why = answer.Nature };
                }
            }
            var most =
                request.IsOnce ? 1
                : answer.Missing == NoAnswer.Unreachable ? UnreachableAttempts
                : Attempts;
            if (!answer.IsDoubtful || attempt >= most)
                return (null, answer);
            await WaitAsync(
                request,
                RateWindow.Said(answer, time.GetUtcNow()) ?? TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)),
                cancellation
            );
        }
    }

    /// <summary>Waits, as between two looks at something that others change.</summary>
    public Task WaitAsync(TimeSpan wait, CancellationToken cancellation) => Task.Delay(wait, time, cancellation);

    private async Task<HttpAnswer> UnlimitedAsync(HubRequest request, CancellationToken cancellation)
    {
        for (var waits = 0; ; waits++)
        {
            var answer = await FollowedAsync(request, cancellation);
            if (RateWindow.Wait(answer, time.GetUtcNow(), waits) is not { } wait)
                return answer;
            if (wait <= Patience)
                tell(
                    $"{(request.Given is null ? endpoint.Asked : "The store")} limits how much may be asked: waiting {HubFailure.Words(wait)}, then going on."
                );
            await WaitAsync(request, wait, cancellation);
        }
    }

    private async Task WaitAsync(HubRequest request, TimeSpan wait, CancellationToken cancellation)
    {
        if (wait > Patience)
            throw Failure.TooLong(request, wait, time.GetUtcNow() + wait);
        Patience -= wait;
        await Task.Delay(wait, time, cancellation);
    }

    // A renamed dataset leads to its new address on the same host. Where bytes go, nothing is followed.
    private async Task<HttpAnswer> FollowedAsync(HubRequest request, CancellationToken cancellation)
    {
        var text = request.Address.Contains("://", StringComparison.Ordinal)
            ? request.Address
            : $"{endpoint.Url}/{request.Address}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw Failure.NotAsAgreed(request.Doing, "an address that is none");
        if (!MayGo(request, address))
            throw Failure.Elsewhere(request, address);
        for (var redirects = 0; ; redirects++)
        {
            var at = address;
            var answer = await HttpExchange.OnceAsync(
                http,
                alive => Message(request, at, alive),
                request.Patience,
                request.Largest,
                cancellation
            );
            if (
                request.Given is not null
                || answer.Status is not (301 or 302 or 307 or 308)
                || redirects == Redirects
                || !Uri.TryCreate(address, answer.Header("location"), out var next)
            )
                return answer;
            if (!MayGo(request, next))
                throw Failure.Elsewhere(request, next);
            address = next;
        }
    }

    private bool MayGo(HubRequest request, Uri address) =>
        request.Given is null ? endpoint.Owns(address) : endpoint.MayLeadTo(address);

    private HttpRequestMessage Message(HubRequest request, Uri address, Action alive)
    {
        var message = new HttpRequestMessage(request.Method, address) { Content = request.Content?.Invoke(alive) };
        if (request.Given is not { } given)
        {
            message.Headers.Accept.ParseAdd(request.Accept);
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
            return message;
        }
        foreach (var (name, value) in given.Where(h => !NotGiven.Contains(h.Key, StringComparer.OrdinalIgnoreCase)))
        {
            if (!HeaderName().IsMatch(name) || value is null || !HeaderValue().IsMatch(value))
                throw Failure.NotAsAgreed(request.Doing, "a header that can be none");
            if (message.Headers.TryAddWithoutValidation(name, value) || message.Content is not { } content)
                continue;
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+.^_`|~-]+\z")]
    private static partial Regex HeaderName();

    // No line ends, and no letters that a header has no bytes for.
    [GeneratedRegex(@"^[\t -~]*\z")]
    private static partial Regex HeaderValue();
}
