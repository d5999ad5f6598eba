using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Concord.Core.Domain;

namespace Concord.Pipeline.Models;

/// <summary>How a request is written and a reply is read: OpenAI's chat completions or Anthropic's messages.</summary>
internal abstract class ModelProtocol
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ModelProtocol Chat = new ChatCompletions();
    private static readonly ModelProtocol Messages = new AnthropicMessages();

    public static ModelProtocol Of(ProviderApi api) =>
        api switch
        {
            ProviderApi.Chat => Chat,
            ProviderApi.Messages => Messages,
            _ => throw new ArgumentOutOfRangeException(nameof(api), api, null),
        };

    /// <summary>Where requests go.</summary>
    public Uri Endpoint(Provider provider) => new(provider.BaseUrl.AbsoluteUri.TrimEnd('/') + Path);

    /// <summary>The parameters as they are sent: what is written, and what the API or we need beside it.</summary>
    public IReadOnlyDictionary<string, string> Parameters(IReadOnlyDictionary<string, string> written)
    {
        var sent = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Defaults.Concat(written).Where(p => !Unsupported.Contains(p.Key)))
            sent[name] = value;
        foreach (var name in sent.Where(p => p.Value == "null").Select(p => p.Key).ToArray())
            sent.Remove(name);
        // Servers refuse the options of a stream that they are not asked for.
        if (sent.GetValueOrDefault("stream") != "true")
            sent.Remove("stream_options");
        return sent;
    }

    /// <summary>The body of a request; equal requests give equal bytes.</summary>
    public byte[] Body(ModelRequest request)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            writer.WriteStartObject();
            writer.WriteString("model", request.Model);
            foreach (var (name, value) in Parameters(request.Parameters))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(value);
            }
            WriteMessages(writer, request.Messages);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    public abstract void Authorize(HttpRequestHeaders headers, string? key);

    public abstract ReplyReading NewReading();

    /// <summary>Whether a 429 is a limit on spending, which waiting does not lift.</summary>
    public abstract bool IsSpendingLimit(ErrorBody error, TimeSpan? retryAfter);

    /// <summary>The longest wait that a provider may ask for.</summary>
    public abstract TimeSpan LongestWait { get; }

    /// <summary>Whether a longer wait than that ends the asking; else our own waits are used.</summary>
    public abstract bool GivesUpOnLongWaits { get; }

    protected abstract string Path { get; }

    protected abstract IReadOnlyDictionary<string, string> Defaults { get; }

    /// <summary>Parameters that the API does not know.</summary>
    protected abstract IReadOnlyList<string> Unsupported { get; }

    protected abstract void WriteMessages(Utf8JsonWriter writer, IReadOnlyList<Message> messages);

    protected static void Write(Utf8JsonWriter writer, IEnumerable<Message> messages)
    {
        writer.WriteStartArray("messages");
        foreach (var message in messages)
        {
            writer.WriteStartObject();
            writer.WriteString("role", message.Role);
            writer.WriteString("content", message.Content);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
