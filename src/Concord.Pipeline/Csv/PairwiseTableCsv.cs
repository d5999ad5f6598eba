using Concord.Core.Statistics.Pairwise;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>Reads who beat whom: <c>left,right,wins_left,wins_right[,ties]</c>. Rows of the same two are summed.</summary>
public static class PairwiseTableCsv
{
    private static readonly string[] Required = ["left", "right", "wins_left", "wins_right"];
    private static readonly string[] Optional = ["ties"];

    /// <summary>Reads a table.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong, and a note for ignored columns.</param>
    /// <returns>The table; null where the file is in error.</returns>
    public static WinTable? Read(byte[] bytes, ProblemList problems)
    {
        var builder = new WinTable.Builder();
        foreach (var (line, cells) in NamedColumns.Rows(bytes, Required, Optional, problems))
        {
            if (cells[0].Length == 0 || cells[1].Length == 0)
            {
                problems.Error("missing-name", line, null, "The row does not name both.", "Fill both cells.");
                continue;
            }
            if (cells[0] == cells[1])
            {
                problems.Error("compared-with-itself", line, null, $"'{cells[0]}' stands on both sides.", "Name two.");
                continue;
            }
            if (
                Count(cells[2], Required[2], line, problems) is { } left
                && Count(cells[3], Required[3], line, problems) is { } right
                && Count(cells[4].Length == 0 ? "0" : cells[4], Optional[0], line, problems) is { } ties
            )
                builder.Know(cells[0]).Know(cells[1]).Add(cells[0], cells[1], left, right, ties);
        }
        return problems.HasErrors ? null : builder.Build();
    }

    private static double? Count(string cell, string column, int line, ProblemList problems)
    {
        if (NamedColumns.Number(cell, column, line, problems) is not { } count)
            return null;
        if (count >= 0)
            return count;
        problems.Error("negative-count", line, null, $"The column '{column}' counts, and {cell} is negative.", "Count from 0.");
        return null;
    }
}
