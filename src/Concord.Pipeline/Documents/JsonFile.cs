using System.Text;
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
        return new Walk(Utf8Text.WithoutBom(bytes)).Root(problems);
    }

    /// <summary>One pass over the text, which knows the place of the token before it, so that a place costs no second pass.</summary>
    private ref struct Walk(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> _text = text;
        private Utf8JsonReader _reader = new(text, new JsonReaderOptions { MaxDepth = DeepestNesting });
        private int _offset;
        private int _line = 1;
        private int _column = 1;

        public DocumentNode? Root(ProblemList problems)
        {
            try
            {
                _reader.Read();
                var root = Node();
                _reader.Read();
                return root;
            }
            catch (JsonException e)
            {
                var (line, column) = PlaceOf(e);
                problems.Error(
                    "json-syntax",
                    line,
                    column,
                    $"This is not JSON: {e.Message.Split(" LineNumber:")[0]}",
                    "Correct the syntax, or make the file again."
                );
                return null;
            }
        }

        private DocumentNode Node()
        {
            var (line, column) = Place();
            switch (_reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    var items = new List<DocumentNode>();
                    while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                        items.Add(Node());
                    return new(NodeKind.List, "", items, [], line, column);
                case JsonTokenType.StartObject:
                    var (keys, values) = (new List<DocumentNode>(), new List<DocumentNode>());
                    while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                    {
                        var (keyLine, keyColumn) = Place();
                        keys.Add(new(NodeKind.Text, Text(), [], [], keyLine, keyColumn));
                        _reader.Read();
                        values.Add(Node());
                    }
                    return new(NodeKind.Map, "", values, keys, line, column);
                case JsonTokenType.String:
                    return new(NodeKind.Text, Text(), [], [], line, column);
                case JsonTokenType.Null:
                    return new(NodeKind.Null, "", [], [], line, column);
                default:
                    return new(NodeKind.Plain, Encoding.UTF8.GetString(_reader.ValueSpan), [], [], line, column);
            }
        }

        private readonly string Text()
        {
            try
            {
                return _reader.GetString()!;
            }
            catch (InvalidOperationException e)
            {
                // A lone surrogate, written as an escape.
                throw new JsonException(e.Message, e);
            }
        }

        private (int Line, int Column) Place()
        {
            var start = (int)_reader.TokenStartIndex;
            var (line, column) = Utf8Text.Place(_text[_offset..start], start - _offset);
            (_line, _column) = line == 1 ? (_line, _column + column - 1) : (_line + line - 1, column);
            _offset = start;
            return (_line, _column);
        }

        // The reader counts bytes, people count characters; without a place the token at hand is meant.
        private readonly (int Line, int Column) PlaceOf(JsonException e)
        {
            if (e.LineNumber is not { } line || e.BytePositionInLine is not { } position)
                return (_line, _column);
            var start = 0;
            for (var i = 0; i < line; i++)
                start += _text[start..].IndexOf((byte)'\n') + 1;
            return ((int)line + 1, Utf8Text.Place(_text, Math.Min(start + (int)position, _text.Length)).Column);
        }
    }
}
