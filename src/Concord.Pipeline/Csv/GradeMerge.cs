using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Two states of one grader's file made one, row by row (src/decisions/0026-merging-grades.md).</summary>
/// <param name="Bytes">The file, canonical.</param>
/// <param name="Replaced">Rows of which both sides had a new state, and an older one gave way to a newer; one sentence each.</param>
public sealed record GradeMerge(byte[] Bytes, IReadOnlyList<string> Replaced)
{
    private static readonly string[] Identity = [GradeHeader.Challenge, GradeHeader.Model, GradeHeader.Output];

    /// <summary>
    /// Merges by what each side did to each row since the ancestor. Which side is called ours makes no difference to the
    /// bytes: of two new states of a row the later <c>graded_at</c> stays, and a row that one side changed outlives the
    /// other's removal of it.
    /// </summary>
    /// <param name="ancestor">The file that both began from; empty where there was none.</param>
    /// <param name="ours">The one side; empty where the file is gone.</param>
    /// <param name="theirs">The other side; empty where the file is gone.</param>
    /// <param name="path">The file's name, for errors.</param>
    /// <exception cref="ConcordException">One of them is no grade file.</exception>
    public static GradeMerge Of(byte[] ancestor, byte[] ours, byte[] theirs, string path)
    {
        var (old, left, right) = (Table.Read(ancestor, path), Table.Read(ours, path), Table.Read(theirs, path));
        var header = Header(left.Header, right.Header);
        var replaced = new List<string>();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        foreach (var key in left.Rows.Keys.Union(right.Rows.Keys).Order())
        {
            var (before, a, b) = (
                old.Rows.GetValueOrDefault(key),
                left.Rows.GetValueOrDefault(key),
                right.Rows.GetValueOrDefault(key)
            );
            var row =
                Same(a, b) ? a
                : Same(a, before) ? b
                : Same(b, before) ? a
                : a is null || b is null ? a ?? b
                : Later(a, b);
            if (row is null)
                continue;
            rows.Add(row);
            if (a is not null && b is not null && !Same(a, b) && !Same(a, before) && !Same(b, before))
                replaced.Add(
                    $"{key.Challenge}, {key.Model}: graded {Time(a)} and {Time(b)}; {(Time(a) == Time(b) ? "one" : "the later one")} stays, the other is in the history."
                );
        }
        return new(Write(header, rows), replaced);
    }

    private static string Time(IReadOnlyDictionary<string, string> row) => row.GetValueOrDefault(GradeHeader.GradedAt, "");

    // Timestamps in one form sort as text; of two in the same second the greater text, so that both machines choose alike.
    private static IReadOnlyDictionary<string, string> Later(
        IReadOnlyDictionary<string, string> a,
        IReadOnlyDictionary<string, string> b
    )
    {
        var byTime = string.CompareOrdinal(Time(a), Time(b));
        return (byTime != 0 ? byTime : string.CompareOrdinal(Line(a), Line(b))) >= 0 ? a : b;
    }

    private static string Line(IReadOnlyDictionary<string, string> row) =>
        string.Join('\u001f', row.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));

    // A side that does not know a criterion has nothing to say of it.
    private static bool Same(IReadOnlyDictionary<string, string>? a, IReadOnlyDictionary<string, string>? b) =>
        a is null || b is null
            ? a is null && b is null
            : a.Keys.Union(b.Keys).All(k => a.GetValueOrDefault(k, "") == b.GetValueOrDefault(k, ""));

    // Criteria that only the other side has stand behind one's own, before the status.
    private static List<string> Header(IReadOnlyList<string> ours, IReadOnlyList<string> theirs)
    {
        if (ours.Count == 0 || theirs.Count == 0)
            return [.. ours, .. theirs];
        var header = ours.ToList();
        var more = theirs.Except(ours).Order(StringComparer.Ordinal).ToArray();
        if (more.Length > 0 && ours.Except(theirs).Any())
        {
            // Each side has its own: the same order wherever the merge is made.
            var own = ours.Except(theirs).ToArray();
            header.RemoveAll(own.Contains);
            more = [.. own.Concat(more).Order(StringComparer.Ordinal)];
        }
        header.InsertRange(header.IndexOf(GradeHeader.Status), more);
        return header;
    }

    private static byte[] Write(List<string> header, List<IReadOnlyDictionary<string, string>> rows)
    {
        if (header.Count == 0)
            return [];
        using var lines = new CsvLines(header);
        foreach (var row in rows)
            lines.Add(header.Select(c => row.GetValueOrDefault(c, "")));
        return lines.ToBytes();
    }

    private readonly record struct RowKey(string Challenge, string Model, string Output) : IComparable<RowKey>
    {
        public int CompareTo(RowKey other) =>
            string.CompareOrdinal(Challenge, other.Challenge) is var c and not 0 ? c
            : string.CompareOrdinal(Model, other.Model) is var m and not 0 ? m
            : string.CompareOrdinal(Output, other.Output);
    }

    private sealed record Table(
        IReadOnlyList<string> Header,
        IReadOnlyDictionary<RowKey, IReadOnlyDictionary<string, string>> Rows
    )
    {
        // Cells stay texts: a merge judges no score, and the rubric may be another on either side.
        public static Table Read(byte[] bytes, string path)
        {
            var rows = new Dictionary<RowKey, IReadOnlyDictionary<string, string>>();
            var problems = new ProblemList(path);
            if (bytes.Length == 0)
                return new([], rows);
            using var records = CsvRecords.Open(bytes, problems);
            var header = records is not null && records.Read() ? Cells(records) : [];
            if (
                !problems.HasErrors
                && (
                    !Identity.Append(GradeHeader.Status).Append(GradeHeader.GradedAt).All(header.Contains)
                    || header.Distinct().Count() < header.Length
                )
            )
                problems.Error("missing-header", 1, 1, "This is no header of a grade file.", "Mend the first line by hand.");
            while (!problems.HasErrors && records!.Read())
            {
                var cells = Cells(records);
                if (cells.Length != header.Length)
                {
                    problems.Error(
                        "field-count",
                        records.Line,
                        null,
                        $"The row has {cells.Length} cells and the header {header.Length}.",
                        "Mend it, then merge again."
                    );
                    break;
                }
                var row = header.Zip(cells).ToDictionary(c => c.First, c => c.Second, StringComparer.Ordinal);
                if (!rows.TryAdd(new(row[Identity[0]], row[Identity[1]], row[Identity[2]]), row))
                    problems.Error("duplicate-row", records.Line, null, "The output stands twice.", "Keep one of the rows.");
            }
            return problems.HasErrors ? throw new ConcordException(problems.Problems) : new(header, rows);
        }

        private static string[] Cells(CsvRecords records) => [.. Enumerable.Range(0, records.FieldCount).Select(records.Text)];
    }
}
