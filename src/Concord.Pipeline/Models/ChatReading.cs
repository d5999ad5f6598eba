using System.Text.Json;
using Concord.Core.Domain.Runs;

namespace Concord.Pipeline.Models;

/// <summary>A reply of chat completions.</summary>
internal sealed class ChatReading : ReplyReading
{
    // What no request costs, is not what it cost.
    private const double MostDollars = 1e6;

    private TokenUsage? _usage;

    protected override TokenUsage? Usage => _usage;

    public override bool IsLastWord(string data)
    {
        if (data != "[DONE]")
            return false;
        // Some servers tell no reason why a reply ended.
        IsComplete = true;
        return true;
    }

    public override bool Take(JsonElement data)
    {
        TakeUsage(data);
        if (Choice(data) is { } choice)
            Take(choice, "delta");
        return false;
    }

    public override void TakeWhole(JsonElement root)
    {
        TakeUsage(root);
        if (Choice(root) is not { } choice || !TryObject(choice, "message", out _))
            throw new ModelException(ResponseFailure.NotUnderstood("it has no message", Received));
        Take(choice, "message");
        IsComplete = true;
    }

    private void Take(JsonElement choice, string part)
    {
        if (ErrorBody.In(choice) is { } error)
            throw new ModelException(ResponseFailure.InReply(error, Received));
        if (TryObject(choice, part, out var message))
        {
            TakeContent(message);
            Refuse(Text(message, "refusal"));
        }
        switch (Text(choice, "finish_reason"))
        {
            case null:
                return;
            case "error":
                throw new ModelException(
                    ResponseFailure.InReply(new("The reply ended in an error.", "server_error", null), Received)
                );
            case "length":
                End = ReplyEnd.Length;
                break;
            case "content_filter":
                End = ReplyEnd.Refusal;
                break;
            case "tool_calls" or "function_call":
                End = ReplyEnd.Tools;
                break;
            default:
                End = ReplyEnd.Stop;
                break;
        }
        IsComplete = true;
    }

    // Text, or a list of parts of which some are text.
    private void TakeContent(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
            return;
        if (content.ValueKind == JsonValueKind.String)
            Append(content.GetString());
        else if (content.ValueKind == JsonValueKind.Array)
            foreach (var part in content.EnumerateArray())
                if (Text(part, "type") == "text")
                    Append(Text(part, "text"));
    }

    private void TakeUsage(JsonElement root)
    {
        if (!TryObject(root, "usage", out var usage))
            return;
        if (Count(usage, "prompt_tokens") is not { } input || Count(usage, "completion_tokens") is not { } output)
            return;
        _usage = new(input, output)
        {
            Cached = TryObject(usage, "prompt_tokens_details", out var prompt) ? Count(prompt, "cached_tokens") : null,
            Reasoning = TryObject(usage, "completion_tokens_details", out var reply) ? Count(reply, "reasoning_tokens") : null,
            ReportedCost =
                usage.TryGetProperty("cost", out var cost)
                && cost.ValueKind == JsonValueKind.Number
                && cost.TryGetDouble(out var dollars)
                && dollars is >= 0 and <= MostDollars
                    ? dollars
                    : null,
        };
    }

    private static JsonElement? Choice(JsonElement root)
    {
        if (
            root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("choices", out var choices)
            || choices.ValueKind != JsonValueKind.Array
        )
            return null;
        foreach (var choice in choices.EnumerateArray())
            if (choice.ValueKind == JsonValueKind.Object && Count(choice, "index") is null or 0)
                return choice;
        return null;
    }
}
