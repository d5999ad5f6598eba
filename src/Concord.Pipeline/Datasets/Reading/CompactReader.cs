using System.Text;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>The types of Thrift's compact protocol, by their numbers.</summary>
internal enum CompactType : byte
{
    Stop = 0,
    True = 1,
    False = 2,
    Byte = 3,
    Int16 = 4,
    Int32 = 5,
    Int64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
}

/// <summary>Reads Thrift's compact protocol; whatever the bytes say, it reads no further than they go.</summary>
/// <remarks>Source: Apache Thrift, "Thrift Compact Protocol", doc/specs/thrift-compact-protocol.md.</remarks>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _last;

    /// <summary>How many bytes were read.</summary>
    public int Position { get; private set; }

    /// <summary>Begins a struct; give back what it returns at the end.</summary>
    public int Begin()
    {
        var outer = _last;
        _last = 0;
        return outer;
    }

    /// <summary>Ends a struct.</summary>
    public void End(int outer) => _last = outer;

    /// <summary>The next field of the struct.</summary>
    /// <returns>False where the struct ends.</returns>
    /// <exception cref="InvalidDataException">The bytes end, or are no field.</exception>
    public bool Field(out int id, out CompactType type)
    {
        var head = Byte();
        type = (CompactType)(head & 0x0F);
        id = head >> 4 is var step and > 0 ? _last + step : 0;
        if (type == CompactType.Stop)
            return false;
        if (head >> 4 == 0)
            id = (int)Whole();
        if (type > CompactType.Struct || id is < 0 or > short.MaxValue)
            throw new InvalidDataException("its metadata has a field of no known type");
        _last = id;
        return true;
    }

    /// <summary>A whole number of any size.</summary>
    public long Whole()
    {
        var value = VarInt();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A whole number that has to be an <see cref="int"/>.</summary>
    public int Int() =>
        Whole() is var value and >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new InvalidDataException("its metadata has a number that is too large");

    /// <summary>A text.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(Length()));

    /// <summary>Begins a list; each of its elements takes a byte at least, so that there are never more than bytes.</summary>
    public int List(out CompactType type)
    {
        var head = Byte();
        type = (CompactType)(head & 0x0F);
        return head >> 4 is var count and < 15 ? count : Length();
    }

    /// <summary>Passes over a value.</summary>
    public void Skip(CompactType type) => Skip(type, 0);

    private void Skip(CompactType type, int depth)
    {
        if (depth > Deepest)
            throw new InvalidDataException("its metadata is nested too deep");
        switch (type)
        {
            case CompactType.True or CompactType.False:
                break;
            case CompactType.Byte:
                Take(1);
                break;
            case CompactType.Int16 or CompactType.Int32 or CompactType.Int64:
                VarInt();
                break;
            case CompactType.Double:
                Take(sizeof(double));
                break;
            case CompactType.Binary:
                Take(Length());
                break;
            case CompactType.List or CompactType.Set:
                for (var left = List(out var element); left > 0; left--)
                    SkipElement(element, depth);
                break;
            case CompactType.Map:
                var entries = Length();
                var types = entries == 0 ? (byte)0 : Byte();
                for (; entries > 0; entries--)
                {
                    SkipElement((CompactType)(types >> 4), depth);
                    SkipElement((CompactType)(types & 0x0F), depth);
                }
                break;
            case CompactType.Struct:
                var outer = Begin();
                while (Field(out _, out var inner))
                    Skip(inner, depth + 1);
                End(outer);
                break;
            default:
                throw new InvalidDataException("its metadata has a value of no known type");
        }
    }

    // In a list a flag has a byte of its own; in a field its type says which it is.
    private void SkipElement(CompactType type, int depth)
    {
        if (type is CompactType.True or CompactType.False)
            Take(1);
        else
            Skip(type, depth + 1);
    }

    private int Length() =>
        VarInt() is var length && length <= (ulong)(_bytes.Length - Position)
            ? (int)length
            : throw new EndOfStreamException("its metadata is cut off");

    private ulong VarInt()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new InvalidDataException("its metadata has a number without an end");
    }

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - Position)
            throw new EndOfStreamException("its metadata is cut off");
        Position += count;
        return _bytes.Slice(Position - count, count);
    }
}
