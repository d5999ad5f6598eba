using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Concord.Pipeline.Documents;

/// <summary>Text as a YAML value: bare where no reader can take it for something else, else in double quotes.</summary>
internal static partial class YamlText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Words = new(
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"],
        StringComparer.OrdinalIgnoreCase
    );

    public static string Of(string text) =>
        Bare().IsMatch(text) && !Words.Contains(text) ? text : JsonSerializer.Serialize(text, Readable);

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9._/-]*( [A-Za-z0-9._/-]+)*\z")]
    private static partial Regex Bare();
}
