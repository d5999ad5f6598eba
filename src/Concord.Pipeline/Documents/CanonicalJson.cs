using System.Text.Encodings.Web;
using System.Text.Json;
using Concord.Core.Domain;

namespace Concord.Pipeline.Documents;

/// <summary>JSON as it is committed: two spaces, LF, letters as they are, a line feed at the end; equal data is equal bytes.</summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One object.</summary>
    /// <param name="write">Writes its members.</param>
    public static byte[] Of(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Layout))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>A number as every file of a workspace has it.</summary>
    public static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(NumberText.Of(value));
    }

    /// <summary>An object of values that are JSON already.</summary>
    public static void WriteObject(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        writer.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            writer.WritePropertyName(key);
            writer.WriteRawValue(value);
        }
        writer.WriteEndObject();
    }
}
