using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Concord.Core.Domain;

namespace Concord.App;

/// <summary>What <c>--json</c> prints: one document in snake_case.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions AsInFiles = new(Options) { Converters = { new SixDecimals() } };

    /// <summary>Numbers as the files of consensus/ have them.</summary>
    private sealed class SixDecimals : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteRawValue(NumberText.Of(value));
    }

    /// <summary>Numbers as consensus/ has them, so that a document and a file can be compared.</summary>
    public static void Write(TextWriter writer, object document) => Write(writer, document, AsInFiles);

    /// <summary>Numbers with every digit, for tables that Concord does not keep.</summary>
    public static void WriteExact(TextWriter writer, object document) => Write(writer, document, Options);

    // Never as one string: a document of a million raters is longer than a string may be.
    private static void Write(TextWriter writer, object document, JsonSerializerOptions options)
    {
        using (var stream = new Utf8Writer(writer))
            JsonSerializer.Serialize(stream, document, options);
        writer.Write('\n');
    }
}
