using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Concord.Tests.Support;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Concord.Tests.Workflows;

/// <summary>Workflow files as JSON: this project's, and those that 'concord init' writes.</summary>
internal static partial class WorkflowYaml
{
    public const string Ours = ".github/workflows/render.yml";
    public const string TemplateFolder = "src/Concord.App/Templates/workspace/.github/workflows";
    public const string Templates = TemplateFolder + "/render.yml";

    /// <summary>The paths of all of them.</summary>
    public static string[] Paths { get; } =
    [
        .. new[] { Ours, Templates }
            .Select(p => Path.Combine(SourceTree.Root, Path.GetDirectoryName(p)!))
            .SelectMany(folder => Directory.EnumerateFiles(folder))
            .Select(f => Path.GetRelativePath(SourceTree.Root, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Text(string path) => File.ReadAllText(Path.Combine(SourceTree.Root, path));

    public static JsonObject Read(string path)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text(path)));
        return Assert.Single(stream.Documents).RootNode is YamlMappingNode root
            ? Json(root).AsObject()
            : throw new FormatException(path);
    }

    /// <summary>The steps of a job.</summary>
    public static IEnumerable<JsonObject> Steps(JsonNode job) => job["steps"]!.AsArray().Select(s => s!.AsObject());

    /// <summary>The jobs by name.</summary>
    public static IEnumerable<(string Name, JsonObject Job)> Jobs(JsonObject workflow) =>
        workflow["jobs"]!.AsObject().Select(j => (j.Key, j.Value!.AsObject()));

    private static JsonNode Json(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Scalar(c.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Scalar)]),
            _ => throw new FormatException(node.ToString()),
        };

    // Plain true, false and numbers are no texts; 'on' is a text, as GitHub reads it.
    private static JsonNode? Scalar(YamlNode node) =>
        node is not YamlScalarNode { Value: { } text } scalar ? Json(node)
        : scalar.Style != ScalarStyle.Plain ? JsonValue.Create(text)
        : text.Length == 0 ? null
        : text is "true" or "false" ? JsonValue.Create(text == "true")
        : Whole().IsMatch(text) ? JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture))
        : JsonValue.Create(text);

    [GeneratedRegex(@"\A(0|[1-9][0-9]*)\z")]
    private static partial Regex Whole();
}
