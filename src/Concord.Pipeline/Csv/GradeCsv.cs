using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Reads and writes grade files, <c>grades/&lt;grader&gt;-&lt;yyyy-MM-dd&gt;.csv</c>, and files of decisions, <c>….adjudicated.csv</c>.</summary>
internal static class GradeCsv
{
    private const int LargestFile = 64 * 1024 * 1024;

    /// <summary>Reads a grade file; every bad row is reported.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="grader">Whose file it is.</param>
    /// <param name="date">The session's start.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="plain">The reader of plain files to use again, where there are many.</param>
    /// <param name="adjudicated">Whether it is a file of decisions, whose rows mean something else.</param>
    /// <returns>The rows that could be read.</returns>
    public static GradeSheet Read(
        byte[] bytes,
        GraderId grader,
        DateOnly date,
        IReadOnlyList<Criterion> rubric,
        ProblemList problems,
        PlainGrades? plain = null,
        bool adjudicated = false
    )
    {
        if (adjudicated)
            return new(grader, date, ReadAny(bytes, rubric, problems, adjudicated)) { Adjudicated = true };
        if (bytes.Length <= LargestFile && (plain ?? new(rubric)).Read(bytes) is { } table)
            return new(grader, date, table);
        return new(grader, date, ReadAny(bytes, rubric, problems));
    }

    /// <summary>Reads any grade file, through CsvHelper.</summary>
    internal static GradeTable ReadAny(
        byte[] bytes,
        IReadOnlyList<Criterion> rubric,
        ProblemList problems,
        bool adjudicated = false
    )
    {
        var (grades, lines) = (new List<Grade>(), new List<int>());
        if (bytes.Length > LargestFile)
            problems.Error(
                "too-large",
                null,
                null,
                $"The file has {bytes.Length:#,0} bytes; at most {LargestFile:#,0} are read.",
                "Split it."
            );
        else if (CsvRecords.Open(bytes, problems) is { } records)
            using (records)
                ReadRows(records, rubric, problems, adjudicated, grades, lines);
        return GradeTable.Of(grades, lines);
    }

    /// <summary>Writes a grade file canonically: rows sorted, numbers and times in fixed forms, notes guarded.</summary>
    /// <param name="grades">The rows, in any order.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <exception cref="ArgumentException">A note is no text (it has a NUL or a lone surrogate), or longer than is read.</exception>
    public static byte[] Write(IEnumerable<Grade> grades, IReadOnlyList<Criterion> rubric)
    {
        using var lines = new CsvLines(GradeHeader.Written(rubric));
        foreach (var grade in grades.Order(Comparer<Grade>.Create(Grade.FileOrder)))
        {
            if (grade.Notes.Length > GradeRow.LongestNote)
                throw new ArgumentException($"A note has more than {GradeRow.LongestNote} characters.", nameof(grades));
            lines.Add(
                [
                    grade.Key.Challenge.Value,
                    grade.Key.Model.Value,
                    grade.Output.Value,
                    .. grade.Scores.Select(NumberText.Of),
                    Names.Of(grade.Status),
                    SpreadsheetGuard.Guard(grade.Notes),
                    Timestamp.Of(grade.GradedAt),
                    grade.Seconds?.ToString(CultureInfo.InvariantCulture) ?? "",
                ]
            );
        }
        return lines.ToBytes();
    }

    private static void ReadRows(
        CsvRecords records,
        IReadOnlyList<Criterion> rubric,
        ProblemList problems,
        bool adjudicated,
        List<Grade> grades,
        List<int> lines
    )
    {
        if (!records.Read())
        {
            if (!problems.HasErrors)
                problems.Error(
                    "missing-header",
                    1,
                    1,
                    "The file is empty.",
                    $"Its first line is {string.Join(',', GradeHeader.Written(rubric))}."
                );
            return;
        }
        if (GradeHeader.Read(records, rubric, problems) is not { } columns)
            return;
        var firstLines = new Dictionary<(OutputKey, OutputId), int>();
        while (records.Read())
        {
            if (records.IsBlank)
            {
                problems.Error("blank-line", records.Line, 1, "The line is empty.", "Remove it.");
                continue;
            }
            if (records.FieldCount != columns.Count)
            {
                problems.Error(
                    "field-count",
                    records.Line,
                    null,
                    $"The row has {records.FieldCount} cells and the header {columns.Count}.",
                    "Give the row one cell for each column; a comma inside a note needs quotes."
                );
                continue;
            }
            if (new GradeRow(records, columns, rubric, problems, adjudicated).Parse() is not { } grade)
                continue;
            if (firstLines.TryAdd((grade.Key, grade.Output), records.Line))
            {
                grades.Add(grade);
                lines.Add(records.Line);
            }
            else
            {
                problems.Error(
                    "duplicate-row",
                    records.Line,
                    null,
                    $"{grade.Key}, output {grade.Output}, is graded twice in this file; the first time on line {firstLines[(grade.Key, grade.Output)]}.",
                    "Keep one of the rows."
                );
            }
        }
    }
}
