using Concord.Core.Domain;

namespace Concord.Pipeline.Http;

/// <summary>One request and what came of it, whatever that is.</summary>
internal static class HttpExchange
{
    /// <summary>Sends once, and follows nothing.</summary>
    /// <param name="http">Made by <see cref="PlainHttp.New"/>.</param>
    /// <param name="make">Makes the request; where its body calls what it is given, the patience begins anew.</param>
    /// <param name="patience">How long it may take.</param>
    /// <param name="largest">How many bytes an answer may have.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<HttpAnswer> OnceAsync(
        HttpClient http,
        Func<Action, HttpRequestMessage> make,
        TimeSpan patience,
        int largest,
        CancellationToken cancellation
    )
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        enough.CancelAfter(patience);
        using var message = make(() => enough.CancelAfter(patience));
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, enough.Token);
            var answer = new HttpAnswer((int)response.StatusCode, response.Headers, [])
            {
                Type = response.Content.Headers.ContentType?.MediaType,
            };
            using var stream = await response.Content.ReadAsStreamAsync(enough.Token);
            return await BytesAsync(stream, largest, enough.Token) is { } bytes
                ? answer with
                {
                    Bytes = bytes,
                }
                : answer with
                {
                    Missing = NoAnswer.NotUnderstood,
                    Why = $"more than {largest / 1024 / 1024} MB",
                };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return HttpAnswer.None(NoAnswer.Cut, $"no answer came within {patience.TotalSeconds:0.###} seconds");
        }
        catch (HttpRequestException e) when (IsUnreachable(e))
        {
            var reason = e is { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner } ? inner : e;
            return HttpAnswer.None(NoAnswer.Unreachable, PlainText.Of(reason.Message).TrimEnd('.'));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return HttpAnswer.None(NoAnswer.Cut, $"the connection was cut: {PlainText.Of(e.Message).TrimEnd('.')}");
        }
    }

    private static async Task<byte[]?> BytesAsync(Stream stream, int largest, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is var count and > 0)
        {
            if (all.Length + count > largest)
                return null;
            all.Write(buffer, 0, count);
        }
        return all.ToArray();
    }

    private static bool IsUnreachable(HttpRequestException e) =>
        e.HttpRequestError
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;
}
