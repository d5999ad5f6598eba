using System.Text.Json;
using System.Text.Json.Nodes;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Rendering;

/// <summary>
/// <c>render.json</c>: what became of an output's page and what it was made from, so that only what changed is rendered
/// again. It holds no times: the same page gives the same bytes.
/// </summary>
internal static class RenderRecord
{
    public const string Name = "render.json";
    public const string Picture = "screenshot.png";

    // Raised where the same page would now be drawn or told otherwise.
    private const int RendererVersion = 1;

    /// <summary>The fingerprint of everything that a page's picture and checks depend on.</summary>
    public static string Key(Output output, Challenge challenge, string browser, string? vendor) =>
        Fingerprint.Sha256(
            System.Text.Encoding.UTF8.GetBytes(
                string.Join(
                    '\n',
                    RendererVersion,
                    output.Id,
                    challenge.Digest,
                    $"{challenge.Viewport.Width}x{challenge.Viewport.Height}",
                    challenge.Ready,
                    NumberText.Of(challenge.TimeoutSeconds),
                    string.Join(' ', challenge.Checks),
                    browser,
                    vendor
                )
            )
        )[..12];

    /// <summary>Whether the record in a folder is of this key, and the picture is the one that it tells of.</summary>
    public static bool IsFresh(FileTree tree, string folder, string key)
    {
        try
        {
            if (
                tree.Read($"{folder}/{Name}") is not { } bytes
                || JsonNode.Parse(bytes) is not JsonObject record
                || (string?)record["key"] != key
            )
                return false;
            var picture = tree.Read($"{folder}/{Picture}");
            return (string?)record["screenshot"] == (picture is null ? null : Fingerprint.Sha256(picture));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Why an output has no picture; null where the record tells no reason.</summary>
    public static string? Reason(FileTree tree, string folder)
    {
        try
        {
            return tree.Read($"{folder}/{Name}") is { } bytes && JsonNode.Parse(bytes) is JsonObject record
                ? (string?)record["reason"]
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public static byte[] Write(string key, OutputId output, string browser, RenderReply reply)
    {
        var result = reply.Result;
        return CanonicalJson.Of(json =>
        {
            json.WriteNumber("schema", 1);
            json.WriteString("status", result.Failure is null ? "ok" : "error");
            if (result.Failure is { } reason)
                json.WriteString("reason", reason);
            json.WriteString("output", output.Value);
            json.WriteString("browser", browser);
            json.WriteString("key", key);
            if (result.Screenshot is { } picture)
                json.WriteString("screenshot", Fingerprint.Sha256(picture));
            List(json, "libraries", reply.Libraries);
            List(json, "missing_libraries", reply.MissingLibraries);
            List(json, "page_errors", result.PageErrors);
            List(json, "console_errors", result.ConsoleErrors);
            List(json, "blocked_requests", result.Blocked);
            List(json, "missing_files", result.MissingFiles);
            List(json, "stopped", result.Stopped);
        });
    }

    private static void List(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(PlainText.Of(value));
        json.WriteEndArray();
    }
}
