using Concord.Core.Statistics;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>The ratings of one criterion of a raw table.</summary>
/// <param name="Criterion">The criterion's name; null where the table has no such column.</param>
/// <param name="Ratings">The ratings.</param>
public sealed record RatingsTable(string? Criterion, Ratings Ratings);

/// <summary>Reads any ratings table in long form: <c>item,rater,grade[,criterion]</c>.</summary>
public static class RatingsCsv
{
    /// <summary>Reads a table; blank grades are missing ratings.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong, and a note for ignored columns.</param>
    /// <param name="allowRepeats">Whether a rater may rate an item repeatedly.</param>
    /// <returns>One table a criterion, sorted by name; none where the file is in error.</returns>
    public static IReadOnlyList<RatingsTable> Read(TableBytes bytes, ProblemList problems, bool allowRepeats = false) =>
        PlainRatings.TryRead(bytes, problems) ?? ReadAny(bytes.ToArray(problems.Path), problems, allowRepeats);

    /// <summary>Reads a table by CsvHelper: any CSV, with the place of everything that is wrong.</summary>
    internal static IReadOnlyList<RatingsTable> ReadAny(byte[] bytes, ProblemList problems, bool allowRepeats = false)
    {
        using var records = CsvRecords.Open(bytes, problems);
        if (records is null)
            return [];
        if (!records.Read())
        {
            if (!problems.HasErrors)
                problems.Error("missing-header", 1, 1, "The table is empty.", "Its first line is item,rater,grade.");
            return [];
        }
        string[] names = [.. Enumerable.Range(0, records.FieldCount).Select(records.Text)];
        if (RatingsHeader.Read(names, records.Line, records.Place, problems) is not { } columns)
            return [];
        var builders = new SortedDictionary<string, RatingsBuilder>(StringComparer.Ordinal);
        while (records.Read())
        {
            if (records.IsBlank)
                continue;
            if (records.FieldCount != columns.Width)
            {
                problems.Error(
                    "field-count",
                    records.Line,
                    null,
                    $"The row has {records.FieldCount} cells and the header {columns.Width}.",
                    "Give it one cell a column."
                );
                continue;
            }
            var (item, rater, grade) = (records.Text(columns.Item), records.Text(columns.Rater), records.Text(columns.Grade));
            if (grade.Length == 0)
                continue;
            if (item.Length == 0 || rater.Length == 0)
            {
                problems.Error("missing-name", records.Line, null, "The row names no item or no rater.", "Fill both cells.");
                continue;
            }
            var criterion = columns.Criterion < 0 ? "" : records.Text(columns.Criterion);
            if (!builders.TryGetValue(criterion, out var builder))
                builders[criterion] = builder = new RatingsBuilder(allowRepeats);
            if (!builder.TryAdd(item, rater, grade))
                problems.Error(
                    "duplicate-rating",
                    records.Line,
                    null,
                    $"The rater '{rater}' rates the item '{item}' a second time.",
                    "Keep one rating, or fit rater models alone, as by --models ds --repeats."
                );
        }
        return problems.HasErrors
            ? []
            : [.. builders.Select(b => new RatingsTable(columns.Criterion < 0 ? null : b.Key, b.Value.Build()))];
    }
}
