using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Concord.Pipeline.Datasets;

/// <summary>A shape in the words of HuggingFace's <c>datasets</c>, so that no loader has to guess.</summary>
public static class HubFeatures
{
    private const int Indent = 2;

    /// <summary>What <c>datasets</c> looks for in a Parquet file's metadata.</summary>
    public static KeyValuePair<string, string> Metadata(Shape shape)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartObject("info");
            json.WritePropertyName("features");
            Write(json, shape);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return new("huggingface", Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>What a dataset card lists under <c>features:</c>, as lines of YAML.</summary>
    /// <param name="shape">A record.</param>
    /// <param name="depth">How many spaces stand before each line.</param>
    public static IEnumerable<string> Yaml(Shape shape, int depth)
    {
        var space = new string(' ', depth);
        foreach (var field in ((Shape.RecordShape)shape).Fields)
        {
            yield return $"{space}- name: {field.Name}";
            var (key, inner) = field.Shape is Shape.ListShape list ? ("list", list.Element) : ("struct", field.Shape);
            if (inner is Shape.RecordShape)
            {
                yield return $"{space}  {key}:";
                foreach (var line in Yaml(inner, depth + Indent))
                    yield return line;
            }
            else
                yield return $"{space}  {(key == "list" ? key : "dtype")}: {Type(inner)}";
        }
    }

    private static void Write(Utf8JsonWriter json, Shape shape)
    {
        switch (shape)
        {
            case Shape.RecordShape record:
                json.WriteStartObject();
                foreach (var field in record.Fields)
                {
                    json.WritePropertyName(field.Name);
                    Write(json, field.Shape);
                }
                json.WriteEndObject();
                break;
            case Shape.ListShape list:
                // A list of one is how every version of the library writes a list.
                json.WriteStartArray();
                Write(json, list.Element);
                json.WriteEndArray();
                break;
            default:
                json.WriteStartObject();
                json.WriteString("dtype", Type(shape));
                json.WriteString("_type", "Value");
                json.WriteEndObject();
                break;
        }
    }

    private static string Type(Shape shape) =>
        shape switch
        {
            Shape.TextShape => "string",
            Shape.NumberShape => "float64",
            Shape.WholeShape => "int64",
            Shape.FlagShape => "bool",
            _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "Not a plain value."),
        };
}
