using Concord.Core.Domain;
using Concord.Core.Domain.Runs;

namespace Concord.Pipeline.Models;

/// <summary>One question to a model.</summary>
/// <param name="Provider">Where it is asked.</param>
/// <param name="Model">The name the provider knows the model by.</param>
/// <param name="Parameters">Parameters as JSON text, by name; JSON null takes away what would be sent by default.</param>
/// <param name="Messages">The conversation; a first one of the role system is the system prompt.</param>
internal sealed record ModelRequest(
    Provider Provider,
    string Model,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<Message> Messages
);

/// <summary>How a reply ended.</summary>
internal enum ReplyEnd
{
    /// <summary>The model was done.</summary>
    Stop,

    /// <summary>It reached the limit of tokens.</summary>
    Length,

    /// <summary>It refused, or a filter did.</summary>
    Refusal,

    /// <summary>It wanted to call a tool.</summary>
    Tools,
}

/// <summary>What a model answered, complete.</summary>
/// <param name="Text">The text, without reasoning.</param>
/// <param name="End">How it ended.</param>
/// <param name="Refusal">Its reason to refuse; null where it gave none.</param>
/// <param name="Usage">The tokens; null where not reported.</param>
internal sealed record ModelReply(string Text, ReplyEnd End, string? Refusal, TokenUsage? Usage)
{
    /// <summary>When the request that succeeded was sent.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, from sending to the last byte.</summary>
    public double Seconds { get; init; }
}
