using System.Globalization;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>A square matrix of weights by category, as a file has it.</summary>
/// <param name="Categories">The names, in the order of rows and columns.</param>
/// <param name="Weights">One list a row.</param>
public sealed record WeightsTable(IReadOnlyList<string> Categories, IReadOnlyList<IReadOnlyList<double>> Weights);

/// <summary>Reads a matrix of weights: the categories in the header and, in the same order, in the first column. The corner is free.</summary>
public static class WeightsCsv
{
    /// <summary>Reads a matrix.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The matrix; null where the file is in error.</returns>
    public static WeightsTable? Read(byte[] bytes, ProblemList problems)
    {
        using var records = CsvRecords.Open(bytes, problems);
        if (records is null)
            return null;
        if (!records.Read() || records.FieldCount < 2)
        {
            if (!problems.HasErrors)
                problems.Error(
                    "missing-header",
                    1,
                    1,
                    "The matrix names no categories.",
                    "Its header is an empty cell and then the categories, such as ,1,2,3."
                );
            return null;
        }
        string[] categories = [.. Enumerable.Range(1, records.FieldCount - 1).Select(field => records.Text(field).Trim())];
        var rows = new List<double[]>();
        while (records.Read())
        {
            if (!records.IsBlank)
                rows.Add(Row(records, categories, rows.Count, problems));
        }
        if (!problems.HasErrors && rows.Count != categories.Length)
            problems.Error(
                "not-square",
                records.Line,
                null,
                $"The matrix has {rows.Count} rows and {categories.Length} columns.",
                "Give every category a row and a column."
            );
        return problems.HasErrors ? null : new(categories, rows);
    }

    private static double[] Row(CsvRecords records, string[] categories, int index, ProblemList problems)
    {
        var row = new double[categories.Length];
        if (records.FieldCount != categories.Length + 1)
        {
            problems.Error(
                "field-count",
                records.Line,
                null,
                $"The row has {records.FieldCount} cells and the header {categories.Length + 1}.",
                "Give it one cell a column."
            );
            return row;
        }
        var name = records.Text(0).Trim();
        if (index < categories.Length && name != categories[index])
            problems.Error(
                "wrong-category",
                records.Line,
                1,
                $"The row is named '{name}', and the column of the same place '{categories[index]}'.",
                "Give rows and columns the same categories in the same order."
            );
        for (var c = 0; c < row.Length; c++)
        {
            var text = records.Text(c + 1).Trim();
            if (double.TryParse(text, CultureInfo.InvariantCulture, out row[c]) && double.IsFinite(row[c]))
                continue;
            var (line, column) = records.Place(c + 1);
            problems.Error("not-a-number", line, column, $"The weight '{text}' is not a number.", "Give a number from 0 to 1.");
        }
        return row;
    }
}
