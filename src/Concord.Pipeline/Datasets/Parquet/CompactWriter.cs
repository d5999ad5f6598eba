using System.Buffers;
using System.Text;

namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>Thrift's compact protocol, as far as Parquet's metadata needs it: fields in rising order.</summary>
/// <remarks>Source: Apache Thrift, "Thrift Compact Protocol", doc/specs/thrift-compact-protocol.md.</remarks>
internal sealed class CompactWriter
{
    private const byte True = 1;
    private const byte False = 2;
    private const byte Int16 = 4;
    private const byte Int32 = 5;
    private const byte Int64 = 6;
    private const byte Binary = 8;
    private const byte ListType = 9;
    private const byte StructType = 12;
    private const int ShortList = 15;

    private readonly ArrayBufferWriter<byte> _bytes = new();
    private int _last;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public CompactWriter Field(int id, short value) => Header(id, Int16).ZigZag(value);

    public CompactWriter Field(int id, int value) => Header(id, Int32).ZigZag(value);

    public CompactWriter Field(int id, long value) => Header(id, Int64).ZigZag(value);

    public CompactWriter Field(int id, string value) => Header(id, Binary).Put(Encoding.UTF8.GetBytes(value));

    public CompactWriter Struct(int id, Action<CompactWriter> fields) => Header(id, StructType).Inner(fields);

    public CompactWriter List(int id, IReadOnlyCollection<int> values) =>
        Header(id, ListType).Many(Int32, values, (w, v) => w.ZigZag(v));

    public CompactWriter List(int id, IReadOnlyCollection<long> values) =>
        Header(id, ListType).Many(Int64, values, (w, v) => w.ZigZag(v));

    public CompactWriter List(int id, IReadOnlyCollection<bool> values) =>
        Header(id, ListType).Many(True, values, (w, v) => w.Byte(v ? True : False));

    public CompactWriter List(int id, IReadOnlyCollection<byte[]> values) =>
        Header(id, ListType).Many(Binary, values, (w, v) => w.Put(v));

    public CompactWriter List(int id, IReadOnlyCollection<string> values) => List(id, [.. values.Select(Encoding.UTF8.GetBytes)]);

    public CompactWriter Structs<T>(int id, IReadOnlyCollection<T> values, Action<CompactWriter, T> fields) =>
        Header(id, ListType).Many(StructType, values, (w, v) => w.Inner(inner => fields(inner, v)));

    /// <summary>Ends the outermost struct.</summary>
    public CompactWriter End() => Byte(0);

    private CompactWriter Inner(Action<CompactWriter> fields)
    {
        var last = _last;
        _last = 0;
        fields(this);
        Byte(0);
        _last = last;
        return this;
    }

    private CompactWriter Many<T>(byte type, IReadOnlyCollection<T> values, Action<CompactWriter, T> put)
    {
        if (values.Count < ShortList)
            Byte((byte)((values.Count << 4) | type));
        else
            Byte((byte)(0xF0 | type)).VarInt((ulong)values.Count);
        foreach (var value in values)
            put(this, value);
        return this;
    }

    private CompactWriter Header(int id, byte type)
    {
        Byte((byte)(((id - _last) << 4) | type));
        _last = id;
        return this;
    }

    private CompactWriter Put(byte[] bytes)
    {
        VarInt((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    private CompactWriter ZigZag(long value) => VarInt((ulong)((value << 1) ^ (value >> 63)));

    private CompactWriter VarInt(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
            Byte((byte)(value | 0x80));
        return Byte((byte)value);
    }

    private CompactWriter Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
        return this;
    }
}
