using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concord.Pipeline.Documents;

/// <summary>Writes a node as JSON text.</summary>
internal static class NodeJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(DocumentNode node) =>
        node.Kind switch
        {
            NodeKind.Null => "null",
            NodeKind.Plain when IsLiteral(node.Value) => node.Value,
            NodeKind.Plain or NodeKind.Text => JsonSerializer.Serialize(node.Value, Plain),
            NodeKind.List => $"[{string.Join(',', node.Items.Select(Of))}]",
            NodeKind.Map =>
                $"{{{string.Join(',', node.Keys.Zip(node.Items, (k, v) => $"{JsonSerializer.Serialize(k.Value, Plain)}:{Of(v)}"))}}}",
            _ => throw new ArgumentOutOfRangeException(nameof(node), node.Kind, null),
        };

    private static bool IsLiteral(string text)
    {
        if (text is "true" or "false")
            return true;
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
