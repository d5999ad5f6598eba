using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Concord.Tests.Support;

namespace Concord.Tests.GitHub;

/// <summary>A call that GitHub's description knows.</summary>
/// <param name="Id">Such as <c>pulls/create</c>.</param>
/// <param name="Values">The values of its path's places.</param>
internal sealed record GitHubOperation(string Id, IReadOnlyDictionary<string, string> Values)
{
    public string this[string name] => Values[name];
}

/// <summary>A refusal as GitHub words it.</summary>
internal sealed record GitHubRefusal(string Id, int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>What GitHub's API takes and gives: Contracts/SOURCE.md.</summary>
internal static partial class GitHubContract
{
    private static readonly JsonElement Document = Read("github-rest.schemas.json");

    private static readonly JsonElement Errors = Read("github-errors.examples.json");

    private static readonly (string Id, string Method, Regex Path)[] Operations =
    [
        .. Document
            .GetProperty("operations")
            .EnumerateObject()
            .Select(o => (o.Name, Parts: o.Value.GetString()!.Split(' ')))
            .Select(o => (o.Name, o.Parts[0], new Regex($"^{Place().Replace(o.Parts[1], "(?<$1>[^/]+)")}$"))),
    ];

    public static JsonSchema Schema { get; } = new(Document.GetProperty("$defs"));

    /// <summary>The call of a request; null where there is none.</summary>
    /// <param name="path">As it was sent, escapes and all.</param>
    public static GitHubOperation? Find(string method, string path)
    {
        foreach (var (id, verb, pattern) in Operations)
            if (verb == method && pattern.Match(path) is { Success: true } match)
                return new(
                    id,
                    match
                        .Groups.Keys.Where(k => k != "0")
                        .ToDictionary(k => k, k => Uri.UnescapeDataString(match.Groups[k].Value))
                );
        return null;
    }

    public static IEnumerable<string> CheckQuery(GitHubOperation operation, IEnumerable<KeyValuePair<string, string>> query)
    {
        var schema = Definition(operation, "query");
        var values = new JsonObject();
        foreach (var (name, text) in query)
            values[name] =
                schema.GetProperty("properties").TryGetProperty(name, out var own)
                && own.TryGetProperty("type", out var type)
                && type.GetString() == "integer"
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : text;
        return Check(schema, values.ToJsonString(), "query");
    }

    public static IEnumerable<string> CheckRequest(GitHubOperation operation, string body) =>
        TryDefinition(operation, "request") is { } schema ? Check(schema, body, "request")
        : body.Length == 0 ? []
        : ["a body where there should be none"];

    /// <summary>What is wrong with an answer. A refusal that an operation does not list has GitHub's common form.</summary>
    public static IEnumerable<string> CheckResponse(GitHubOperation operation, int status, string body)
    {
        var schema =
            TryDefinition(operation, $"response.{status}")
            ?? (status >= 400 ? Schema.Definition(status == 422 ? "validation-error" : "basic-error") : null);
        // Reasons that are only texts are described elsewhere in the document.
        if (status == 422 && JsonNode.Parse(body)?["errors"]?[0] is JsonValue)
            schema = Schema.Definition("validation-error-simple");
        if (schema is not { } found)
            return [$"{operation.Id} does not answer {status}"];
        return found.ValueKind == JsonValueKind.False
            ? body.Length == 0
                ? []
                : ["a body where there should be none"]
            : Check(found, body, $"response {status}");
    }

    public static JsonObject Sample(string definition) => Schema.Sample(Schema.Definition(definition)!.Value)!.AsObject();

    public static GitHubRefusal Refusal(string id)
    {
        var error = Errors.GetProperty("errors").EnumerateArray().Single(e => e.GetProperty("id").GetString() == id);
        return new(
            id,
            error.GetProperty("status").GetInt32(),
            error.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!),
            error.TryGetProperty("body", out var body) ? body.GetRawText() : error.GetProperty("body_text").GetString()!
        );
    }

    public static IEnumerable<(string Id, string? Schema, string Body)> Refusals =>
        Errors
            .GetProperty("errors")
            .EnumerateArray()
            .Select(e =>
                (
                    e.GetProperty("id").GetString()!,
                    e.GetProperty("schema").GetString(),
                    e.TryGetProperty("body", out var body) ? body.GetRawText() : ""
                )
            );

    public static IReadOnlyList<string> Check(JsonElement schema, string json, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. Schema.Check(schema, document.RootElement).Select(w => $"{what} {w}")];
        }
        catch (JsonException e)
        {
            return [$"{what}: no JSON: {e.Message}"];
        }
    }

    private static JsonElement Definition(GitHubOperation operation, string what) =>
        TryDefinition(operation, what) ?? throw new InvalidOperationException($"{operation.Id} has no {what}.");

    private static JsonElement? TryDefinition(GitHubOperation operation, string what) =>
        Schema.Definition($"op.{operation.Id.Replace('/', '.')}.{what}");

    private static JsonElement Read(string name)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "Concord.Tests", "GitHub", "Contracts", name);
        return JsonDocument.Parse(File.ReadAllText(path, Encoding.UTF8)).RootElement;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
