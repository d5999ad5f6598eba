using System.Globalization;

namespace Concord.Core.Domain;

/// <summary>One grade file: what a grader graded in a session.</summary>
/// <param name="Grader">Whose file it is.</param>
/// <param name="Date">The session's start in UTC.</param>
/// <param name="Grades">The rows, in the file's order.</param>
public sealed record GradeSheet(GraderId Grader, DateOnly Date, GradeTable Grades)
{
    private const int DateSuffix = 11;

    /// <summary>The file's name.</summary>
    public string FileName => $"{Grader}-{Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv";

    /// <summary>The file's path in the workspace.</summary>
    public string Path => $"grades/{FileName}";

    /// <summary>Reads the grader and the date off a file's name, <c>grader-yyyy-MM-dd.csv</c>.</summary>
    /// <param name="fileName">The name without folders.</param>
    /// <param name="grader">The grader.</param>
    /// <param name="date">The date.</param>
    /// <param name="mistake">What is wrong with the name; null where nothing is.</param>
    /// <returns>Whether the name is one of a grade file.</returns>
    public static bool TryParseName(string fileName, out GraderId grader, out DateOnly date, out string? mistake)
    {
        (grader, date, mistake) = (default, default, null);
        if (!fileName.EndsWith(".csv", StringComparison.Ordinal))
            mistake = "The name does not end in '.csv'.";
        else if (fileName.Length <= DateSuffix + 4 || fileName[^(DateSuffix + 4)] != '-')
            mistake = "The name does not end in '-yyyy-MM-dd.csv'.";
        else if (
            !DateOnly.TryParseExact(
                fileName[^(DateSuffix + 3)..^4],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out date
            )
        )
            mistake = $"'{fileName[^(DateSuffix + 3)..^4]}' is not a date of the form yyyy-MM-dd.";
        else if (!GraderId.TryParse(fileName[..^(DateSuffix + 4)], out grader))
            mistake = $"'{fileName[..^(DateSuffix + 4)]}' is not a grader's slug. {GraderId.Rule}";
        return mistake is null;
    }
}
