using System.Text.RegularExpressions;

namespace Concord.App.Host;

/// <summary>Why an output needs another look, in words that do not give away what others scored before one's own is saved.</summary>
internal static partial class ReviewReason
{
    public static string Of(IReadOnlyList<string> reasons, bool seen) =>
        seen
            ? string.Join(' ', reasons.Select(r => r.TrimEnd('.') + "."))
            : string.Join(' ', reasons.SelectMany(r => r.Split("; ")).Select(Kind).Distinct().Select(k => k + "."));

    private static string Kind(string reason) =>
        Words().Match(reason).Value switch
        {
            "few-graders" => "Few people have graded it",
            "stale" => "There are grades of earlier files",
            "outdated" => "Its challenge has changed since",
            "grader-flagged" => "A grader asks for another look",
            "adjudicated" => "A lead has decided on it",
            _ => "Graders differ, or are unsure",
        };

    [GeneratedRegex("few-graders|stale|outdated|grader-flagged|adjudicated")]
    private static partial Regex Words();
}
