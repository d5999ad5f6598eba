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
            "graded before" => "There are grades of earlier files",
            "challenge has changed" => "Its challenge has changed since",
            "flagged by" => "A grader asks for another look",
            " decided " => "Somebody has disagreed with a decision since",
            " graders" => "Few people have graded it",
            _ => "The graders differ, or the consensus is unsure",
        };

    // As consensus/review.csv words them, with the numbers and names that are not told here.
    [GeneratedRegex("graded before|challenge has changed|flagged by| decided |(?<=^[0-9]+ of [0-9]+) graders$")]
    private static partial Regex Words();
}
