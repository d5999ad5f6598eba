using System.Globalization;
using Concord.Core.Domain;

namespace Concord.App.Commands;

/// <summary>A problem as a GitHub workflow command, which shows it beside the line; paths are the repository's there.</summary>
internal static class GithubAnnotation
{
    public static string Of(Problem problem, string prefix)
    {
        var properties = new List<string>();
        if (problem.Path.Length > 0)
            properties.Add($"file={Property(prefix + problem.Path)}");
        if (problem.Line is { } line)
            properties.Add($"line={line.ToString(CultureInfo.InvariantCulture)}");
        if (problem.Column is { } column)
            properties.Add($"col={column.ToString(CultureInfo.InvariantCulture)}");
        properties.Add($"title={Property(problem.Rule)}");
        return $"::{Names.Of(problem.Severity)} {string.Join(',', properties)}::{Message($"{problem.What} {problem.Mend}".TrimEnd())}";
    }

    private static string Message(string text) =>
        PlainText.Of(
            text.Replace("%", "%25", StringComparison.Ordinal)
                .Replace("\r", "%0D", StringComparison.Ordinal)
                .Replace("\n", "%0A", StringComparison.Ordinal)
        );

    private static string Property(string text) =>
        Message(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
