using Concord.Core.Domain;

namespace Concord.Pipeline.Checking;

/// <summary>Grades and decisions of a time that is yet to come: of two the later one holds, so nobody could correct these.</summary>
public static class FutureGrades
{
    /// <summary>The rule of what is found.</summary>
    public const string Rule = "future-grade";

    // Clocks go wrong, and so do their zones.
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    /// <summary>One finding for each file.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="now">The time, in UTC.</param>
    public static IEnumerable<Problem> Of(Workspace workspace, DateTime now)
    {
        var latest = now < DateTime.MaxValue - Slack ? now + Slack : DateTime.MaxValue;
        foreach (var sheet in workspace.Sheets.Concat(workspace.DecisionSheets))
            if (sheet.Date > DateOnly.FromDateTime(latest))
                yield return Found(
                    sheet,
                    null,
                    $"The file is named for the {sheet.Date:yyyy-MM-dd}, which is yet to come.",
                    "Set the computer's clock, and rename the file to the day on which its session began."
                );
            else if (First(sheet.Grades.GradedAt, latest.Ticks) is { } row)
                yield return Found(
                    sheet,
                    sheet.Grades.LineOf(row),
                    $"The row says {Timestamp.Of(new(sheet.Grades.GradedAt[row], DateTimeKind.Utc))}, which is yet to come; the later of two grades holds, so none could correct it.",
                    "Set the computer's clock, and write into 'graded_at' when it was."
                );
    }

    private static int? First(ReadOnlySpan<long> gradedAt, long latest)
    {
        for (var row = 0; row < gradedAt.Length; row++)
            if (gradedAt[row] > latest)
                return row;
        return null;
    }

    private static Problem Found(GradeSheet sheet, int? line, string what, string mend) =>
        new(Severity.Warning, Rule, sheet.Path, line, null, what, mend);
}
