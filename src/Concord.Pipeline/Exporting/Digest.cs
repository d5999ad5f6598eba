using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting;

/// <summary>SHA-256 in hex of what a dataset says, for whoever wants to hold it against the dataset.</summary>
internal static class Digest
{
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Of a text as UTF-8.</summary>
    public static string Of(string text) => Fingerprint.Sha256(Encoding.UTF8.GetBytes(WellFormed.Of(text)));

    /// <summary>Of messages as JSON without spaces: <c>[{"role":…,"content":…}]</c>.</summary>
    public static string Of(IReadOnlyList<Message> messages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, Layout);
        json.WriteStartArray();
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", WellFormed.Of(message.Role));
            json.WriteString("content", WellFormed.Of(message.Content));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Flush();
        return Fingerprint.Sha256(buffer.WrittenSpan);
    }
}
