using System.Text.Json;

namespace Concord.Pipeline.Documents;

/// <summary>Reads JSON into nodes with places, so that JSON and YAML are held to the same strictness.</summary>
internal static class JsonFile
{
    private const int DeepestNesting = 32;
    private const int LargestFile = 64 * 1024 * 1024;

    /// <summary>Parses one JSON document.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The root; null where the file could not be read, with the problem reported.</returns>
    public static DocumentNode? Parse(byte[] bytes, ProblemList problems)
    {
        if (Utf8Text.Decode(bytes, problems, LargestFile) is null)
            return null;
        var text = Utf8Text.WithoutBom(bytes).ToArray();
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
            reader.Read();
            var root = Node(ref reader, text);
            reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            problems.Error(
                "json-syntax",
                (int)(e.LineNumber ?? 0) + 1,
                (int)(e.BytePositionInLine ?? 0) + 1,
                $"This is not JSON: {e.Message.Split(" LineNumber:")[0]}",
                "Correct the syntax, or make the file again."
            );
            return null;
        }
    }

    private static DocumentNode Node(ref Utf8JsonReader reader, byte[] text)
    {
        var (line, column) = Utf8Text.Place(text, (int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = new List<DocumentNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Node(ref reader, text));
                return new(NodeKind.List, "", items, [], line, column);
            case JsonTokenType.StartObject:
                var (keys, values) = (new List<DocumentNode>(), new List<DocumentNode>());
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var (keyLine, keyColumn) = Utf8Text.Place(text, (int)reader.TokenStartIndex);
                    keys.Add(new(NodeKind.Text, Text(ref reader), [], [], keyLine, keyColumn));
                    reader.Read();
                    values.Add(Node(ref reader, text));
                }
                return new(NodeKind.Map, "", values, keys, line, column);
            case JsonTokenType.String:
                return new(NodeKind.Text, Text(ref reader), [], [], line, column);
            case JsonTokenType.Null:
                return new(NodeKind.Null, "", [], [], line, column);
            default:
                return new(NodeKind.Plain, System.Text.Encoding.UTF8.GetString(reader.ValueSpan), [], [], line, column);
        }
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            // A lone surrogate, written as an escape.
            throw new JsonException(e.Message, e);
        }
    }
}
