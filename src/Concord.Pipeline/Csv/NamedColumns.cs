using System.Globalization;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Reads a small table by the names of its columns, in any order; other columns are ignored with a note.</summary>
internal static class NamedColumns
{
    private const double Largest = 1e15;

    /// <summary>The rows, each with its line and one cell a name.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="required">Columns that must be there.</param>
    /// <param name="optional">Columns that may; their cells are empty where they are not.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static IEnumerable<(int Line, string[] Cells)> Rows(
        byte[] bytes,
        string[] required,
        string[] optional,
        ProblemList problems
    )
    {
        using var records = CsvRecords.Open(bytes, problems);
        if (records is null)
            yield break;
        if (!records.Read())
        {
            if (!problems.HasErrors)
                problems.Error("missing-header", 1, 1, "The table is empty.", $"Its first line is {string.Join(',', required)}.");
            yield break;
        }
        if (Header(records, required, optional, problems) is not { } places)
            yield break;
        var width = records.FieldCount;
        while (records.Read())
        {
            if (records.IsBlank)
                continue;
            if (records.FieldCount == width)
                yield return (records.Line, [.. places.Select(p => p < 0 ? "" : records.Text(p))]);
            else
                problems.Error(
                    "field-count",
                    records.Line,
                    null,
                    $"The row has {records.FieldCount} cells and the header {width}.",
                    "Give it one cell a column."
                );
        }
    }

    /// <summary>A number of a cell; what is none is reported.</summary>
    public static double? Number(string cell, string column, int line, ProblemList problems)
    {
        if (
            double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) <= Largest
        )
            return number + 0.0;
        problems.Error(
            "not-a-number",
            line,
            null,
            $"'{cell}' in the column '{column}' is not a number.",
            "Write digits with a point for decimals, between -1e15 and 1e15."
        );
        return null;
    }

    private static int[]? Header(CsvRecords records, string[] required, string[] optional, ProblemList problems)
    {
        string[] names = [.. required, .. optional];
        var places = new int[names.Length];
        Array.Fill(places, -1);
        var ignored = new List<string>();
        for (var field = 0; field < records.FieldCount; field++)
        {
            var name = records.Text(field).Trim();
            var index = Array.IndexOf(names, name);
            var (line, column) = records.Place(field);
            if (index < 0)
                ignored.Add(name);
            else if (places[index] >= 0)
                problems.Error("duplicate-column", line, column, $"The column '{name}' stands twice.", "Remove one of them.");
            else
                places[index] = field;
        }
        for (var i = 0; i < required.Length; i++)
            if (places[i] < 0)
                problems.Error(
                    "missing-column",
                    records.Line,
                    null,
                    $"The column '{names[i]}' is missing.",
                    $"The header is {string.Join(',', required)}{string.Concat(optional.Select(o => $"[,{o}]"))}."
                );
        if (ignored.Count > 0 && !problems.HasErrors)
            problems.Note("ignored-column", records.Line, null, $"Ignored columns: {string.Join(", ", ignored)}.", "");
        return problems.HasErrors ? null : places;
    }
}
