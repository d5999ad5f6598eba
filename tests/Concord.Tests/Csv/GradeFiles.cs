using System.Text;
using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Tests.Csv;

/// <summary>Grade files for tests: a rubric of two criteria, and reading with the problems beside the grades.</summary>
internal static class GradeFiles
{
    public const string Path = "grades/ada-2026-11-02.csv";
    public const string Header = "challenge,model,output,functionality,aesthetics,status,notes,graded_at,seconds";
    public const string Good = "bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30";

    public static IReadOnlyList<Criterion> Rubric { get; } = [Criterion("functionality", "quality"), Criterion("aesthetics")];

    public static (GradeSheet Sheet, IReadOnlyList<Problem> Problems) Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    public static (GradeSheet Sheet, IReadOnlyList<Problem> Problems) Read(byte[] bytes)
    {
        var problems = new ProblemList(Path);
        var sheet = GradeCsv.Read(bytes, GraderId.Parse("ada"), new(2026, 11, 2), Rubric, problems);
        return (sheet, problems.Problems);
    }

    public static Grade Grade(
        string notes,
        string model = "lab/one",
        double? functionality = 4,
        GradeStatus status = GradeStatus.Graded
    ) =>
        new(
            new(ChallengeId.Parse("bars"), ModelId.Parse(model)),
            OutputId.Parse("3fa9c1d20b7e"),
            status == GradeStatus.Skipped ? [null, null] : [functionality, 3],
            status,
            notes,
            new(2026, 11, 2, 9, 0, 0, DateTimeKind.Utc),
            30
        );

    /// <summary>Everything of a grade, to compare.</summary>
    public static string Text(Grade g) =>
        $"{g.Key.Challenge}|{g.Key.Model}|{g.Output}|{string.Join('/', g.Scores)}|{g.Status}|{Timestamp.Of(g.GradedAt)}|{g.GradedAt.Kind}|{g.Seconds}|{g.Notes}";

    private static Criterion Criterion(string id, params string[] renamedFrom) =>
        new(
            CriterionId.Parse(id),
            id,
            "",
            new(0, 5, 1, MeasurementLevel.Ordinal),
            1,
            new Dictionary<double, string>(),
            [.. renamedFrom.Select(CriterionId.Parse)]
        );
}
