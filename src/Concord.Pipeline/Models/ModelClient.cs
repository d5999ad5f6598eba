using System.Collections.Concurrent;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Models;

/// <summary>Asks models: one request at a time, again where that may help, and never longer or larger than allowed.</summary>
/// <param name="http">Sends requests; made by <see cref="PlainHttp.New"/>.</param>
/// <param name="time">The clock, and waits between attempts.</param>
internal sealed class ModelClient(HttpClient http, TimeProvider time)
{
    // Of a stream only one event is held at a time. Ten megabytes of text can be sixty where every letter is an escape.
    private const long LargestStream = 1024L * 1024 * 1024;
    private const long LargestWhole = 96L * 1024 * 1024;
    private const int LargestError = 64 * 1024;

    // When one request is told to wait, the others to that provider wait as well.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);

    /// <summary>Asks until there is a reply, or a failure that lasts.</summary>
    /// <param name="request">The question.</param>
    /// <param name="key">The key; null where none is needed. It is in nothing that is returned or thrown.</param>
    /// <param name="seed">Gives the jitter of waits.</param>
    /// <param name="failed">Hears of every failed attempt, and says whether another may follow.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ModelException">No reply.</exception>
    public async Task<ModelReply> AskAsync(
        ModelRequest request,
        string? key,
        ulong seed,
        Func<ModelFailure, bool> failed,
        CancellationToken cancellation
    )
    {
        var protocol = ModelProtocol.Of(request.Provider.Api);
        var body = protocol.Body(request);
        for (var attempt = 1; ; attempt++)
        {
            await WaitAsync(request.Provider, cancellation);
            try
            {
                var reply = await AskOnceAsync(protocol, request, body, key, cancellation);
                return reply with
                {
                    Text = Secret.Without(key, reply.Text),
                    Refusal = reply.Refusal is { } r ? Secret.Without(key, r) : null,
                };
            }
            catch (ModelException e)
            {
                var failure = e.Failure with { What = Secret.WithoutPieces(key, e.Failure.What) };
                var mayFollow = failed(failure);
                if (!mayFollow || RetryDelay.Of(failure, attempt, seed) is not { } delay)
                    throw new ModelException(
                        attempt == 1 ? failure : failure with { What = $"{failure.What} That was attempt {attempt}." }
                    );
                var until = time.GetUtcNow() + delay;
                if (failure.Kind == FailureKind.RateLimited && failure.RetryAfter is not null)
                    _notBefore.AddOrUpdate(request.Provider.Id, until, (_, old) => old > until ? old : until);
                await Task.Delay(delay, time, cancellation);
            }
        }
    }

    private async Task WaitAsync(Provider provider, CancellationToken cancellation)
    {
        while (_notBefore.TryGetValue(provider.Id, out var until) && until - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellation);
    }

    private async Task<ModelReply> AskOnceAsync(
        ModelProtocol protocol,
        ModelRequest request,
        byte[] body,
        string? key,
        CancellationToken cancellation
    )
    {
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        total.CancelAfter(TimeSpan.FromSeconds(request.Provider.TimeoutSeconds));
        var reading = protocol.NewReading();
        var begun = false;
        long? Received() => begun ? reading.Received : null;
        try
        {
            var (startedAt, started) = (time.GetUtcNow(), time.GetTimestamp());
            using var message = new HttpRequestMessage(HttpMethod.Post, protocol.Endpoint(request.Provider))
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            };
            message.Headers.Accept.ParseAdd("text/event-stream, application/json");
            protocol.Authorize(message.Headers, key);
            using var response = await SendAsync(message, request.Provider, total.Token);
            var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
            using var answer = new ReplyBody(
                await response.Content.ReadAsStreamAsync(total.Token),
                TimeSpan.FromSeconds(request.Provider.IdleTimeoutSeconds),
                isStream ? LargestStream : LargestWhole,
                total.Token
            );
            if (!response.IsSuccessStatusCode)
                throw new ModelException(
                    ResponseFailure.Of(
                        protocol,
                        request.Provider,
                        (int)response.StatusCode,
                        response.Headers.Location is { } elsewhere
                            ? new(ErrorBody.Shortened($"It leads to {elsewhere}"), null, null)
                            : ErrorBody.Of(await answer.ReadSomeAsync(LargestError)),
                        RetryHeaders.Of(response.Headers, time.GetUtcNow())
                    )
                );
            begun = true;
            if (isStream)
                await ReadStreamAsync(reading, answer, total.Token);
            else
                ReadWhole(reading, await answer.ReadAllAsync());
            if (!reading.IsComplete)
                throw new ModelException(Cut("it ended early", Received()));
            return reading.Reply() with { StartedAt = startedAt, Seconds = time.GetElapsedTime(started).TotalSeconds };
        }
        catch (TimeoutException e)
        {
            throw new ModelException(TimedOut(e.Message, Received()));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ModelException(
                TimedOut($"The whole took longer than {request.Provider.TimeoutSeconds:0.###} seconds.", Received())
            );
        }
        catch (HttpRequestException e) when (!begun && IsUnreachable(e))
        {
            throw new ModelException(
                new(
                    FailureKind.Unreachable,
                    $"'{request.Provider.Id}' could not be reached: {PlainText.Of(Reason(e)).TrimEnd('.')}.",
                    "Check 'base_url' and the network; a local server must be running.",
                    CanRetry: e.HttpRequestError != HttpRequestError.SecureConnectionError
                )
            );
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ModelException(Cut(PlainText.Of(e.Message).TrimEnd('.'), Received()));
        }
        // Compressed garbage, or half a character written as an escape.
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            throw new ModelException(ResponseFailure.NotUnderstood("it is not JSON", reading.Received));
        }
    }

    // What is wrong with an encrypted connection stands in the inner exception only.
    private static string Reason(HttpRequestException e) =>
        e is { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner } ? inner.Message : e.Message;

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage message,
        Provider provider,
        CancellationToken cancellation
    )
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        idle.CancelAfter(TimeSpan.FromSeconds(provider.IdleTimeoutSeconds));
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, idle.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer began for {provider.IdleTimeoutSeconds:0.###} seconds.");
        }
    }

    // What is cut off behind the end of the text is at most the count of tokens: no reason to pay for another reply.
    private static async Task ReadStreamAsync(ReplyReading reading, ReplyBody answer, CancellationToken cancellation)
    {
        try
        {
            await ReadEventsAsync(reading, answer, cancellation);
        }
        catch (Exception e) when (reading.IsComplete && e is (HttpRequestException or IOException or TimeoutException)) { }
    }

    private static async Task ReadEventsAsync(ReplyReading reading, ReplyBody answer, CancellationToken cancellation)
    {
        await foreach (var data in EventStream.ReadAsync(answer, cancellation))
        {
            if (reading.IsLastWord(data))
                return;
            using var document = JsonDocument.Parse(data);
            if (ErrorBody.In(document.RootElement) is { } error)
                throw new ModelException(ResponseFailure.InReply(error, reading.Received));
            if (reading.Take(document.RootElement))
                return;
        }
    }

    private static void ReadWhole(ReplyReading reading, byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        if (ErrorBody.In(document.RootElement) is { } error)
            throw new ModelException(ResponseFailure.InReply(error, 0));
        reading.TakeWhole(document.RootElement);
    }

    private static bool IsUnreachable(HttpRequestException e) =>
        e.HttpRequestError
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    private static ModelFailure Cut(string why, long? received) =>
        new(
            FailureKind.CutOff,
            $"The connection was cut before the reply was whole: {why}.",
            "Run the command again; what is done stays done.",
            CanRetry: true
        )
        {
            Received = received,
        };

    private static ModelFailure TimedOut(string what, long? received) =>
        new(
            FailureKind.TimedOut,
            what,
            "If the model needs longer, raise 'idle_timeout' or 'timeout' of the provider in benchmark.yaml.",
            CanRetry: true
        )
        {
            Received = received,
        };
}
