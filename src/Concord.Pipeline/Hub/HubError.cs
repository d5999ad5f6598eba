using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.Hub;

/// <summary>What the Hub says went wrong, in whichever of its shapes.</summary>
internal static class HubError
{
    /// <summary>No dataset of that name, or none that is shown.</summary>
    public const string NoDataset = "RepoNotFound";

    private const int LongestText = 400;
    private const int MostReasons = 10;

    /// <summary>Its short name for what went wrong; null where it gives none.</summary>
    public static string? Code(HttpAnswer answer) => answer.Header("x-error-code");

    /// <summary>Its words, on one line, without an end mark; empty where it says nothing, or what came is not its own.</summary>
    public static string Words(HttpAnswer answer)
    {
        var said = Said(answer.Bytes);
        if (said.Count == 0 && answer.Header("x-error-message") is { Length: > 0 } header)
            said = [header];
        return PlainText.Of(string.Join("; ", said.Select(Shortened).Select(t => t.TrimEnd('.', ' ')).Distinct()));
    }

    private static List<string> Said(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return [];
            var said = new List<string?> { Text(root, "error"), Text(root, "message"), Text(root, "error_description") };
            if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
                said.AddRange(errors.EnumerateArray().Take(MostReasons).Select(e => Text(e, "message")));
            return [.. said.OfType<string>().Where(t => t.Length > 0)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static string Shortened(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
