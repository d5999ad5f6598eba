using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>Preference pairs as JSON lines: one object a line, UTF-8 without BOM, LF.</summary>
internal static class PairJsonl
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the pairs in the order given.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="prompts">What was asked, one list of messages a pair, in the pairs' order.</param>
    /// <param name="format">The shape of a line.</param>
    /// <returns>The file's bytes; none where there are no pairs.</returns>
    /// <exception cref="ArgumentException">There is not one prompt for each pair.</exception>
    public static byte[] Write(
        IReadOnlyList<PreferencePair> pairs,
        IReadOnlyList<IReadOnlyList<Message>> prompts,
        ExportFormat format
    )
    {
        if (pairs.Count != prompts.Count)
            throw new ArgumentException($"{prompts.Count} prompts for {pairs.Count} pairs.", nameof(prompts));
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Options);
        foreach (var (pair, prompt) in pairs.Zip(prompts))
        {
            json.WriteStartObject();
            WriteFields(json, pair, prompt, format);
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
            json.Reset();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFields(Utf8JsonWriter json, PreferencePair pair, IReadOnlyList<Message> prompt, ExportFormat format)
    {
        switch (format)
        {
            case ExportFormat.Trl:
                json.WriteString("prompt", WellFormed.Of(AsText(prompt)));
                json.WriteString("chosen", WellFormed.Of(pair.Chosen.Text));
                json.WriteString("rejected", WellFormed.Of(pair.Rejected.Text));
                break;
            case ExportFormat.TrlConversational:
                WriteMessages(json, "prompt", prompt);
                WriteMessages(json, "chosen", [new("assistant", pair.Chosen.Text)]);
                WriteMessages(json, "rejected", [new("assistant", pair.Rejected.Text)]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Not an export format.");
        }
    }

    // A blank line between messages and after the last: the reply must not run into the prompt.
    private static string AsText(IReadOnlyList<Message> prompt) =>
        string.Concat(prompt.Select(m => m.Content.TrimEnd() + "\n\n"));

    private static void WriteMessages(Utf8JsonWriter json, string name, IReadOnlyList<Message> messages)
    {
        json.WriteStartArray(name);
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", WellFormed.Of(message.Role));
            json.WriteString("content", WellFormed.Of(message.Content));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
