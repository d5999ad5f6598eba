using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>One installed package: which of its files are asked for by what name.</summary>
/// <param name="folder">Its folder on disk.</param>
/// <param name="path">Its folder below <c>node_modules</c>, with <c>/</c>.</param>
/// <param name="description">Its package.json.</param>
internal sealed class VendorPackage(string folder, string path, JsonObject description)
{
    // What a browser's bundler would take, the best first.
    private static readonly string[] Conditions = ["browser", "import", "module", "default"];
    private static readonly string[] BuildFolders = ["dist", "build", "umd", "lib", "src"];

    public string Path => path;

    public string Name => Text("name") ?? path;

    public string Version => Text("version") ?? "0";

    public int? Major =>
        int.TryParse(Version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    public static VendorPackage? TryOpen(string modules, string path)
    {
        var folder = System.IO.Path.Combine(modules, path);
        try
        {
            return
                File.Exists(System.IO.Path.Combine(folder, "package.json"))
                && JsonNode.Parse(File.ReadAllBytes(System.IO.Path.Combine(folder, "package.json"))) is JsonObject description
                ? new(folder, path, description)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The script that sets a global, or the module, that stands for the package.</summary>
    public string? Entry(bool isModule) =>
        isModule
            ? First(Exported("."), Text("module"), Text("browser"), Text("main"), "index.js")
            : First(Text("jsdelivr"), Text("unpkg"), Text("browser"), Text("main"), "index.js");

    /// <summary>A file by the name that a CDN has for it.</summary>
    public string? Find(string file, bool isModule)
    {
        if (file.EndsWith('/'))
            return Directory.Exists(System.IO.Path.Combine(folder, file)) ? file : null;
        var name = file[(file.LastIndexOf('/') + 1)..];
        return First(
                [
                    isModule ? Exported("./" + file) : null,
                    file,
                    file + ".js",
                    file + ".min.js",
                    file + "/index.js",
                    Exported("./" + file),
                    .. BuildFolders.Select(f => $"{f}/{name}"),
                ]
            )
            ?? (
                name.EndsWith("js", StringComparison.Ordinal)
                    ? Entry(isModule || name.EndsWith(".mjs", StringComparison.Ordinal))
                    : null
            );
    }

    // The exports of package.json, as far as packages for browsers use them.
    private string? Exported(string subpath)
    {
        var exports = description["exports"];
        if (exports is not JsonObject map || !map.Any(e => e.Key.StartsWith('.')))
            return subpath == "." ? Target(exports) : null;
        if (map.TryGetPropertyValue(subpath, out var exact))
            return Target(exact);
        foreach (var (pattern, target) in map)
        {
            var star = pattern.IndexOf('*', StringComparison.Ordinal);
            if (star > 0 && subpath.StartsWith(pattern[..star], StringComparison.Ordinal))
                return Target(target)?.Replace("*", subpath[star..], StringComparison.Ordinal);
        }
        return null;
    }

    private static string? Target(JsonNode? node) =>
        node switch
        {
            JsonValue value when value.TryGetValue<string>(out var text) => text,
            JsonObject map => Conditions.Select(c => Target(map[c])).FirstOrDefault(t => t is not null),
            _ => null,
        };

    private string? First(params ReadOnlySpan<string?> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate is null)
                continue;
            var file = candidate.StartsWith("./", StringComparison.Ordinal) ? candidate[2..] : candidate;
            if (file.Split('/').All(s => s is not ("" or "." or "..")) && RegularFile.Is(System.IO.Path.Combine(folder, file)))
                return file;
        }
        return null;
    }

    private string? Text(string key) =>
        description[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
