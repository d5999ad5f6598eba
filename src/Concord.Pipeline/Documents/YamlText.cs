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
        Bare().IsMatch(text) && !Words.Contains(text)
            ? text
            : Beyond()
                .Replace(
                    JsonSerializer.Serialize(text, Readable),
                    // JSON writes two surrogates where YAML wants one code point.
                    m => $"\\U{char.ConvertToUtf32(Unit(m, 1), Unit(m, 2)):X8}"
                );

    private static char Unit(Match match, int group) =>
        (char)
            int.Parse(
                match.Groups[group].ValueSpan,
                System.Globalization.NumberStyles.HexNumber,
                System.Globalization.CultureInfo.InvariantCulture
            );

    [GeneratedRegex(@"(?<!\\)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")]
    private static partial Regex Beyond();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9._/-]*( [A-Za-z0-9._/-]+)*\z")]
    private static partial Regex Bare();
}
