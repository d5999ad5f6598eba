using System.Text;
using System.Text.Json;
using Concord.Core.Domain;

namespace Concord.Pipeline.Models;

/// <summary>What a provider says went wrong, in whichever of the vendors' shapes.</summary>
/// <param name="Message">Its words; empty where it has none.</param>
/// <param name="Type">Such as <c>server_error</c>; null where not given.</param>
/// <param name="Code">A word or a number; null where not given.</param>
internal sealed record ErrorBody(string Message, string? Type, string? Code)
{
    private const int LongestMessage = 400;
    private const int LongestName = 60;

    /// <summary>The number of the error where it is one: then it stands for the HTTP status.</summary>
    public int? Status => int.TryParse(Code, out var status) && status is >= 400 and < 600 ? status : null;

    /// <summary>The error in an answer of an error's status, whatever it is.</summary>
    public static ErrorBody Of(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return In(document.RootElement) ?? new(Shortened(document.RootElement.GetRawText()), null, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(Shortened(Encoding.UTF8.GetString(bytes)), null, null);
        }
    }

    /// <summary>The error in a document; null where it holds none.</summary>
    public static ErrorBody? In(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (root.TryGetProperty("error", out var error))
        {
            if (error.ValueKind == JsonValueKind.Object)
                return Nested(error);
            if (error.ValueKind == JsonValueKind.String && error.GetString() is { Length: > 0 } text)
                return new(Shortened(text), null, null);
        }
        // vLLM's older releases do not nest it.
        return Text(root, "object") == "error" ? Nested(root) : null;
    }

    private static ErrorBody Nested(JsonElement error)
    {
        var message = Text(error, "message") ?? "";
        // OpenRouter: which provider behind it failed, and how.
        if (error.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
        {
            var behind = string.Join(
                ": ",
                new[] { Text(metadata, "provider_name"), Text(metadata, "raw") }.Where(t => t is { Length: > 0 })
            );
            if (behind.Length > 0)
                message = $"{message} ({behind})";
        }
        return new(Shortened(message), Name(error, "type"), Name(error, "code"));
    }

    // A word of the vendor's, told as it is beside its message.
    private static string? Name(JsonElement error, string key) =>
        Text(error, key) is { } text ? PlainText.Of(text.Length > LongestName ? text[..LongestName] + "…" : text) : null;

    private static string? Text(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;

    /// <summary>A text of a provider's, no longer than is told of it.</summary>
    public static string Shortened(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= LongestMessage ? trimmed : trimmed[..LongestMessage] + "…";
    }
}
