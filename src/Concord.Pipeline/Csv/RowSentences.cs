using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>The rows of our tables as sentences, one a line, so that a difference of two of them can be read.</summary>
public static class RowSentences
{
    private static readonly string[] OfGrades = ["challenge", "model", "output", "status", "notes", "graded_at", "seconds"];

    /// <summary>Tells a table.</summary>
    /// <param name="bytes">A file of grades/ or consensus/.</param>
    /// <returns>One sentence a row; null where the file is no such table and should be shown as it is.</returns>
    public static IReadOnlyList<string>? Of(byte[] bytes)
    {
        var problems = new ProblemList("");
        using var records = CsvRecords.Open(bytes, problems);
        if (records is null || !records.Read())
            return null;
        string[] header = [.. Enumerable.Range(0, records.FieldCount).Select(records.Text)];
        if (header.Length < 2 || header.Distinct().Count() < header.Length)
            return null;
        Func<Row, string> tell =
            OfGrades.All(header.Contains) ? Grade
            : header.Contains("ci_method") ? Consensus
            : header.Contains("rank") && header.Contains("overall") ? Ranked
            : Plain;
        var sentences = new List<string>();
        while (records.Read())
        {
            if (records.FieldCount != header.Length)
                return null;
            sentences.Add(PlainText.Of(tell(new(header, [.. Enumerable.Range(0, header.Length).Select(records.Text)]))));
        }
        return problems.HasErrors ? null : sentences;
    }

    private static string Grade(Row row)
    {
        var scores = row.Others(OfGrades).Select(c => $"{c.Name} {(c.Value.Length > 0 ? c.Value : "–")}").ToArray();
        var took = row["seconds"].Length > 0 ? $" in {row["seconds"]} s" : "";
        var what = row["status"] is "skipped" or "withdrawn" ? row["status"] : string.Join(", ", scores);
        var flag = row["status"] == "flagged" ? ", flagged" : "";
        var notes = row["notes"].Length > 0 ? $": “{row["notes"]}”" : "";
        return $"{row["challenge"]}, {row["model"]} ({row["output"]}): {what}{flag}, {row["graded_at"]}{took}{notes}";
    }

    private static string Consensus(Row row)
    {
        var where = $"{row["challenge"]}, {row["model"]} ({row["output"]}), {row["criterion"]}";
        if (row["consensus"].Length == 0)
            return $"{where}: no consensus of {row["graders"]} graders{Flags(row)}";
        var interval = row["ci_low"].Length > 0 ? $" ({row["ci_low"]} to {row["ci_high"]}, {row["ci_method"]})" : "";
        var spread = row["min"].Length > 0 ? $", given {row["min"]} to {row["max"]}" : "";
        return $"{where}: {row["consensus"]}{interval} of {row["graders"]} graders{spread}{Flags(row)}";
    }

    private static string Ranked(Row row)
    {
        var place = row["rank"].Length > 0 ? $"{row["rank"]}." : "unranked:";
        var challenge = row["challenge"].Length > 0 ? $"{row["challenge"]}: " : "";
        var rest = row.Others(["rank", "challenge", "model", "overall", "flags"]).Where(c => c.Value.Length > 0);
        return $"{challenge}{place} {row["model"]}, overall {(row["overall"].Length > 0 ? row["overall"] : "–")} ({string.Join(", ", rest.Select(c => $"{c.Name} {c.Value}"))}){Flags(row)}";
    }

    private static string Plain(Row row) =>
        string.Join(", ", row.Others([]).Where(c => c.Value.Length > 0).Select(c => $"{c.Name} {c.Value}"));

    private static string Flags(Row row) =>
        row["flags"].Length > 0 ? $"; {row["flags"].Replace(";", ", ", StringComparison.Ordinal)}" : "";

    private readonly record struct Row(string[] Header, string[] Cells)
    {
        public string this[string name] => Array.IndexOf(Header, name) is >= 0 and var i ? Cells[i] : "";

        public IEnumerable<(string Name, string Value)> Others(string[] known) =>
            Header.Zip(Cells).Where(c => !known.Contains(c.First));
    }
}
