using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.GitHub;

/// <summary>Sends one request after the other: waits where GitHub says so, repeats what failed, and looks before it repeats what must not be done twice.</summary>
/// <param name="http">Made by <see cref="PlainHttp.New"/>.</param>
/// <param name="host">Which GitHub.</param>
/// <param name="token">A token for that host; null for what is public.</param>
/// <param name="time">The clock, and waits.</param>
/// <param name="tell">Told of waits that a person would wonder about.</param>
internal sealed class GitHubWire(HttpClient http, GitHubHost host, GitHubToken? token, TimeProvider time, Action<string> tell)
{
    /// <summary>How often a request is sent at most where its answers are no answers.</summary>
    public const int Attempts = 4;

    private const string Version = "2022-11-28";
    private const int UnreachableAttempts = 2;
    private const int Redirects = 5;

    // GitHub asks for a second between writes.
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);

    private readonly GitHubFailure _failure = new(host, token?.Host == host.Name ? token : null);
    private DateTimeOffset _nextWrite;

    public GitHubHost Host => host;

    /// <summary>Null also where the token that was given is another host's.</summary>
    public GitHubToken? Token { get; } = token?.Host == host.Name ? token : null;

    /// <summary>How long one waits for limits in all before one gives up and says when to come again.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one answer may take at most, whatever a request allows itself.</summary>
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Sends until there is a document.</summary>
    /// <param name="request">What to ask. It may be sent again unless <paramref name="look"/> finds it done.</param>
    /// <param name="type">What comes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="look">After doubt: finds what the request may have made. Null where doing it twice is the same as once.</param>
    /// <param name="refused">Gives what a refusal stands for; null where it is a failure.</param>
    /// <exception cref="ConcordException">GitHub refuses it, or gives no answer.</exception>
    public Task<T> SendAsync<T>(
        GitHubRequest request,
        JsonTypeInfo<T> type,
        CancellationToken cancellation,
        Func<Task<T?>>? look = null,
        Func<HttpAnswer, Task<T?>>? refused = null
    )
        where T : class => SendAsync(request, bytes => GitHubJson.Read(bytes, type), cancellation, look, refused);

    /// <summary>The same where what comes is read in another way.</summary>
    /// <param name="read">Throws JsonException where it is something else.</param>
    public async Task<T> SendAsync<T>(
        GitHubRequest request,
        Func<byte[], T> read,
        CancellationToken cancellation,
        Func<Task<T?>>? look = null,
        Func<HttpAnswer, Task<T?>>? refused = null
    )
        where T : class
    {
        var (value, answer) = await TrySendAsync(request, a => read(a.Bytes), cancellation, look);
        if (value is null && refused is not null)
            value = await refused(answer);
        return value ?? throw _failure.Of(request, answer);
    }

    /// <summary>Reads a document that may be missing.</summary>
    /// <returns>Null where GitHub knows none, or does not show it.</returns>
    public async Task<T?> FindAsync<T>(GitHubRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class
    {
        var (value, answer) = await TrySendAsync(request, a => GitHubJson.Read(a.Bytes, type), cancellation);
        return value ?? (answer.Status == 404 ? null : throw _failure.Of(request, answer));
    }

    /// <summary>Reads all pages of a list.</summary>
    /// <param name="request">The first page.</param>
    /// <param name="type">What a page is.</param>
    /// <param name="items">The entries of a page.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<TItem>> ListAsync<TPage, TItem>(
        GitHubRequest request,
        JsonTypeInfo<TPage> type,
        Func<TPage, IEnumerable<TItem>> items,
        CancellationToken cancellation
    )
        where TPage : class
    {
        var all = new List<TItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var page = request; seen.Add(page.Address); )
        {
            var (value, answer) = await TrySendAsync(page, a => GitHubJson.Read(a.Bytes, type), cancellation);
            all.AddRange(items(value ?? throw _failure.Of(page, answer)));
            if (NextPage.Of(answer.Header("link")) is not { } next)
                break;
            // As it is given: its path has the repository's number, not its name.
            page = request with
            {
                Address = next,
            };
        }
        return all;
    }

    /// <summary>Sends a request whose answer, if any, is of no interest.</summary>
    /// <param name="done">Refusals that mean that there is nothing left to do.</param>
    public async Task SendAsync(GitHubRequest request, Func<HttpAnswer, bool> done, CancellationToken cancellation)
    {
        var (value, answer) = await TrySendAsync(request, a => a, cancellation);
        if (value is null && !done(answer))
            throw _failure.Of(request, answer);
    }

    /// <summary>Reads a file.</summary>
    public async Task<byte[]> DownloadAsync(GitHubRequest request, CancellationToken cancellation)
    {
        var (value, answer) = await TrySendAsync(request, a => a.Bytes, cancellation);
        return value ?? throw _failure.Of(request, answer);
    }

    /// <summary>Waits, as between two looks at something that takes its time.</summary>
    public Task WaitAsync(TimeSpan wait, CancellationToken cancellation) => Task.Delay(wait, time, cancellation);

    /// <summary>An answer in which there is no doubt.</summary>
    /// <returns>What was read; null where GitHub refuses.</returns>
    private async Task<(T? Value, HttpAnswer Answer)> TrySendAsync<T>(
        GitHubRequest request,
        Func<HttpAnswer, T> read,
        CancellationToken cancellation,
        Func<Task<T?>>? look = null
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
            if (!answer.IsDoubtful)
                return (null, answer);
            var isLast = attempt >= (answer.Missing == NoAnswer.Unreachable ? UnreachableAttempts : Attempts);
            // The last time too: what was made needs no other run.
            if (!isLast || (look is not null && answer.Missing != NoAnswer.Unreachable))
                await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt - 1)), time, cancellation);
            if (look is not null && answer.Missing != NoAnswer.Unreachable && await look() is { } made)
                return (made, answer);
            if (isLast)
                throw _failure.Of(request, answer);
        }
    }

    /// <summary>An answer that is no limit.</summary>
    private async Task<HttpAnswer> UnlimitedAsync(GitHubRequest request, CancellationToken cancellation)
    {
        for (var waits = 0; ; waits++)
        {
            if (request.Writes && _nextWrite - time.GetUtcNow() is var left && left > TimeSpan.Zero)
                await Task.Delay(left, time, cancellation);
            var answer = await FollowedAsync(request, cancellation);
            _nextWrite = request.Writes ? time.GetUtcNow() + BetweenWrites : _nextWrite;
            if (RateLimit.Wait(answer, time.GetUtcNow(), waits) is not { } wait)
                return answer;
            if (wait > Patience)
                throw _failure.TooLong(request, wait, time.GetUtcNow() + wait);
            Patience -= wait;
            tell($"{host.Name} limits how much may be asked: waiting {GitHubFailure.Words(wait)}, then going on.");
            await Task.Delay(wait, time, cancellation);
        }
    }

    // A renamed repository leads to its new address on the same host; a file may lie elsewhere, and is fetched without the token.
    private async Task<HttpAnswer> FollowedAsync(GitHubRequest request, CancellationToken cancellation)
    {
        var text = request.Address.Contains("://", StringComparison.Ordinal)
            ? request.Address
            : $"{host.Api.AbsoluteUri.TrimEnd('/')}/{request.Address}";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            throw _failure.Of(request, HttpAnswer.None(NoAnswer.NotUnderstood, "an address that is none"));
        if (!host.Owns(address))
            throw _failure.Elsewhere(request, address);
        for (var redirects = 0; ; redirects++)
        {
            var answer = await OnceAsync(request, address, cancellation);
            if (
                answer.Status is not (301 or 302 or 307 or 308)
                || redirects == Redirects
                || !Uri.TryCreate(address, answer.Header("location"), out var next)
            )
                return answer;
            if (!PlainHttp.IsSafe(next) || !(host.Owns(next) || request is { IsFile: true, Writes: false }))
                throw _failure.Elsewhere(request, next);
            address = next;
        }
    }

    private Task<HttpAnswer> OnceAsync(GitHubRequest request, Uri address, CancellationToken cancellation) =>
        HttpExchange.OnceAsync(
            http,
            _ => Message(request, address),
            request.Patience < AnswerPatience ? request.Patience : AnswerPatience,
            request.Largest,
            cancellation
        );

    private HttpRequestMessage Message(GitHubRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Method, address) { Content = request.Content?.Invoke() };
        if (!host.Owns(address))
            return message;
        message.Headers.Accept.ParseAdd("application/vnd.github+json");
        message.Headers.Add("X-GitHub-Api-Version", Version);
        if (Token is { } own)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", own.Value);
        return message;
    }
}
