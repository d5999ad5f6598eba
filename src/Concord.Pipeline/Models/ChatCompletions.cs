using System.Net.Http.Headers;
using System.Text.Json;
using Concord.Core.Domain;

namespace Concord.Pipeline.Models;

/// <summary>OpenAI's chat completions, as OpenRouter, Ollama, vLLM, DeepSeek and others speak them too.</summary>
internal sealed class ChatCompletions : ModelProtocol
{
    public override TimeSpan LongestWait => TimeSpan.FromSeconds(120);

    public override bool GivesUpOnLongWaits => true;

    protected override string Path => "/chat/completions";

    protected override IReadOnlyDictionary<string, string> Defaults { get; } =
        new Dictionary<string, string> { ["stream"] = "true", ["stream_options"] = "{\"include_usage\":true}" };

    protected override IReadOnlyList<string> Unsupported => [];

    public override void Authorize(HttpRequestHeaders headers, string? key)
    {
        if (key is not null)
            headers.Authorization = new("Bearer", key);
    }

    public override ReplyReading NewReading() => new ChatReading();

    public override bool IsSpendingLimit(ErrorBody error, TimeSpan? retryAfter) =>
        error.Code == "insufficient_quota" || error.Type == "insufficient_quota";

    protected override void WriteMessages(Utf8JsonWriter writer, IReadOnlyList<Message> messages) => Write(writer, messages);
}
