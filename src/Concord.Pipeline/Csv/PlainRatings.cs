using System.Runtime.ExceptionServices;
using System.Text;
using Concord.Core.Statistics;
using Concord.Pipeline.Documents;

namespace Concord.Pipeline.Csv;

/// <summary>
/// Reads plain ratings tables at the speed of memory: no quotes, a line feed (or CR LF) after each row, one cell a column,
/// no rating twice. Anything odd is left to CsvHelper, which says what is wrong and where.
/// </summary>
internal static class PlainRatings
{
    private const int LongestHeader = 64 * 1024;

    /// <summary>Reads a table.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes a note for ignored columns where the table is plain; else nothing.</param>
    /// <param name="blockSize">The bytes that are read at once.</param>
    /// <returns>One table a criterion, sorted by name; null where the table is not plain.</returns>
    public static IReadOnlyList<RatingsTable>? TryRead(
        TableBytes bytes,
        ProblemList problems,
        int blockSize = RatingsBlocks.UsualSize
    )
    {
        var header = new ProblemList(problems.Path);
        if (Header(bytes, header) is not { } found)
            return null;
        var (columns, start) = found;
        var blocks = new RatingsBlocks(bytes, start, blockSize);
        var readers = new PlainRatingsReader[Math.Clamp(blocks.Count, 1, Environment.ProcessorCount)];
        try
        {
            if (readers.Length == 1)
                (readers[0] = new(blocks, columns)).ReadAll();
            else
                Parallel.For(0, readers.Length, i => (readers[i] = new(blocks, columns)).ReadAll());
            if (blocks.AreOdd || Tables(readers, columns) is not { } tables)
                return null;
            foreach (var note in header.Problems)
                problems.Note(note.Rule, note.Line, note.Column, note.What, note.Mend);
            return tables;
        }
        catch (Exception e) when (e is OverflowException or AggregateException { InnerException: OverflowException })
        {
            return null; // more names than an array holds
        }
        catch (AggregateException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static List<RatingsTable>? Tables(PlainRatingsReader[] readers, RatingsHeader columns)
    {
        var tables = new List<RatingsTable>();
        foreach (var sheets in readers.SelectMany(r => r.Sheets).GroupBy(s => s.Name).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (Utf8RatingsBuilder.Join([.. sheets.Select(s => s.Ratings)]) is not { } ratings)
                return null;
            tables.Add(new(columns.Criterion < 0 ? null : sheets.Key, ratings));
        }
        return tables;
    }

    private static (RatingsHeader Columns, long Start)? Header(TableBytes bytes, ProblemList problems)
    {
        var buffer = new byte[LongestHeader];
        var read = buffer.AsSpan(0, bytes.Read(0, buffer));
        var text = Utf8Text.WithoutBom(read);
        var end = text.IndexOf((byte)'\n');
        if (end < 0)
            return null;
        var line = text[..end];
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        if (line.ContainsAny("\"\r\0"u8) || !System.Text.Unicode.Utf8.IsValid(line))
            return null;
        var columns = RatingsHeader.Read(Encoding.UTF8.GetString(line).Split(','), 1, _ => (1, 1), problems);
        return columns is null ? null : (columns, read.Length - text.Length + end + 1);
    }
}
