using System.Buffers;

namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>Where a page lies in the file.</summary>
internal readonly record struct PagePlace(long Offset, int Length, long FirstRow);

/// <summary>A column's share of a row group, as it lies in the file.</summary>
internal sealed record Chunk(Leaf Leaf, long DictionaryAt, long DataAt, long Values, long Unpacked, long Packed)
{
    public bool HasDictionary => DictionaryAt >= 0;

    public required IReadOnlyList<PagePlace> Pages { get; init; }

    public required IReadOnlyList<Bounds?> Bounds { get; init; }

    /// <summary>How many lists of each page are empty, or in an empty list.</summary>
    public required IReadOnlyList<long> Empty { get; init; }
}

/// <summary>A column of the row group that is being gathered.</summary>
internal sealed class Column(Leaf leaf)
{
    private const int PageBytes = 64 * 1024;
    private const int DictionaryBytes = 256 * 1024;

    private readonly List<Page> _pages = [];

    public int Bytes { get; private set; }

    public void Add(object? value, int repetition, int definition)
    {
        // A row lies in one page.
        if (_pages.Count == 0 || (repetition == 0 && _pages[^1].Bytes >= PageBytes))
            _pages.Add(new(leaf));
        var before = _pages[^1].Bytes;
        _pages[^1].Add(value, repetition, definition);
        Bytes += _pages[^1].Bytes - before;
    }

    /// <summary>Writes what was gathered, and begins anew.</summary>
    /// <param name="file">Takes it.</param>
    public Chunk Flush(CountedStream file)
    {
        var start = file.Written;
        var unpacked = 0L;
        var places = Places(out var dictionary);
        if (places is not null)
        {
            var body = new ArrayBufferWriter<byte>();
            Page.PutPlain(body, dictionary, leaf.Type);
            unpacked += WritePage(
                file,
                body.WrittenSpan,
                (header) => header.Field(1, 2),
                header => header.Struct(7, d => d.Field(1, dictionary.Count).Field(2, (int)PageEncoding.Plain))
            );
        }
        var data = file.Written;
        var written = new List<PagePlace>();
        var (firstRow, taken) = (0L, 0);
        foreach (var page in _pages)
        {
            var at = file.Written;
            var own = places?[taken..(taken + page.Values.Count)];
            taken += page.Values.Count;
            unpacked += WritePage(
                file,
                page.Body(own, dictionary.Count - 1),
                header => header.Field(1, 0),
                header =>
                    header.Struct(
                        5,
                        d =>
                            d.Field(1, page.Count)
                                .Field(2, (int)(places is null ? PageEncoding.Plain : PageEncoding.Dictionary))
                                .Field(3, (int)PageEncoding.Hybrid)
                                .Field(4, (int)PageEncoding.Hybrid)
                    )
            );
            written.Add(new(at, (int)(file.Written - at), firstRow));
            firstRow += page.Rows;
        }
        var chunk = new Chunk(
            leaf,
            places is null ? -1 : start,
            data,
            _pages.Sum(p => (long)p.Count),
            unpacked,
            file.Written - start
        )
        {
            Pages = written,
            Bounds = [.. _pages.Select(p => Parquet.Bounds.Of(p.Values))],
            Empty = [.. _pages.Select(p => (long)p.Count - p.Values.Count)],
        };
        _pages.Clear();
        Bytes = 0;
        return chunk;
    }

    // Null where values hardly come again, and for flags, which are smaller than any place.
    private int[]? Places(out List<object> dictionary)
    {
        dictionary = [];
        if (leaf.Type == PhysicalType.Boolean)
            return null;
        var known = new Dictionary<object, int>(leaf.Type == PhysicalType.ByteArray ? ByBytes.Instance : null);
        var places = new int[_pages.Sum(p => p.Values.Count)];
        var (count, bytes) = (0, 0);
        foreach (var value in _pages.SelectMany(p => p.Values))
        {
            if (!known.TryGetValue(value, out var place))
            {
                place = known[value] = dictionary.Count;
                dictionary.Add(value);
                bytes += value is byte[] text ? text.Length : sizeof(long);
                if (bytes > DictionaryBytes || dictionary.Count > places.Length / 2 + 1)
                    return null;
            }
            places[count++] = place;
        }
        return places;
    }

    private static long WritePage(
        CountedStream file,
        ReadOnlySpan<byte> body,
        Action<CompactWriter> type,
        Action<CompactWriter> about
    )
    {
        var packed = Page.Packed(body);
        var header = new CompactWriter();
        type(header);
        header.Field(2, body.Length).Field(3, packed.Length);
        about(header);
        header.End();
        file.Write(header.Written);
        file.Write(packed);
        return header.Written.Length + body.Length;
    }

    private sealed class ByBytes : IEqualityComparer<object>
    {
        public static readonly ByBytes Instance = new();

        public new bool Equals(object? x, object? y) => ((byte[])x!).AsSpan().SequenceEqual((byte[])y!);

        public int GetHashCode(object obj)
        {
            var hash = new HashCode();
            hash.AddBytes((byte[])obj);
            return hash.ToHashCode();
        }
    }
}
