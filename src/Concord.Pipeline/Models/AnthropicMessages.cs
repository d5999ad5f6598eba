using System.Net.Http.Headers;
using System.Text.Json;
using Concord.Core.Domain;

namespace Concord.Pipeline.Models;

/// <summary>Anthropic's Messages API.</summary>
internal sealed class AnthropicMessages : ModelProtocol
{
    private const string Version = "2023-06-01";

    public override TimeSpan LongestWait => TimeSpan.FromSeconds(60);

    public override bool GivesUpOnLongWaits => false;

    protected override string Path => "/messages";

    // The API requires a limit.
    protected override IReadOnlyDictionary<string, string> Defaults { get; } =
        new Dictionary<string, string> { ["stream"] = "true", ["max_tokens"] = "8192" };

    protected override IReadOnlyList<string> Unsupported { get; } = ["seed", "stream_options"];

    public override void Authorize(HttpRequestHeaders headers, string? key)
    {
        headers.Add("anthropic-version", Version);
        if (key is not null)
            headers.Add("x-api-key", key);
    }

    public override ReplyReading NewReading() => new MessagesReading();

    // Rate limits come with a time to wait; a monthly limit on spending comes without.
    public override bool IsSpendingLimit(ErrorBody error, TimeSpan? retryAfter) => retryAfter is null;

    protected override void WriteMessages(Utf8JsonWriter writer, IReadOnlyList<Message> messages)
    {
        if (messages.FirstOrDefault(m => m.Role == "system") is { } system)
            writer.WriteString("system", system.Content);
        Write(writer, messages.Where(m => m.Role != "system"));
    }
}
