using System.Text;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Http;

namespace Concord.Pipeline.GitHub;

/// <summary>One of the reasons of a refusal.</summary>
/// <param name="Field">The field at fault; null where none is.</param>
/// <param name="Code">Such as <c>missing_field</c>, <c>invalid</c>, <c>already_exists</c>, <c>custom</c>; empty where it is only a text.</param>
/// <param name="Message">Its words; empty where it has none.</param>
internal sealed record GitHubReason(string? Field, string Code, string Message);

/// <summary>What GitHub says went wrong, in whichever of its shapes.</summary>
/// <param name="Message">Its words; empty where the body is not GitHub's.</param>
/// <param name="Reasons">The <c>errors</c>: objects, or only texts.</param>
internal sealed record GitHubError(string Message, IReadOnlyList<GitHubReason> Reasons)
{
    private const int LongestText = 400;
    private const int MostReasons = 10;

    /// <summary>What a refusal says.</summary>
    public static GitHubError Of(HttpAnswer answer) => Of(answer.Bytes);

    /// <summary>Reads a body of any kind. A proxy's page, or nothing, gives no words.</summary>
    public static GitHubError Of(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return new("", []);
            return new(
                Text(root, "message") ?? "",
                root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
                    ? [.. errors.EnumerateArray().Take(MostReasons).Select(Reason)]
                    : []
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Only a plain sentence is worth telling: no page of a proxy.
            var text = Encoding.UTF8.GetString(body).Trim();
            return new(text.StartsWith('<') || text.Contains('\uFFFD', StringComparison.Ordinal) ? "" : Shortened(text), []);
        }
    }

    /// <summary>Whether its words, or those of a reason, have a part.</summary>
    public bool Says(string part) =>
        Message.Contains(part, StringComparison.OrdinalIgnoreCase)
        || Reasons.Any(r => r.Message.Contains(part, StringComparison.OrdinalIgnoreCase));

    public bool Has(string? field, string code) => Reasons.Any(r => r.Code == code && (field is null || r.Field == field));

    /// <summary>On one line, without an end mark; empty where it says nothing.</summary>
    public string Words
    {
        get
        {
            var reasons = Reasons.Select(Said).Where(r => r.Length > 0).ToArray();
            var all =
                reasons.Length > 0 && Message is "" or "Validation Failed"
                    ? reasons
                    : [.. new[] { Message }.Where(m => m.Length > 0), .. reasons];
            return PlainText.Of(string.Join("; ", all.Select(t => t.TrimEnd('.', ' '))));
        }
    }

    private static string Said(GitHubReason reason) =>
        (reason.Message, reason.Field) switch
        {
            ({ Length: > 0 } message, _) => message,
            (_, null) => reason.Code,
            (_, { } field) => reason.Code switch
            {
                "missing" => $"what '{field}' names does not exist",
                "missing_field" => $"'{field}' is missing",
                "already_exists" => $"there is one with this '{field}' already",
                "invalid" => $"'{field}' is not valid",
                _ => $"'{field}': {reason.Code}",
            },
        };

    private static GitHubReason Reason(JsonElement error) =>
        error.ValueKind switch
        {
            JsonValueKind.Object => new(Text(error, "field"), Text(error, "code") ?? "", Text(error, "message") ?? ""),
            JsonValueKind.String => new(null, "", Shortened(error.GetString()!)),
            _ => new(null, "", ""),
        };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Shortened(value.GetString()!)
            : null;

    private static string Shortened(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
