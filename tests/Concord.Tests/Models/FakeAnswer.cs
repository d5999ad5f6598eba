using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Concord.Tests.Models;

/// <summary>One answer of the fake server, in the shape of its vendor.</summary>
internal sealed class FakeAnswer(Func<HttpContext, FakeRequest, Vendor, Task> send)
{
    public Task SendAsync(HttpContext context, FakeRequest request, Vendor vendor) => send(context, request, vendor);

    /// <summary>A whole reply, streamed where the request asks for it.</summary>
    public static FakeAnswer Reply(
        string text,
        string end = "stop",
        string? refusal = null,
        double? cost = null,
        int delayMs = 0,
        bool usage = true
    ) =>
        new(
            async (context, request, vendor) =>
            {
                if (delayMs > 0)
                    await Task.Delay(delayMs, context.RequestAborted);
                if (request.IsStreamed)
                    await EventsAsync(context, Events(vendor, text, end, refusal, cost, usage));
                else
                    await JsonAsync(context, 200, Whole(vendor, text, end, refusal, cost));
            }
        );

    /// <summary>An error's status, with headers and a body.</summary>
    public static FakeAnswer Error(int status, string body, params (string Name, string Value)[] headers) =>
        new(
            async (context, _, _) =>
            {
                foreach (var (name, value) in headers)
                    context.Response.Headers[name] = value;
                await JsonAsync(context, status, body);
            }
        );

    /// <summary>Any bytes under any type.</summary>
    public static FakeAnswer Raw(string body, string type, int status = 200) =>
        new(
            async (context, _, _) =>
            {
                context.Response.StatusCode = status;
                context.Response.ContentType = type;
                await context.Response.WriteAsync(body);
            }
        );

    /// <summary>Some events of a stream, then what follows.</summary>
    public static FakeAnswer Stream(IEnumerable<string> lines, Func<HttpContext, Task>? then = null) =>
        new(
            async (context, _, _) =>
            {
                await EventsAsync(context, lines);
                if (then is not null)
                    await then(context);
            }
        );

    /// <summary>Half a reply, and then the connection is gone.</summary>
    public static FakeAnswer Cut() =>
        new(
            async (context, _, vendor) =>
            {
                await EventsAsync(
                    context,
                    Events(vendor, "**index.html**\n\n```html\n<p>half", "stop", null, null, true).Take(4)
                );
                context.Abort();
            }
        );

    /// <summary>Comments for ever, a byte at a time: alive, and never done.</summary>
    public static FakeAnswer Drip(int everyMs) =>
        new(
            async (context, _, _) =>
            {
                context.Response.ContentType = "text/event-stream";
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.WriteAsync(":");
                    await context.Response.Body.FlushAsync();
                    await Task.Delay(everyMs);
                }
            }
        );

    /// <summary>Nothing, not even a status.</summary>
    public static FakeAnswer Silence() => new((context, _, _) => Task.Delay(Timeout.Infinite, context.RequestAborted));

    /// <summary>The lines of a stream.</summary>
    public static IEnumerable<string> Events(Vendor vendor, string text, string end, string? refusal, double? cost, bool usage)
    {
        var pieces = text.Chunk(Math.Max(7, text.Length / 50)).Select(c => new string(c)).ToArray();
        return vendor == Vendor.Anthropic ? MessageEvents(pieces, end) : ChatEvents(vendor, pieces, end, refusal, cost, usage);
    }

    private static IEnumerable<string> MessageEvents(string[] pieces, string end)
    {
        yield return Named(
            "message_start",
            """{"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":2,"cache_read_input_tokens":5,"output_tokens":1}}}"""
        );
        yield return Named(
            "content_block_start",
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}"""
        );
        yield return Named(
            "content_block_delta",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"no part of it"}}"""
        );
        yield return Named("content_block_stop", """{"type":"content_block_stop","index":0}""");
        yield return Named("ping", """{"type":"ping"}""");
        yield return Named(
            "content_block_start",
            """{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}"""
        );
        foreach (var piece in pieces)
            yield return Named(
                "content_block_delta",
                $$$"""{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":{{{JsonSerializer.Serialize(piece)}}}}}"""
            );
        yield return Named("content_block_stop", """{"type":"content_block_stop","index":1}""");
        yield return Named(
            "message_delta",
            $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{AnthropicEnd(end)}}}","stop_sequence":null},"usage":{"output_tokens":33}}"""
        );
        yield return Named("message_stop", """{"type":"message_stop"}""");
    }

    private static IEnumerable<string> ChatEvents(
        Vendor vendor,
        string[] pieces,
        string end,
        string? refusal,
        double? cost,
        bool usage
    )
    {
        if (vendor == Vendor.OpenRouter)
            yield return ": OPENROUTER PROCESSING\n\n";
        yield return Data(Chunk("""{"role":"assistant","content":""}""", null));
        foreach (var piece in pieces)
            yield return Data(Chunk($$"""{"content":{{JsonSerializer.Serialize(piece)}}}""", null));
        if (refusal is not null)
            yield return Data(Chunk($$"""{"refusal":{{JsonSerializer.Serialize(refusal)}}}""", null));
        yield return Data(Chunk("{}", end));
        if (usage)
            yield return Data(
                $$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[],"usage":{{Usage(cost)}}}"""
            );
        yield return "data: [DONE]\n\n";
    }

    private static string Chunk(string delta, string? end) =>
        $$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{JsonSerializer.Serialize(end)}}}],"usage":null}""";

    private static string Usage(double? cost) =>
        """{"prompt_tokens":17,"completion_tokens":33,"total_tokens":50,"prompt_tokens_details":{"cached_tokens":5},"completion_tokens_details":{"reasoning_tokens":3}"""
        + (cost is { } c ? $",\"cost\":{c.ToString(System.Globalization.CultureInfo.InvariantCulture)}" : "")
        + "}";

    private static string Whole(Vendor vendor, string text, string end, string? refusal, double? cost) =>
        vendor == Vendor.Anthropic
            ? $$$"""{"id":"msg_01","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":{{{JsonSerializer.Serialize(text)}}},"citations":null}],"stop_reason":"{{{AnthropicEnd(end)}}}","stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":2,"cache_read_input_tokens":5,"output_tokens":33}}"""
            : $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{{JsonSerializer.Serialize(text)}}},"refusal":{{{JsonSerializer.Serialize(refusal)}}},"annotations":[]},"logprobs":null,"finish_reason":"{{{end}}}"}],"usage":{{{Usage(cost)}}}}""";

    private static string AnthropicEnd(string end) =>
        end switch
        {
            "stop" => "end_turn",
            "length" => "max_tokens",
            "content_filter" => "refusal",
            "tool_calls" => "tool_use",
            _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
        };

    private static string Named(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private static string Data(string data) => $"data: {data}\n\n";

    private static async Task EventsAsync(HttpContext context, IEnumerable<string> lines)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var line in lines)
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line));
            await context.Response.Body.FlushAsync();
        }
    }

    private static async Task JsonAsync(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }
}
