using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Concord.Core.Domain;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>Rows of JSON lines, strictly: UTF-8 without BOM, one object a line, no key twice, no half of a surrogate pair.</summary>
internal static class JsonLinesReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly string[] NotFinite = ["NaN", "Infinity"];

    /// <param name="stream">The lines.</param>
    /// <param name="name">How to name the file.</param>
    /// <param name="refused">Takes what is wrong with a line, which is then passed over.</param>
    public static IEnumerable<DatasetRow> Read(Stream stream, string name, Action<Problem> refused)
    {
        var lines = new LineBuffer(stream, name);
        while (lines.Next() is { } line)
        {
            if (lines.Line == 1 && line.Span.StartsWith("\uFEFF"u8))
            {
                refused(
                    Problem(
                        name,
                        1,
                        "bom",
                        "The file begins with a byte order mark.",
                        "Save it as UTF-8 without BOM: loaders take the mark for a part of the first row."
                    )
                );
                line = line[3..];
            }
            using var document = Parsed(line, name, lines.Line, refused);
            if (document is not null)
                yield return new(name, lines.Line, document.RootElement);
        }
    }

    private static JsonDocument? Parsed(ReadOnlyMemory<byte> line, string name, long number, Action<Problem> refused)
    {
        JsonDocument? document = null;
        try
        {
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                refused(Problem(name, number, "empty-line", "The line is empty.", "Remove it: each line is a row."));
                return null;
            }
            if (!Utf8.IsValid(line.Span))
            {
                refused(Problem(name, number, "not-utf8", "The line is not UTF-8.", "Write it again from its source, as UTF-8."));
                return null;
            }
            document = JsonDocument.Parse(line, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                refused(
                    Problem(
                        name,
                        number,
                        "not-an-object",
                        $"The line is {Kind(document.RootElement)}, not an object.",
                        "Write each row as one object on its own line."
                    )
                );
            else if (HasHalfPair(line.Span, document.RootElement))
                refused(LoneSurrogate(name, number));
            else
                return document;
        }
        catch (JsonException e)
        {
            refused(Syntax(line, name, number, e));
        }
        catch (InvalidOperationException)
        {
            // A key with half of a surrogate pair cannot even be compared with the others.
            refused(LoneSurrogate(name, number));
        }
        document?.Dispose();
        return null;
    }

    private static Problem Syntax(ReadOnlyMemory<byte> line, string name, long number, JsonException error)
    {
        var message = error.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
        try
        {
            JsonDocument.Parse(line).Dispose();
            return Problem(
                name,
                number,
                "duplicate-key",
                $"A key stands twice in one object: {message}",
                "Keep one of them: loaders differ in which they take."
            );
        }
        catch (JsonException) { }
        var at = (int)(error.BytePositionInLine ?? 0);
        var column = Encoding.UTF8.GetCharCount(line.Span[..Math.Min(at, line.Length)]) + 1;
        var rest = Encoding.UTF8.GetString(line.Span[Math.Min(at, line.Length)..Math.Min(at + 12, line.Length)]);
        return NotFinite.Any(n =>
            rest.TrimStart('-').StartsWith(n[..1], StringComparison.Ordinal) && rest.Contains(n, StringComparison.Ordinal)
        )
            ? Problem(
                name,
                number,
                "non-finite",
                "A number is not finite, which JSON cannot hold.",
                "Leave the row out, or write a number that says so.",
                column
            )
            : Problem(
                name,
                number,
                "json-syntax",
                $"This is not JSON: {message}",
                "Write each row as one object on its own line.",
                column
            );
    }

    // Only what is escaped can be half of a pair once the bytes are UTF-8; most lines escape none.
    private static bool HasHalfPair(ReadOnlySpan<byte> line, JsonElement value) =>
        (line.IndexOf("\\ud"u8) >= 0 || line.IndexOf("\\uD"u8) >= 0) && !CanBeRead(value);

    private static bool CanBeRead(JsonElement value)
    {
        try
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    _ = value.GetString();
                    return true;
                case JsonValueKind.Array:
                    return value.EnumerateArray().All(CanBeRead);
                case JsonValueKind.Object:
                    return value.EnumerateObject().All(p => p.Name is not null && CanBeRead(p.Value));
                default:
                    return true;
            }
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            JsonValueKind.Null => "null",
            _ => "true or false",
        };

    private static Problem LoneSurrogate(string name, long line) =>
        Problem(
            name,
            line,
            "lone-surrogate",
            "A text holds half of a surrogate pair, which is no character.",
            "Cut texts between characters, or write U+FFFD in its place."
        );

    private static Problem Problem(string name, long line, string rule, string what, string mend, int? column = null) =>
        new(Severity.Error, rule, name, Places.LineOf(line), column, what, mend);
}
