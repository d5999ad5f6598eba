using System.Text.Json;
using System.Text.Json.Serialization;

namespace Concord.Pipeline.Hub;

/// <summary>Git's name of a commit or a file, 40 of 0-9 and a-f: what the Hub gives for one goes into addresses and onto the terminal, so anything else is no answer.</summary>
internal sealed class GitId : JsonConverter<string>
{
    private const int Length = 40;

    /// <exception cref="JsonException">It is something else.</exception>
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && reader.GetString() is { Length: Length } id
        && id.All(char.IsAsciiHexDigitLower)
            ? id
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
