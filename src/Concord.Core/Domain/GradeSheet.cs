using System.Globalization;

namespace Concord.Core.Domain;

/// <summary>One grade file: what a grader graded in a session, or what a lead decided in one.</summary>
/// <param name="Grader">Whose file it is.</param>
/// <param name="Date">The session's start in UTC.</param>
/// <param name="Grades">The rows, in the file's order.</param>
public sealed record GradeSheet(GraderId Grader, DateOnly Date, GradeTable Grades)
{
    private const string Ending = ".csv";
    private const string AdjudicatedEnding = ".adjudicated.csv";
    private const int DateSuffix = 11;

    /// <summary>Whether the rows are a lead's decisions, which are no votes.</summary>
    public bool Adjudicated { get; init; }

    /// <summary>The file's name.</summary>
    public string FileName => NameOf(Grader, Date, Adjudicated);

    /// <summary>The file's path in the workspace.</summary>
    public string Path => $"grades/{FileName}";

    /// <summary>The name of a session's file.</summary>
    /// <param name="grader">Whose file it is.</param>
    /// <param name="date">The session's start in UTC.</param>
    /// <param name="adjudicated">Whether it holds a lead's decisions.</param>
    public static string NameOf(GraderId grader, DateOnly date, bool adjudicated) =>
        $"{grader}-{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{(adjudicated ? AdjudicatedEnding : Ending)}";

    /// <summary>Reads the grader and the date off the name of a file of grades, <c>grader-yyyy-MM-dd.csv</c>.</summary>
    /// <param name="fileName">The name without folders; that of a file of decisions is a mistake here.</param>
    /// <param name="grader">The grader.</param>
    /// <param name="date">The date.</param>
    /// <param name="mistake">What is wrong with the name; null where nothing is.</param>
    /// <returns>Whether the name is one of a file of grades.</returns>
    public static bool TryParseName(string fileName, out GraderId grader, out DateOnly date, out string? mistake)
    {
        if (TryParseName(fileName, out grader, out date, out var adjudicated, out mistake) && adjudicated)
            mistake = "The file holds a lead's decisions, not grades.";
        return mistake is null;
    }

    /// <summary>
    /// Reads the name of any file of <c>grades/</c>: <c>grader-yyyy-MM-dd.csv</c>, or <c>lead-yyyy-MM-dd.adjudicated.csv</c>.
    /// </summary>
    /// <param name="fileName">The name without folders.</param>
    /// <param name="grader">The grader.</param>
    /// <param name="date">The date.</param>
    /// <param name="adjudicated">Whether it is a file of decisions.</param>
    /// <param name="mistake">What is wrong with the name; null where nothing is.</param>
    /// <returns>Whether the name is one of a file of grades or of decisions.</returns>
    public static bool TryParseName(
        string fileName,
        out GraderId grader,
        out DateOnly date,
        out bool adjudicated,
        out string? mistake
    )
    {
        (grader, date, mistake) = (default, default, null);
        adjudicated = fileName.EndsWith(AdjudicatedEnding, StringComparison.Ordinal);
        if (!fileName.EndsWith(Ending, StringComparison.Ordinal))
        {
            mistake = "The name does not end in '.csv'.";
            return false;
        }
        var ending = adjudicated ? AdjudicatedEnding : Ending;
        var name = fileName[..^ending.Length];
        if (name.Length <= DateSuffix || name[^DateSuffix] != '-')
            mistake = $"The name does not end in '-yyyy-MM-dd{ending}'.";
        else if (
            !DateOnly.TryParseExact(
                name[^(DateSuffix - 1)..],
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out date
            )
        )
            mistake = $"'{name[^(DateSuffix - 1)..]}' is not a date of the form yyyy-MM-dd.";
        else if (!GraderId.TryParse(name[..^DateSuffix], out grader))
            mistake = $"'{name[..^DateSuffix]}' is not a grader's slug. {GraderId.Rule}";
        return mistake is null;
    }
}
