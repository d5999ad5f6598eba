using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Importing;

/// <summary>Plans the grade files: one a reviewer and day. Rows that are there already are never lost.</summary>
internal sealed class GradeFiles(
    WorkTree workspace,
    WritePlan plan,
    Benchmark benchmark,
    List<Problem> problems,
    List<LeftOut> left
)
{
    public IReadOnlyList<ImportedGrades> Plan(VizhubFolder folder, IReadOnlyList<VizhubOutput> outputs)
    {
        var ids = outputs.ToDictionary(o => o.Key, o => o.Id);
        var rows = Rows(folder).Where(row => IsTaken(row, ids)).ToArray();
        if (rows.Length == 0 || !RubricFits())
            return [];
        return
        [
            .. rows.GroupBy(r => (Grader: r.Grader!.Value, Date: DateOnly.FromDateTime(r.ReviewedAt!.Value)))
                .OrderBy(g => g.Key.Grader)
                .ThenBy(g => g.Key.Date)
                .Select(g => PlanFile(new(g.Key.Grader, g.Key.Date, GradeTable.Of([])), g, ids)),
        ];
    }

    // A grader's own file counts before the copy in results.csv.
    private static IEnumerable<VizhubRow> Rows(VizhubFolder folder)
    {
        var own = folder.GradeRows.Select(r => (r.Grader, r.Key)).ToHashSet();
        return folder.GradeRows.Concat(
            folder.Results.Where(r =>
                (r.Grader is not null && !own.Contains((r.Grader, r.Key))) || (r.Grader is null && r.HasScores)
            )
        );
    }

    private bool IsTaken(VizhubRow row, Dictionary<OutputKey, OutputId?> ids)
    {
        var why =
            !row.HasScores ? "It has no score."
            : row.Grader is null ? "It has scores, and does not say whose."
            : row.ReviewedAt is null ? "It has scores, and does not say when they were given."
            : ids[row.Key] is null ? "The output has no files, so that nothing can be said of it."
            : null;
        if (why is not null)
            Leave(row, why);
        return why is null;
    }

    private ImportedGrades PlanFile(GradeSheet sheet, IEnumerable<VizhubRow> rows, Dictionary<OutputKey, OutputId?> ids)
    {
        var taken = new Dictionary<OutputKey, VizhubRow>();
        foreach (var row in rows)
        {
            if (taken.TryAdd(row.Key, row))
                continue;
            var (later, earlier) = row.ReviewedAt >= taken[row.Key].ReviewedAt ? (row, taken[row.Key]) : (taken[row.Key], row);
            taken[row.Key] = later;
            Leave(earlier, "The same grader gave a later grade on the same day.");
        }

        var existing = Existing(sheet).ToDictionary(g => (g.Key, g.Output), g => g);
        var grades = new Dictionary<(OutputKey, OutputId), Grade>(existing);
        foreach (var row in taken.Values)
        {
            var grade = Grade(row, ids[row.Key]!.Value);
            if (!grades.TryGetValue((grade.Key, grade.Output), out var there) || there.GradedAt < grade.GradedAt)
                grades[(grade.Key, grade.Output)] = grade;
            else if (!Same(there, grade))
                Leave(row, $"{sheet.Path} has another grade of the same output that is not earlier.");
        }
        plan.Write(sheet.Path, GradeCsv.Write(grades.Values, benchmark.Criteria));
        var kept = existing.Keys.Count(k => !taken.ContainsKey(k.Key) || ids[k.Key] != k.Output);
        return new(sheet.Grader, sheet.Path, taken.Count, kept);
    }

    private GradeTable Existing(GradeSheet sheet)
    {
        if (workspace.Read(sheet.Path) is not { } bytes)
            return GradeTable.Of([]);
        var list = new ProblemList(sheet.Path);
        var read = GradeCsv.Read(bytes, sheet.Grader, sheet.Date, benchmark.Criteria, list);
        problems.AddRange(list.Problems.Where(p => p.Severity == Severity.Error));
        return read.Grades;
    }

    private Grade Grade(VizhubRow row, OutputId output) =>
        new(
            row.Key,
            output,
            [.. benchmark.Criteria.Select(c => Score(row, c))],
            GradeStatus.Graded,
            row.Notes,
            row.ReviewedAt!.Value,
            null
        );

    private static double? Score(VizhubRow row, Criterion criterion) =>
        criterion.Id.Value switch
        {
            VizhubBenchmark.Functionality => row.Grade,
            VizhubBenchmark.Aesthetics => row.Aesthetics,
            _ => null,
        };

    private static bool Same(Grade a, Grade b) =>
        a.Scores.SequenceEqual(b.Scores) && (a.Status, a.Notes, a.GradedAt) == (b.Status, b.Notes, b.GradedAt);

    private bool RubricFits()
    {
        var before = problems.Count;
        foreach (var id in new[] { VizhubBenchmark.Functionality, VizhubBenchmark.Aesthetics })
        {
            var criterion = benchmark.Criteria.FirstOrDefault(c => c.Id.Value == id);
            if (criterion is null)
                Misfit(
                    $"The rubric has no criterion '{id}', for which vizhub has scores.",
                    "Add it, with whole numbers from 0 to 5."
                );
            else if (criterion.Scale.Min != 0 || criterion.Scale.Max != 5 || !criterion.Scale.OnStep(1))
                Misfit(
                    $"The scale of '{id}' is not vizhub's, which has the whole numbers from 0 to 5.",
                    "Import into a workspace of its own: the scores would mean something else here."
                );
        }
        return problems.Count == before;
    }

    private void Misfit(string what, string mend) =>
        problems.Add(new(Severity.Error, "rubric-misfit", VizhubImport.BenchmarkPath, null, null, what, mend));

    private void Leave(VizhubRow row, string why) =>
        left.Add(new(row.Path, row.Line, $"the grade of {row.Key}{(row.Grader is { } grader ? $" by {grader}" : "")}", why));
}
