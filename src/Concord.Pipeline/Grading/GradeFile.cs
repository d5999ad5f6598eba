using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Grading;

/// <summary>The file that a session writes: of grades, or of a lead's decisions.</summary>
internal static class GradeFile
{
    /// <summary>Its path in the workspace.</summary>
    public static string Path(GraderId grader, DateOnly date, GradingMode mode) =>
        $"grades/{GradeSheet.NameOf(grader, date, HasDecisions(mode))}";

    /// <summary>The paths in the workspace of all that a session may write.</summary>
    public static IReadOnlyList<string> Own(GraderId grader, DateOnly date) =>
        [Path(grader, date, GradingMode.Grade), Path(grader, date, GradingMode.Adjudicate)];

    /// <summary>Reads a name, of the kind that a mode writes.</summary>
    public static bool TryParseName(string name, GradingMode mode, out GraderId grader, out DateOnly date) =>
        GradeSheet.TryParseName(name, out grader, out date, out var adjudicated, out _) && adjudicated == HasDecisions(mode);

    /// <summary>Reads a file that a mode writes.</summary>
    public static GradeSheet Read(
        byte[] bytes,
        GraderId grader,
        DateOnly date,
        GradingMode mode,
        IReadOnlyList<Criterion> rubric,
        ProblemList problems
    ) => GradeCsv.Read(bytes, grader, date, rubric, problems, adjudicated: HasDecisions(mode));

    private static bool HasDecisions(GradingMode mode) => mode == GradingMode.Adjudicate;
}
