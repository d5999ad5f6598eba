using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concord.App;

/// <summary>What <c>--json</c> prints: one document, snake_case, numbers as they are.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(TextWriter writer, object document) =>
        writer.Write(JsonSerializer.Serialize(document, Options) + "\n");
}
