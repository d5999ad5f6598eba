using System.Runtime.CompilerServices;
using System.Text;
using Concord.Core.Statistics;

namespace Concord.Pipeline.Csv;

/// <summary>Reads blocks of a plain ratings table until there are no more; several readers share the blocks.</summary>
internal sealed class PlainRatingsReader(RatingsBlocks blocks, RatingsHeader columns)
{
    private const int MostSheets = 64; // they are searched one by one

    private readonly List<Sheet> _sheets = [];
    private readonly int[] _places = new int[blocks.Longest];

    /// <summary>What was read, by criterion.</summary>
    public IReadOnlyList<Sheet> Sheets => _sheets;

    /// <summary>The ratings of one criterion.</summary>
    internal sealed record Sheet(string Name, byte[] Utf8Name, Utf8RatingsBuilder Ratings);

    public void ReadAll()
    {
        var buffer = new byte[blocks.Longest];
        while (blocks.Next(buffer, out var position) is { } rows)
        {
            if (SeparatorScan.Find(rows.Span, _places) is not { } counts || !ReadRows(rows.Span, counts))
            {
                blocks.CallOdd();
                return;
            }
            foreach (var sheet in _sheets)
                sheet.Ratings.EndBlock(position);
        }
    }

    /// <returns>False where a row is odd.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadRows(ReadOnlySpan<byte> text, SeparatorScan.Counts counts)
    {
        var (width, item, rater, grade, criterion) = columns;
        var places = _places.AsSpan(0, counts.Separators);
        Utf8RatingsBuilder? ratings = null;
        ReadOnlySpan<byte> criterionBefore = default;
        var (rows, returns, start) = (0, 0, 0);
        for (var first = 0; first < places.Length; rows++)
        {
            var end = places[first];
            if (text[end] == '\n' && (end == start || (end == start + 1 && text[start] == '\r')))
            {
                // An empty line.
                returns += end - start;
                start = end + 1;
                first++;
                continue;
            }
            if (first + width > places.Length)
                return false;
            var row = places.Slice(first, width);
            end = row[^1];
            if (text[end] != '\n')
                return false;
            if (counts.CarriageReturns > 0 && text[end - 1] == '\r')
            {
                returns++;
                row[^1]--;
            }
            var what = Cell(text, row, start, grade);
            if (what.Length > 0)
            {
                var of = Cell(text, row, start, item);
                var by = Cell(text, row, start, rater);
                if (of.IsEmpty || by.IsEmpty)
                    return false;
                var under = criterion < 0 ? default : Cell(text, row, start, criterion);
                if (ratings is null || !under.SequenceEqual(criterionBefore))
                {
                    ratings = SheetOf(under);
                    criterionBefore = under;
                    if (ratings is null)
                        return false;
                }
                ratings.Add(of, by, what);
            }
            start = end + 1;
            first += width;
        }
        // As many line feeds as rows, so none stood where a comma was counted; and no carriage return inside a row.
        return counts.LineFeeds == rows && counts.CarriageReturns == returns;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> text, ReadOnlySpan<int> row, int start, int column)
    {
        var from = column == 0 ? start : row[column - 1] + 1;
        return text[from..row[column]];
    }

    private Utf8RatingsBuilder? SheetOf(ReadOnlySpan<byte> criterion)
    {
        foreach (var sheet in _sheets)
        {
            if (criterion.SequenceEqual(sheet.Utf8Name))
                return sheet.Ratings;
        }
        if (_sheets.Count == MostSheets)
            return null;
        _sheets.Add(new(Encoding.UTF8.GetString(criterion), criterion.ToArray(), new((ulong)Random.Shared.NextInt64())));
        return _sheets[^1].Ratings;
    }
}
