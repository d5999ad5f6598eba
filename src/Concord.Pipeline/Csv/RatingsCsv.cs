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
    private static readonly string[] Columns = ["item", "rater", "grade", "criterion"];

    /// <summary>Reads a table; blank grades are missing ratings.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong, and a note for ignored columns.</param>
    /// <returns>One table a criterion, sorted by name; none where the file is in error.</returns>
    public static IReadOnlyList<RatingsTable> Read(byte[] bytes, ProblemList problems)
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
        if (Header(records, problems) is not { } places)
            return [];
        var (width, builders) = (records.FieldCount, new SortedDictionary<string, RatingsBuilder>(StringComparer.Ordinal));
        while (records.Read())
        {
            if (records.IsBlank)
                continue;
            if (records.FieldCount != width)
            {
                problems.Error(
                    "field-count",
                    records.Line,
                    null,
                    $"The row has {records.FieldCount} cells and the header {width}.",
                    "Give it one cell a column."
                );
                continue;
            }
            var (item, rater, grade) = (records.Text(places[0]), records.Text(places[1]), records.Text(places[2]));
            if (grade.Length == 0)
                continue;
            if (item.Length == 0 || rater.Length == 0)
            {
                problems.Error("missing-name", records.Line, null, "The row names no item or no rater.", "Fill both cells.");
                continue;
            }
            var criterion = places[3] < 0 ? "" : records.Text(places[3]);
            if (!builders.TryGetValue(criterion, out var builder))
                builders[criterion] = builder = new RatingsBuilder();
            if (!builder.TryAdd(item, rater, grade))
                problems.Error(
                    "duplicate-rating",
                    records.Line,
                    null,
                    $"The rater '{rater}' rates the item '{item}' a second time.",
                    "Keep one rating, or give repeated ratings other rater names."
                );
        }
        return problems.HasErrors
            ? []
            : [.. builders.Select(b => new RatingsTable(places[3] < 0 ? null : b.Key, b.Value.Build()))];
    }

    private static int[]? Header(CsvRecords records, ProblemList problems)
    {
        int[] places = [-1, -1, -1, -1];
        var ignored = new List<string>();
        for (var field = 0; field < records.FieldCount; field++)
        {
            var written = records.Text(field).Trim();
            var name = written switch
            {
                "rating" => "grade",
                "dimension" => "criterion",
                _ => written,
            };
            var index = Array.IndexOf(Columns, name);
            var (line, column) = records.Place(field);
            if (index < 0)
                ignored.Add(written);
            else if (places[index] >= 0)
                problems.Error("duplicate-column", line, column, $"The column '{name}' stands twice.", "Remove one of them.");
            else
                places[index] = field;
        }
        for (var i = 0; i < 3; i++)
            if (places[i] < 0)
                problems.Error(
                    "missing-column",
                    records.Line,
                    null,
                    $"The column '{Columns[i]}' is missing.",
                    ignored.Count > 0
                        ? $"The header has {string.Join(", ", ignored)}; rename the one that is meant."
                        : "The header is item,rater,grade."
                );
        if (ignored.Count > 0 && !problems.HasErrors)
            problems.Note("ignored-column", records.Line, null, $"Ignored columns: {string.Join(", ", ignored)}.", "");
        return problems.HasErrors ? null : places;
    }
}
