using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Where a grade file has its columns: any order is read, one order is written.</summary>
internal sealed class GradeHeader
{
    public const string Challenge = "challenge";
    public const string Model = "model";
    public const string Output = "output";
    public const string Status = "status";
    public const string Notes = "notes";
    public const string GradedAt = "graded_at";
    public const string Seconds = "seconds";

    private static readonly string[] Before = [Challenge, Model, Output];
    private static readonly string[] After = [Status, Notes, GradedAt, Seconds];

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private GradeHeader(int count, int[] criteria) => (Count, Criteria) = (count, criteria);

    public int Count { get; }

    /// <summary>The column of each criterion, in rubric order.</summary>
    public int[] Criteria { get; }

    public int this[string name] => _places[name];

    /// <summary>The columns in the order in which they are written.</summary>
    public static IEnumerable<string> Written(IReadOnlyList<Criterion> rubric) =>
        [.. Before, .. rubric.Select(c => c.Id.Value), .. After];

    /// <summary>Reads the header.</summary>
    /// <returns>The columns; null where the header is wrong, with every problem reported.</returns>
    public static GradeHeader? Read(CsvRecords records, IReadOnlyList<Criterion> rubric, ProblemList problems)
    {
        var known = Written(rubric).ToArray();
        var columns = new GradeHeader(records.FieldCount, new int[rubric.Count]);
        for (var field = 0; field < records.FieldCount; field++)
        {
            var written = records.Text(field);
            var name = rubric.FirstOrDefault(c => c.RenamedFrom.Any(old => old.Value == written))?.Id.Value ?? written;
            var (line, column) = records.Place(field);
            if (!known.Contains(name))
                problems.Error(
                    "unknown-column",
                    line,
                    column,
                    $"The column '{written}' is neither a fixed column nor a criterion of the rubric.",
                    Nearest.Hint(written, known)
                );
            else if (!columns._places.TryAdd(name, field))
                problems.Error("duplicate-column", line, column, $"The column '{name}' stands twice.", "Remove one of them.");
        }
        foreach (var name in known.Where(n => !columns._places.ContainsKey(n)))
            problems.Error(
                "missing-column",
                records.Line,
                null,
                $"The column '{name}' is missing.",
                $"Add it; the header is {string.Join(',', known)}."
            );
        if (problems.HasErrors)
            return null;
        for (var i = 0; i < rubric.Count; i++)
            columns.Criteria[i] = columns[rubric[i].Id.Value];
        return columns;
    }
}
