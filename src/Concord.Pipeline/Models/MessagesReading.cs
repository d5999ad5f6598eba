using System.Text.Json;
using Concord.Core.Domain.Runs;

namespace Concord.Pipeline.Models;

/// <summary>A reply of Anthropic's Messages API.</summary>
internal sealed class MessagesReading : ReplyReading
{
    private long? _input;
    private long? _cached;
    private long? _output;

    protected override TokenUsage? Usage =>
        _input is { } input && _output is { } output ? new(input, output) { Cached = _cached } : null;

    // Events that are not known here, such as a ping, are to be skipped: the vendor adds new ones.
    public override bool Take(JsonElement data)
    {
        switch (Text(data, "type"))
        {
            case "message_start" when TryObject(data, "message", out var message):
                TakeUsage(message);
                break;
            case "content_block_start" when TryObject(data, "content_block", out var block):
                TakeBlock(block);
                break;
            case "content_block_delta" when TryObject(data, "delta", out var delta):
                if (Text(delta, "type") == "text_delta")
                    Append(Text(delta, "text"));
                break;
            case "message_delta":
                if (TryObject(data, "delta", out var end))
                    TakeEnd(end);
                TakeUsage(data);
                break;
            case "message_stop":
                IsComplete = true;
                return true;
            default:
                break;
        }
        return false;
    }

    public override void TakeWhole(JsonElement root)
    {
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("content", out var content)
            || content.ValueKind != JsonValueKind.Array
        )
            throw new ModelException(ResponseFailure.NotUnderstood("it has no content", Received));
        foreach (var block in content.EnumerateArray())
            TakeBlock(block);
        TakeEnd(root);
        TakeUsage(root);
        IsComplete = true;
    }

    private void TakeBlock(JsonElement block)
    {
        if (Text(block, "type") == "text")
            Append(Text(block, "text"));
    }

    private void TakeEnd(JsonElement end)
    {
        if (Text(end, "stop_reason") is not { } reason)
            return;
        End = reason switch
        {
            "max_tokens" or "model_context_window_exceeded" => ReplyEnd.Length,
            "refusal" => ReplyEnd.Refusal,
            "tool_use" or "pause_turn" => ReplyEnd.Tools,
            _ => ReplyEnd.Stop,
        };
        IsComplete = true;
    }

    // What is read and what is written to the vendor's cache are input too; counts of the reply grow from event to event.
    private void TakeUsage(JsonElement holder)
    {
        if (!TryObject(holder, "usage", out var usage))
            return;
        if (Count(usage, "input_tokens") is { } input)
        {
            _cached = Count(usage, "cache_read_input_tokens");
            _input = input + (_cached ?? 0) + (Count(usage, "cache_creation_input_tokens") ?? 0);
        }
        _output = Count(usage, "output_tokens") ?? _output;
    }
}
