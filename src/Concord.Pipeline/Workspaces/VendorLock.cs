using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Concord.Pipeline.Workspaces;

/// <summary>
/// Reads <c>package.json</c> and <c>package-lock.json</c> before npm does: a workspace may come from anybody, and npm runs git for
/// a dependency on a repository and reaches into other folders for one on a path. Only packages of a registry are taken.
/// </summary>
internal static partial class VendorLock
{
    private static readonly string[] Dependencies =
    [
        "dependencies",
        "devDependencies",
        "optionalDependencies",
        "peerDependencies",
        "overrides",
    ];

    /// <summary>Says what npm should not be given.</summary>
    /// <param name="package">The bytes of package.json.</param>
    /// <param name="locked">The bytes of package-lock.json.</param>
    /// <returns>A sentence; null where nothing is wrong.</returns>
    public static string? Mistake(byte[] package, byte[] locked)
    {
        if (Parsed(package) is not { } own)
            return "Its package.json is no JSON object.";
        if (Parsed(locked)?["packages"] is not JsonObject packages)
            return "Its package-lock.json is none of npm 7 or newer.";
        if (own.ContainsKey("workspaces"))
            return "Its package.json has workspaces, which lead to other folders.";
        if (Foreign(own) is { } foreign)
            return NotOfARegistry(foreign);
        foreach (var (path, node) in packages)
        {
            if (
                node is not JsonObject entry
                || (path.Length > 0 && !path.StartsWith("node_modules/", StringComparison.Ordinal))
                || path.Split('/').Contains("..")
                || entry.ContainsKey("link")
                || (entry["resolved"] is { } from && Text(from)?.StartsWith("https://", StringComparison.Ordinal) != true)
            )
                return NotOfARegistry(path);
            if (Foreign(entry) is { } behind)
                return NotOfARegistry(behind);
        }
        return null;
    }

    private static string NotOfARegistry(string name) =>
        $"'{Core.Domain.PlainText.Of(name.Length > 100 ? name[..100] : name)}' is no package of a registry, such as a git address, an http address or a path.";

    private static string? Foreign(JsonObject holder) =>
        Dependencies.Select(kind => Foreign(holder[kind], kind)).FirstOrDefault(name => name is not null);

    // Overrides nest.
    private static string? Foreign(JsonNode? node, string name) =>
        node switch
        {
            null => null,
            JsonObject map => map.Select(p => Foreign(p.Value, p.Key)).FirstOrDefault(n => n is not null),
            _ => Text(node) is { } range && Registry().IsMatch(range) && !Archive().IsMatch(range) ? null : name,
        };

    private static string? Text(JsonNode node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject? Parsed(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A range of versions or a tag, of the package itself or of another one by 'npm:'; or '$name', the range of a dependency.
    [GeneratedRegex(
        @"\A(?:npm:(?:@[a-z0-9_~-][a-z0-9._~-]*/)?[a-z0-9_~-][a-z0-9._~-]*(?:@|\z)|\$(?:@[a-z0-9._~-]+/)?[a-z0-9._~-]+\z)?(?!\.)[A-Za-z0-9.*^~<>=|+ -]*\z"
    )]
    private static partial Regex Registry();

    // npm takes such a name for a file.
    [GeneratedRegex(@"\.(?:tgz|tar|tar\.gz)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Archive();
}
