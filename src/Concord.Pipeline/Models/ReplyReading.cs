using System.Text;
using System.Text.Json;
using Concord.Core.Domain.Runs;

namespace Concord.Pipeline.Models;

/// <summary>A reply while it is put together.</summary>
internal abstract class ReplyReading
{
    /// <summary>The longest reply that is taken, in characters.</summary>
    public const int Longest = 10 * 1024 * 1024;

    // Beyond all that a request may take; a sum over a run stays far below what a number holds.
    private const long MostTokens = 1_000_000_000_000;
    private const int LongestRefusal = 64 * 1024;

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _refusal = new();

    /// <summary>Whether everything came; a connection that ends earlier was cut.</summary>
    public bool IsComplete { get; protected set; }

    /// <summary>How many characters came, reasoning apart.</summary>
    public long Received => _text.Length;

    protected ReplyEnd? End { get; set; }

    protected abstract TokenUsage? Usage { get; }

    /// <summary>Takes the data of one event of a stream.</summary>
    /// <returns>Whether the stream is over.</returns>
    public abstract bool Take(JsonElement data);

    /// <summary>Takes an answer that was not streamed.</summary>
    public abstract void TakeWhole(JsonElement root);

    /// <summary>The word that ends a stream though it is no JSON.</summary>
    public virtual bool IsLastWord(string data) => false;

    public ModelReply Reply() =>
        new(_text.ToString(), _refusal.Length > 0 ? ReplyEnd.Refusal : End ?? ReplyEnd.Stop, Shown(_refusal), Usage);

    // Its beginning is enough.
    protected void Refuse(string? text) =>
        _refusal.Append(text.AsSpan(0, Math.Min(text?.Length ?? 0, LongestRefusal - _refusal.Length)));

    protected void Append(string? text)
    {
        if (text is null)
            return;
        if (_text.Length + text.Length > Longest)
            throw new ModelException(
                new(
                    FailureKind.TooLong,
                    $"The reply is longer than {Longest / 1024 / 1024} MB.",
                    "Set 'max_tokens' among the model's parameters.",
                    CanRetry: false
                )
                {
                    Received = _text.Length,
                }
            );
        _text.Append(text);
    }

    protected static long? Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var count)
        && count is >= 0 and <= MostTokens
            ? count
            : null;

    protected static bool TryObject(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out value)
            && value.ValueKind == JsonValueKind.Object;
    }

    protected static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string? Shown(StringBuilder text) => text.Length == 0 ? null : text.ToString().Trim();
}
