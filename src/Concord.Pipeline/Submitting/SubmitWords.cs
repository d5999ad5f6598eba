using System.Globalization;
using System.Text;
using Concord.Core.Domain;

namespace Concord.Pipeline.Submitting;

/// <summary>What the one commit of a session says.</summary>
internal static class SubmitWords
{
    /// <summary>The message: what was graded, a table by challenge, and trailers.</summary>
    public static string Message(SubmittedRows rows, GraderId grader, string session)
    {
        var text = new StringBuilder(Subject(rows)).Append("\n\n");
        if (rows.Grades.Count > 0)
            Append(text, rows.Grades, GradeStatus.Graded, GradeStatus.Flagged, GradeStatus.Skipped);
        if (rows.Decisions.Count > 0)
            Append(text, rows.Decisions, GradeStatus.Graded, GradeStatus.Withdrawn);
        return text.Append(CultureInfo.InvariantCulture, $"Grader: {grader}\nSession: {session}\n").ToString();
    }

    /// <summary>By challenge, how often each status.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="statuses">The columns.</param>
    public static IEnumerable<(ChallengeId Challenge, IReadOnlyList<int> Counts)> Table(
        IReadOnlyList<Grade> rows,
        IReadOnlyList<GradeStatus> statuses
    ) =>
        rows.GroupBy(g => g.Key.Challenge)
            .OrderBy(c => c.Key)
            .Select(c => (c.Key, (IReadOnlyList<int>)[.. statuses.Select(s => c.Count(g => g.Status == s))]));

    /// <summary>A status as a column's name.</summary>
    public static string Column(GradeStatus status, bool isDecision) =>
        isDecision && status == GradeStatus.Graded ? "decided" : Names.Of(status);

    public static string Count(int count, string noun) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";

    private static string Subject(SubmittedRows rows) =>
        (rows.Grades.Count, rows.Decisions.Count) switch
        {
            (_, 0) => $"grade: {What(rows.Grades)}",
            (0, _) => $"adjudicate: {What(rows.Decisions)}",
            _ => $"grade: {What(rows.Grades)}, and {Count(rows.Decisions.Count, "decision")}",
        };

    private static string What(IReadOnlyList<Grade> rows)
    {
        ChallengeId[] challenges = [.. rows.Select(g => g.Key.Challenge).Distinct()];
        return $"{Count(rows.Count, "output")} of {(challenges is [var one] ? one.Value : $"{challenges.Length} challenges")}";
    }

    private static void Append(StringBuilder text, IReadOnlyList<Grade> rows, params GradeStatus[] statuses)
    {
        var isDecision = statuses.Contains(GradeStatus.Withdrawn);
        string[][] table =
        [
            ["challenge", .. statuses.Select(s => Column(s, isDecision))],
            .. Table(rows, statuses)
                .Select(r => r.Counts.Select(n => n.ToString(CultureInfo.InvariantCulture)).Prepend(r.Challenge.Value).ToArray()),
        ];
        var widths = Enumerable.Range(0, table[0].Length).Select(i => table.Max(r => r[i].Length)).ToArray();
        foreach (var row in table)
            text.AppendJoin("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))
                .Append('\n');
        text.Append('\n');
    }
}
