using System.Globalization;
using System.Text.RegularExpressions;
using Concord.Core.Domain;

namespace Concord.Pipeline.Grading;

/// <summary>The name of a session, <c>grader-date</c>, with a number from 2 where the grader had others that day; and of its branch.</summary>
internal static class SessionId
{
    /// <summary>The folder of grading branches.</summary>
    public const string BranchFolder = "grading/";

    private const string DateFormat = "yyyy-MM-dd";

    public static string Of(GraderId grader, DateOnly date, int number)
    {
        var day = date.ToString(DateFormat, CultureInfo.InvariantCulture);
        return number == 1 ? $"{grader}-{day}" : $"{grader}-{day}-{number}";
    }

    /// <summary>The branch that a session's grades are committed to.</summary>
    public static string BranchOf(string id) => BranchFolder + id;

    /// <summary>Whose session an id names; null where it names none.</summary>
    public static GraderId? GraderOf(string id) =>
        Regex.Match(id, @"\A(.+?)-[0-9]{4}-[0-9]{2}-[0-9]{2}(-[1-9][0-9]{0,3})?\z", RegexOptions.CultureInvariant)
            is { Success: true } match
        && GraderId.TryParse(match.Groups[1].Value, out var grader)
            ? grader
            : null;

    /// <summary>Reads the day and the number, from 1, off the id of one of a grader's sessions.</summary>
    public static bool TryParse(string id, GraderId grader, out DateOnly date, out int number)
    {
        (date, number) = (default, 1);
        var match = Regex.Match(
            id,
            $@"\A{Regex.Escape(grader.Value)}-([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:-([1-9][0-9]{{0,3}}))?\z",
            RegexOptions.CultureInvariant
        );
        if (match.Groups[2].Success)
            number = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        return match.Success
            && DateOnly.TryParseExact(
                match.Groups[1].Value,
                DateFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out date
            );
    }
}
