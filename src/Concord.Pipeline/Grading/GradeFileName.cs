using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Grading;

/// <summary>The name of a file that sessions write: of grades, or of a lead's decisions.</summary>
internal static class GradeFileName
{
    /// <summary>The path in the workspace.</summary>
    public static string Path(GraderId grader, DateOnly date, GradingMode mode) =>
        $"grades/{GradeSheet.NameOf(grader, date, mode == GradingMode.Adjudicate)}";

    /// <summary>Reads a name, of the kind that a mode writes.</summary>
    public static bool TryParse(string name, GradingMode mode, out GraderId grader, out DateOnly date)
    {
        return GradeSheet.TryParseName(name, out grader, out date, out var adjudicated, out _)
            && adjudicated == (mode == GradingMode.Adjudicate);
    }

    /// <summary>Reads a file that a mode writes.</summary>
    public static GradeSheet Read(
        byte[] bytes,
        GraderId grader,
        DateOnly date,
        GradingMode mode,
        IReadOnlyList<Criterion> rubric,
        ProblemList problems
    ) => GradeCsv.Read(bytes, grader, date, rubric, problems, adjudicated: mode == GradingMode.Adjudicate);

    /// <summary>Reads a session's id: <c>grader-date</c>, or with a number from 2.</summary>
    public static bool TryParseSession(string id, GraderId grader, out DateOnly date, out int number)
    {
        (date, number) = (default, 1);
        var match = Regex.Match(
            id,
            $@"\A{Regex.Escape(grader.Value)}-([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:-([1-9][0-9]{{0,3}}))?\z",
            RegexOptions.CultureInvariant
        );
        if (match.Groups[2].Success)
            number = int.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        return match.Success
            && DateOnly.TryParseExact(
                match.Groups[1].Value,
                "yyyy-MM-dd",
                System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.None,
                out date
            );
    }
}
