namespace Concord.Pipeline.Datasets.Reading;

/// <summary>Reads Parquet's hybrid of run lengths and bit packing, one number at a time: a run may say more than memory holds.</summary>
/// <remarks>Source: Apache Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".</remarks>
internal struct HybridReader
{
    private const int Widest = 32;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _bits;
    private int _at;
    private long _left;
    private bool _packed;
    private uint _run;
    private ulong _pending;
    private int _held;

    /// <param name="bytes">The runs.</param>
    /// <param name="bits">How many bits a number has; with none all are 0.</param>
    /// <exception cref="InvalidDataException">There are no numbers of so many bits.</exception>
    public HybridReader(ReadOnlyMemory<byte> bytes, int bits)
    {
        if (bits is < 0 or > Widest)
            throw new InvalidDataException($"a page has numbers of {bits} bits");
        (_bytes, _bits) = (bytes, bits);
    }

    /// <summary>The next number.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public uint Next()
    {
        if (_bits == 0)
            return 0;
        if (_left == 0)
            Begin();
        _left--;
        if (!_packed)
            return _run;
        for (; _held < _bits; _held += 8)
            _pending |= (ulong)Byte() << _held;
        var value = (uint)(_pending & ((1UL << _bits) - 1));
        _pending >>= _bits;
        _held -= _bits;
        return value;
    }

    private void Begin()
    {
        (_pending, _held) = (0, 0);
        while (_left == 0)
        {
            var head = VarInt();
            _packed = (head & 1) == 1;
            _left = (head >> 1) * (_packed ? 8L : 1L);
            if (_packed || _left == 0)
                continue;
            _run = 0;
            for (var shift = 0; shift < _bits; shift += 8)
                _run |= (uint)Byte() << shift;
        }
    }

    private long VarInt()
    {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new InvalidDataException("a page has a run without an end");
    }

    private byte Byte() =>
        _at < _bytes.Length ? _bytes.Span[_at++] : throw new InvalidDataException("a page has fewer values than it says");
}
