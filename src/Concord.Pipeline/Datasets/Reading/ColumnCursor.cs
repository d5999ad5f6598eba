using System.Buffers.Binary;
using Concord.Pipeline.Datasets.Parquet;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>The values of a column in a row group, one after the other; one page and the dictionary are held.</summary>
internal sealed class ColumnCursor
{
    private const int Plain = 0;
    private const int PlainDictionary = 2;
    private const int Runs = 3;
    private const int Dictionary = 8;

    private static readonly string[] Encodings =
    [
        "",
        "",
        "",
        "RLE",
        "BIT_PACKED",
        "DELTA_BINARY_PACKED",
        "DELTA_LENGTH_BYTE_ARRAY",
        "DELTA_BYTE_ARRAY",
        "",
        "BYTE_STREAM_SPLIT",
    ];

    private readonly PageSource _source;
    private readonly LeafNode _leaf;
    private readonly ColumnChunk _chunk;
    private readonly long _end;
    private long _at;
    private long _values;
    private int _pageValues;
    private HybridReader _repetitions;
    private HybridReader _definitions;
    private HybridReader _places;
    private int _encoding;
    private byte[] _page = [];
    private int _next;
    private int _bit;
    private byte[] _dictionary = [];
    private List<(int Start, int Length)>? _entries;

    /// <summary>Stands on the first value, or has ended.</summary>
    public ColumnCursor(PageSource source, LeafNode leaf, ColumnChunk chunk)
    {
        (_source, _leaf, _chunk) = (source, leaf, chunk);
        (_at, _end, _values) = (chunk.Start, chunk.Start + chunk.Length, chunk.Values);
        Move();
    }

    public bool Ended { get; private set; }

    public int Repetition { get; private set; }

    public int Definition { get; private set; }

    /// <summary>The value as PLAIN has it, a text without its length, a flag as one byte; where <see cref="Definition"/> is the column's largest.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>Goes on to the next value.</summary>
    public void Move()
    {
        while (_pageValues == 0)
        {
            if (_values == 0)
            {
                Ended = true;
                Release();
                return;
            }
            NextPage();
        }
        _pageValues--;
        Repetition = _leaf.Repetition == 0 ? 0 : (int)_repetitions.Next();
        Definition = _leaf.Definition == 0 ? 0 : (int)_definitions.Next();
        if (Repetition > _leaf.Repetition || Definition > _leaf.Definition)
            throw new InvalidDataException($"the column '{_leaf.Name}' has levels that its schema does not have");
        if (Definition == _leaf.Definition)
            Value = NextValue();
    }

    /// <summary>Lets go of what is held.</summary>
    private void Release()
    {
        _source.Hold(-_page.Length - _dictionary.Length);
        (_page, _dictionary, _entries) = ([], [], null);
    }

    private void NextPage()
    {
        if (_at >= _end)
            throw new InvalidDataException($"the column '{_leaf.Name}' has fewer values than it says");
        var (header, length) = _source.Header(_at, _end);
        _at += length;
        if (header.Packed > _end - _at)
            throw new InvalidDataException($"a page of the column '{_leaf.Name}' is cut off");
        var start = _at;
        _at += header.Packed;
        if (header.Kind is not (PageSource.DataPage or PageSource.DataPage2 or PageSource.DictionaryPage))
            return;
        // Both forms are in memory while it is unpacked.
        _source.Hold(header.Packed + (long)header.Unpacked - (header.Kind == PageSource.DictionaryPage ? 0 : _page.Length));
        var packed = _source.Bytes(start, header.Packed);
        if (header.Kind == PageSource.DictionaryPage)
            TakeDictionary(header, packed);
        else
            TakeData(header, packed);
        _source.Hold(-header.Packed);
    }

    private void TakeDictionary(PageHeader header, byte[] packed)
    {
        if (_entries is not null || header.Encoding is not (Plain or PlainDictionary) || header.Values < 0)
            throw new InvalidDataException($"the dictionary of the column '{_leaf.Name}' is broken");
        _dictionary = _source.Unpacked(packed, _chunk.Codec, header.Unpacked);
        // A flag takes less than a byte, but nobody has a dictionary of two flags.
        if (_leaf.Type == PhysicalType.Boolean || header.Values > _dictionary.Length)
            throw new InvalidDataException($"the dictionary of the column '{_leaf.Name}' is broken");
        _source.Hold(8L * header.Values);
        _entries = new(header.Values);
        var at = 0;
        for (var i = 0; i < header.Values; i++)
            _entries.Add(PlainValue(_dictionary, ref at));
        _source.Hold(-8L * header.Values);
    }

    private void TakeData(PageHeader header, byte[] packed)
    {
        if (header.Values < 0 || header.Values > _values)
            throw new InvalidDataException($"the column '{_leaf.Name}' has more values than it says");
        var isSecond = header.Kind == PageSource.DataPage2;
        var body = 0;
        if (isSecond)
        {
            var levels = (long)header.RepetitionBytes + header.DefinitionBytes;
            if (header.RepetitionBytes < 0 || header.DefinitionBytes < 0 || levels > packed.Length || levels > header.Unpacked)
                throw new InvalidDataException($"a page of the column '{_leaf.Name}' has levels that are cut off");
            _repetitions = new(packed.AsMemory(0, header.RepetitionBytes), Bits(_leaf.Repetition));
            _definitions = new(packed.AsMemory(header.RepetitionBytes, header.DefinitionBytes), Bits(_leaf.Definition));
            var rest = packed.AsMemory((int)levels);
            var size = header.Unpacked - (int)levels;
            // A page of nulls has nothing to pack, and some leave it so.
            _page = size == 0 ? [] : _source.Unpacked(rest, header.IsPacked ? _chunk.Codec : 0, size);
            _source.Hold(-levels);
        }
        else
        {
            _page = _source.Unpacked(packed, _chunk.Codec, header.Unpacked);
            _repetitions = Levels(_leaf.Repetition, header.RepetitionEncoding, ref body);
            _definitions = Levels(_leaf.Definition, header.DefinitionEncoding, ref body);
        }
        _pageValues = header.Values;
        _values -= header.Values;
        _encoding = header.Encoding;
        (_next, _bit) = (body, 0);
        switch (_encoding)
        {
            case Plain:
                break;
            case PlainDictionary or Dictionary when _entries is not null:
                // A page of nulls need not even say how wide the places would be.
                _places = body < _page.Length ? new(_page.AsMemory(body + 1), _page[body]) : new(default, 1);
                break;
            case Runs when _leaf.Type == PhysicalType.Boolean:
                _places = new(_page.AsMemory(Sized(ref body)), 1);
                break;
            default:
                var name = _encoding >= 0 && _encoding < Encodings.Length ? Encodings[_encoding] : "";
                throw name.Length == 0
                    ? new InvalidDataException($"the column '{_leaf.Name}' has a page of no known encoding")
                    : _source.Refused(
                        "parquet-encoding",
                        $"The column '{_leaf.Name}' is encoded as {name}, which is not read here.",
                        "Write it with PLAIN or dictionary encoding (data pages of version 1)."
                    );
        }
    }

    private HybridReader Levels(int largest, int encoding, ref int body)
    {
        if (largest == 0)
            return default;
        if (encoding != Runs)
            throw _source.Refused(
                "parquet-encoding",
                $"The levels of the column '{_leaf.Name}' are encoded in a way that is not read here.",
                "Write the file again with a writer of these days."
            );
        var range = Sized(ref body);
        return new(_page.AsMemory(range), Bits(largest));
    }

    private Range Sized(ref int body)
    {
        if (_page.Length - body < sizeof(int))
            throw new InvalidDataException($"a page of the column '{_leaf.Name}' is cut off");
        var size = BinaryPrimitives.ReadInt32LittleEndian(_page.AsSpan(body));
        var start = body + sizeof(int);
        if (size < 0 || size > _page.Length - start)
            throw new InvalidDataException($"a page of the column '{_leaf.Name}' is cut off");
        body = start + size;
        return start..body;
    }

    private ReadOnlyMemory<byte> NextValue()
    {
        if (_encoding is PlainDictionary or Dictionary)
        {
            var place = _places.Next();
            if (place >= _entries!.Count)
                throw new InvalidDataException($"the column '{_leaf.Name}' names a value that its dictionary does not have");
            var (start, length) = _entries[(int)place];
            return _dictionary.AsMemory(start, length);
        }
        if (_leaf.Type == PhysicalType.Boolean)
            return Flag(_encoding == Runs ? _places.Next() == 1 : NextBit());
        var value = PlainValue(_page, ref _next);
        return _page.AsMemory(value.Start, value.Length);
    }

    private static readonly byte[] Flags = [0, 1];

    private static ReadOnlyMemory<byte> Flag(bool value) => Flags.AsMemory(value ? 1 : 0, 1);

    private bool NextBit()
    {
        if (_next >= _page.Length)
            throw new InvalidDataException($"a page of the column '{_leaf.Name}' is cut off");
        var set = (_page[_next] >> _bit & 1) == 1;
        _bit = (_bit + 1) % 8;
        if (_bit == 0)
            _next++;
        return set;
    }

    private (int Start, int Length) PlainValue(byte[] bytes, ref int at)
    {
        var left = bytes.Length - at;
        var size = _leaf.Type switch
        {
            PhysicalType.Int32 or PhysicalType.Float or PhysicalType.ByteArray => sizeof(int),
            _ => sizeof(long),
        };
        if (left < size)
            throw new InvalidDataException($"a page of the column '{_leaf.Name}' has fewer values than it says");
        var start = at;
        if (_leaf.Type == PhysicalType.ByteArray)
        {
            start += size;
            size = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
            if (size < 0 || size > bytes.Length - start)
                throw new InvalidDataException($"a text of the column '{_leaf.Name}' is cut off");
        }
        at = start + size;
        return (start, size);
    }

    private static int Bits(int largest) => 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)largest);
}
