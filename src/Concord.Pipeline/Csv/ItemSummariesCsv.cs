using System.Runtime.CompilerServices;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;
using Concord.Pipeline.Trees;
using Microsoft.Win32.SafeHandles;

namespace Concord.Pipeline.Csv;

/// <summary>Writes a row of numbers for each item of raw tables: <c>item[,criterion],n,median,mean,sd,min,max</c>.</summary>
/// <remarks>Rows of a range of items are formatted side by side; where each range goes is known before, from the lengths.</remarks>
public static class ItemSummariesCsv
{
    private const int ItemsInRange = 16 * 1024;

    private static readonly byte[] NeedsQuotes = [.. ",\"\r\n"u8];

    /// <summary>Replaces a file by the summaries of all items, by criterion and then by item.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tables">The tables, sorted by criterion.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void Write(string path, IReadOnlyList<RatingsTable> tables)
    {
        var hasCriteria = tables.Any(t => t.Criterion is not null);
        var header = Encoding.UTF8.GetBytes($"item{(hasCriteria ? ",criterion" : "")},n,median,mean,sd,min,max\n");
        AtomicFile.Replace(
            path,
            file =>
            {
                RandomAccess.Write(file, header, 0);
                long end = header.Length;
                foreach (var table in tables)
                    end = WriteTable(file, end, table, hasCriteria);
            }
        );
    }

    private static long WriteTable(SafeFileHandle file, long start, RatingsTable table, bool hasCriterion)
    {
        var (ratings, summaries) = (table.Ratings, ItemSummaries.Of(table.Ratings));
        byte[][] endings = [.. summaries.Distinct.Select(s => Ending(hasCriterion ? table.Criterion ?? "" : null, s))];
        var ranges = (ratings.Items.Count + ItemsInRange - 1) / ItemsInRange;
        var ends = new long[ranges + 1];
        Parallel.For(0, ranges, range => ends[range + 1] = Length(ratings, summaries, endings, Items(range, ratings)));
        ends[0] = start;
        for (var range = 0; range < ranges; range++)
            ends[range + 1] += ends[range];
        Parallel.For(
            0,
            ranges,
            () => Array.Empty<byte>(),
            (range, _, buffer) =>
            {
                var length = checked((int)(ends[range + 1] - ends[range]));
                if (buffer.Length < length)
                    buffer = new byte[length + length / 8];
                Format(ratings, summaries, endings, Items(range, ratings), buffer);
                RandomAccess.Write(file, buffer.AsSpan(0, length), ends[range]);
                return buffer;
            },
            _ => { }
        );
        return ends[^1];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Length(Ratings ratings, ItemSummaries summaries, byte[][] endings, (int From, int To) items)
    {
        long length = 0;
        var ofItem = summaries.SummaryOfItem;
        for (var item = items.From; item < items.To; item++)
            length += CellLength(ratings.Utf8ItemName(item)) + endings[ofItem[item]].Length;
        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Format(
        Ratings ratings,
        ItemSummaries summaries,
        byte[][] endings,
        (int From, int To) items,
        Span<byte> into
    )
    {
        var ofItem = summaries.SummaryOfItem;
        for (var item = items.From; item < items.To; item++)
        {
            into = into[Cell(ratings.Utf8ItemName(item), into)..];
            ReadOnlySpan<byte> ending = endings[ofItem[item]];
            ending.CopyTo(into);
            into = into[ending.Length..];
        }
    }

    /// <summary>All of a row but the item, which thousands of items may share.</summary>
    private static byte[] Ending(string? criterion, ItemSummary s)
    {
        var name = Encoding.UTF8.GetBytes(criterion ?? "");
        var cell = new byte[CellLength(name)];
        Cell(name, cell);
        var numbers = string.Join(',', new[] { s.N, s.Median, s.Mean, s.Sd, s.Min, s.Max }.Select(NumberText.Of));
        return
        [
            .. criterion is null ? [] : (byte[])[(byte)',', .. cell],
            (byte)',',
            .. Encoding.UTF8.GetBytes(numbers),
            (byte)'\n',
        ];
    }

    private static int CellLength(ReadOnlySpan<byte> text) =>
        IsQuoted(text) ? text.Length + text.Count((byte)'"') + 2 : text.Length;

    private static int Cell(ReadOnlySpan<byte> text, Span<byte> into)
    {
        if (!IsQuoted(text))
        {
            text.CopyTo(into);
            return text.Length;
        }
        var at = 0;
        into[at++] = (byte)'"';
        foreach (var b in text)
        {
            if (b == '"')
                into[at++] = b;
            into[at++] = b;
        }
        into[at++] = (byte)'"';
        return at;
    }

    // As CsvLines quotes.
    private static bool IsQuoted(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && (text[0] == ' ' || text[^1] == ' ' || text.ContainsAny(NeedsQuotes));

    private static (int From, int To) Items(int range, Ratings ratings) =>
        (range * ItemsInRange, Math.Min((range + 1) * ItemsInRange, ratings.Items.Count));
}
