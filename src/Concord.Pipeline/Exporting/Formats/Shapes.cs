using Concord.Core.Domain;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting.Formats;

/// <summary>What the formats have in common: messages, and texts made of them.</summary>
internal static class Shapes
{
    public static readonly Shape Message = Shape.Record(new("role", Shape.Text), new("content", Shape.Text));
    public static readonly Shape Messages = Shape.List(Message);
    public static readonly Shape Turn = Shape.Record(new("from", Shape.Text), new("value", Shape.Text));

    public static object[] Of(Message message) => [message.Role, message.Content];

    public static object[] Of(IEnumerable<Message> messages) => [.. messages.Select(Of)];

    /// <summary>A score or a margin without the last digits of its sum: 2.4 − 1.6 is 0.8.</summary>
    public static double Score(double value) => Math.Round(value, 9) + 0.0;

    public static Message Reply(string text) => new("assistant", text);

    public static object[] Conversation(IEnumerable<Message> prompt, string reply) => Of(prompt.Append(Reply(reply)));

    /// <summary>A blank line between messages and after the last: the reply must not run into the prompt.</summary>
    public static string AsText(IReadOnlyList<Message> prompt) => string.Concat(prompt.Select(m => m.Content.TrimEnd() + "\n\n"));

    /// <summary>The words of the system's messages, and of nobody else's.</summary>
    public static string System(IReadOnlyList<Message> prompt) =>
        string.Join("\n\n", prompt.Where(IsSystem).Select(m => m.Content.TrimEnd()));

    public static bool IsSystem(Message message) => message.Role == "system";
}
