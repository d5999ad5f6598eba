using System.Collections.Concurrent;
using System.Text.Json;
using Concord.Core.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Concord.Tests.Models;

/// <summary>Whose API the fake server speaks.</summary>
public enum Vendor
{
    OpenAi,
    OpenRouter,
    Anthropic,
    Ollama,
    VLlm,
}

/// <summary>One request as the server got it.</summary>
/// <param name="Number">Which request of the same body this is, from 1.</param>
/// <param name="Text">The body.</param>
/// <param name="Body">The same, read.</param>
internal sealed record FakeRequest(int Number, string Text, JsonElement Body)
{
    public bool IsStreamed => Body.TryGetProperty("stream", out var stream) && stream.GetBoolean();

    /// <summary>What the server answers to this request unless told otherwise: one file that names the request.</summary>
    public string Answer => $"Here it is.\n\n**index.html**\n\n```html\n<!doctype html><p>{Mark}</p>\n```\n";

    public string Mark => Fingerprint.Sha256(System.Text.Encoding.UTF8.GetBytes(Text))[..16];
}

/// <summary>A model server on this machine that takes only what its vendor's contract allows, and remembers what it did not take.</summary>
internal sealed class FakeModelServer : IAsyncDisposable
{
    public const string KeyName = "CONCORD_TEST_MODEL_KEY";
    public const string Key = "sk-test-5ecret-0f-c0nc0rd-9f31";

    private static readonly string[] Sampling = ["model", "messages", "stream", "temperature", "top_p", "max_tokens", "stop"];

    private static readonly Dictionary<Vendor, string[]> Known = new()
    {
        [Vendor.OpenAi] =
        [
            .. Sampling,
            "stream_options",
            "seed",
            "max_completion_tokens",
            "frequency_penalty",
            "presence_penalty",
            "response_format",
            "reasoning_effort",
        ],
        [Vendor.OpenRouter] = [.. Sampling, "stream_options", "seed", "provider", "reasoning", "max_completion_tokens"],
        [Vendor.Anthropic] = [.. Sampling, "system", "top_k", "thinking", "metadata"],
        [Vendor.Ollama] = [.. Sampling, "stream_options", "seed", "frequency_penalty", "presence_penalty", "reasoning_effort"],
        [Vendor.VLlm] = [.. Sampling, "stream_options", "seed", "top_k", "min_p", "repetition_penalty"],
    };

    private readonly WebApplication _app;
    private readonly Vendor _vendor;
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _mistakes = new();

    static FakeModelServer() => Environment.SetEnvironmentVariable(KeyName, Key);

    private FakeModelServer(WebApplication app, Vendor vendor) => (_app, _vendor) = (app, vendor);

    /// <summary>What it answers.</summary>
    public Func<FakeRequest, FakeAnswer> Answer { get; set; } = request => FakeAnswer.Reply(request.Answer);

    /// <summary>How often each body was asked.</summary>
    public IReadOnlyDictionary<string, int> Asked => _asked;

    public int Requests => _asked.Values.Sum();

    public ConcurrentQueue<string> Bodies { get; } = new();

    public Vendor Vendor => _vendor;

    public string BaseUrl => _app.Urls.Single() + (_vendor == Vendor.OpenRouter ? "/api/v1" : "/v1");

    public Provider Provider =>
        new("fake", new(BaseUrl), _vendor == Vendor.Ollama ? null : KeyName)
        {
            Api = _vendor == Vendor.Anthropic ? ProviderApi.Messages : ProviderApi.Chat,
            IdleTimeoutSeconds = 20,
            TimeoutSeconds = 60,
        };

    public static async Task<FakeModelServer> StartAsync(Vendor vendor = Vendor.OpenAi)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeModelServer(app, vendor);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Assert.Empty(_mistakes);
    }

    private async Task HandleAsync(HttpContext context)
    {
        FakeRequest request;
        try
        {
            request = await ReadAsync(context.Request);
        }
        catch (Exception e)
        {
            _mistakes.Enqueue(e.Message);
            throw;
        }
        await Answer(request).SendAsync(context, request, _vendor);
    }

    private async Task<FakeRequest> ReadAsync(HttpRequest request)
    {
        var path =
            (_vendor == Vendor.OpenRouter ? "/api/v1" : "/v1")
            + (_vendor == Vendor.Anthropic ? "/messages" : "/chat/completions");
        Require(
            request.Method == "POST" && request.Path == path && !request.QueryString.HasValue,
            $"{request.Method} {request.Path}"
        );
        Require(request.ContentType == "application/json", $"content type {request.ContentType}");
        var authorization = request.Headers.Authorization.ToString();
        if (_vendor == Vendor.Anthropic)
        {
            Require(request.Headers["x-api-key"] == Key && authorization.Length == 0, "the key");
            Require(request.Headers["anthropic-version"] == "2023-06-01", "the version");
        }
        else
            Require(authorization == (_vendor == Vendor.Ollama ? "" : $"Bearer {Key}"), "the key");
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        var body = JsonDocument.Parse(text).RootElement;
        foreach (var property in body.EnumerateObject())
            Require(Known[_vendor].Contains(property.Name), $"the parameter {property.Name}");
        Require(body.GetProperty("model").GetString() is { Length: > 0 }, "the model");
        foreach (var message in body.GetProperty("messages").EnumerateArray())
            Require(
                message.EnumerateObject().Select(p => p.Name).SequenceEqual(["role", "content"])
                    && message.GetProperty("content").GetString() is { Length: > 0 }
                    && (
                        message.GetProperty("role").GetString() is "user"
                        || (_vendor != Vendor.Anthropic && message.GetProperty("role").GetString() is "system")
                    ),
                "a message"
            );
        Require(_vendor != Vendor.Anthropic || body.GetProperty("max_tokens").GetInt32() > 0, "max_tokens");
        Require(!body.TryGetProperty("stream_options", out _) || body.GetProperty("stream").GetBoolean(), "stream_options");
        Bodies.Enqueue(text);
        return new(_asked.AddOrUpdate(text, 1, (_, n) => n + 1), text, body);
    }

    private void Require(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException($"The fake {_vendor} server does not know {what}.");
    }
}
