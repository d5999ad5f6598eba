using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Concord.Tests.GitHub;

/// <summary>The part of JSON Schema that the descriptions of GitHub and the Hub use. A keyword that is not known is an error, not ignored.</summary>
/// <param name="definitions">What <c>#/$defs/…</c> leads to.</param>
internal sealed class JsonSchema(JsonElement definitions)
{
    private const string Local = "#/$defs/";

    private static readonly string[] Keywords =
    [
        "$ref",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "minItems",
        "maxItems",
        "minimum",
        "const",
        "pattern",
        "$comment",
        "contentEncoding",
        "enum",
        "oneOf",
        "anyOf",
        "format",
    ];

    public JsonElement? Definition(string name) => definitions.TryGetProperty(name, out var found) ? found : null;

    /// <summary>Everything that is wrong with a value.</summary>
    public IReadOnlyList<string> Check(JsonElement schema, JsonElement value, string place = "$")
    {
        var wrong = new List<string>();
        Check(schema, value, place, wrong);
        return wrong;
    }

    /// <summary>The smallest value that a schema takes: only what is required, null where that is allowed.</summary>
    public JsonNode? Sample(JsonElement schema)
    {
        schema = Resolved(schema);
        if (schema.ValueKind != JsonValueKind.Object)
            return null;
        if (schema.TryGetProperty("enum", out var values))
            return JsonNode.Parse(values[0].GetRawText());
        foreach (var keyword in new[] { "oneOf", "anyOf" })
            if (schema.TryGetProperty(keyword, out var branches))
                return branches.EnumerateArray().Any(b => Types(Resolved(b)).Contains("null")) ? null : Sample(branches[0]);
        var types = Types(schema);
        if (types.Contains("null") || types.Count == 0)
            return null;
        return types[0] switch
        {
            "object" => Object(schema),
            "array" => new JsonArray(),
            "integer" or "number" => JsonValue.Create(1),
            "boolean" => JsonValue.Create(false),
            _ => (schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
            {
                "date-time" => "2026-11-01T12:00:00Z",
                "uri" => "https://github.example/x",
                "email" => "x@github.example",
                _ => "x",
            },
        };
    }

    private JsonObject Object(JsonElement schema)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Select(n => n.GetString()!))
                made[name] = Sample(schema.GetProperty("properties").GetProperty(name));
        return made;
    }

    private JsonElement Resolved(JsonElement schema)
    {
        while (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var to))
            schema = definitions.GetProperty(to.GetString()![Local.Length..]);
        return schema;
    }

    private static IReadOnlyList<string> Types(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : [.. type.EnumerateArray().Select(t => t.GetString()!)];

    private void Check(JsonElement schema, JsonElement value, string place, List<string> wrong)
    {
        schema = Resolved(schema);
        if (schema.ValueKind is JsonValueKind.True)
            return;
        if (schema.ValueKind is JsonValueKind.False)
        {
            wrong.Add($"{place}: nothing is allowed here");
            return;
        }
        foreach (var keyword in schema.EnumerateObject().Select(p => p.Name).Where(n => !Keywords.Contains(n)))
            throw new NotSupportedException($"The keyword '{keyword}' is not known.");
        var types = Types(schema);
        if (types.Count > 0 && !types.Any(t => Is(t, value)))
        {
            wrong.Add($"{place}: {value.ValueKind} where {string.Join(" or ", types)} should be");
            return;
        }
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)))
            wrong.Add($"{place}: {value} is none of {values}");
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
            wrong.Add($"{place}: {value} is not {only}");
        if (schema.TryGetProperty("minimum", out var minimum) && value.GetDouble() < minimum.GetDouble())
            wrong.Add($"{place}: {value} is less than {minimum}");
        if (
            schema.TryGetProperty("pattern", out var pattern)
            && value.ValueKind == JsonValueKind.String
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!)
        )
            wrong.Add($"{place}: '{value}' does not fit {pattern}");
        if (schema.TryGetProperty("oneOf", out var one) && Matches(one, value) is var count and not 1)
            wrong.Add($"{place}: fits {count} of the branches where it should be one");
        if (schema.TryGetProperty("anyOf", out var any) && Matches(any, value) == 0)
            wrong.Add($"{place}: fits none of the branches");
        if (schema.TryGetProperty("format", out var format) && value.ValueKind == JsonValueKind.String)
            CheckFormat(format.GetString()!, value.GetString()!, place, wrong);
        if (value.ValueKind == JsonValueKind.Array)
            CheckItems(schema, value, place, wrong);
        if (value.ValueKind == JsonValueKind.Object)
            CheckProperties(schema, value, place, wrong);
    }

    private int Matches(JsonElement branches, JsonElement value) =>
        branches.EnumerateArray().Count(b => Check(b, value).Count == 0);

    private void CheckItems(JsonElement schema, JsonElement value, string place, List<string> wrong)
    {
        if (schema.TryGetProperty("minItems", out var least) && value.GetArrayLength() < least.GetInt32())
            wrong.Add($"{place}: fewer than {least} items");
        if (schema.TryGetProperty("maxItems", out var most) && value.GetArrayLength() > most.GetInt32())
            wrong.Add($"{place}: more than {most} items");
        if (!schema.TryGetProperty("items", out var items))
            return;
        foreach (var (index, item) in value.EnumerateArray().Index())
            Check(items, item, $"{place}[{index}]", wrong);
    }

    private void CheckProperties(JsonElement schema, JsonElement value, string place, List<string> wrong)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Select(n => n.GetString()!))
                if (!value.TryGetProperty(name, out _))
                    wrong.Add($"{place}: '{name}' is missing");
        var hasProperties = schema.TryGetProperty("properties", out var properties);
        foreach (var property in value.EnumerateObject())
            if (hasProperties && properties.TryGetProperty(property.Name, out var own))
                Check(own, property.Value, $"{place}.{property.Name}", wrong);
            else if (schema.TryGetProperty("additionalProperties", out var others))
                Check(others, property.Value, $"{place}.{property.Name}", wrong);
    }

    private static void CheckFormat(string format, string text, string place, List<string> wrong)
    {
        var fits = format switch
        {
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) && text.Contains('T'),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            "repo.nwo" => text.Count(c => c == '/') == 1,
            "email" => text.Contains('@'),
            _ => throw new NotSupportedException($"The format '{format}' is not known."),
        };
        if (!fits)
            wrong.Add($"{place}: '{text}' is no {format}");
    }

    private static bool Is(string type, JsonElement value) =>
        type switch
        {
            "null" => value.ValueKind == JsonValueKind.Null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "string" => value.ValueKind == JsonValueKind.String,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            _ => throw new NotSupportedException($"The type '{type}' is not known."),
        };
}
