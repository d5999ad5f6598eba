using System.Buffers.Binary;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>Unpacks what Snappy packed, as one block.</summary>
/// <remarks>Source: google/snappy, format_description.txt.</remarks>
internal static class Snappy
{
    // Of three bytes a copy makes 64 at most.
    private const int MostFrom3 = 64;

    private const string Broken = "a page that Snappy packed is broken";

    /// <summary>The block's bytes.</summary>
    /// <param name="packed">The block.</param>
    /// <param name="length">How many bytes they are.</param>
    /// <exception cref="InvalidDataException">They are not that many, or the block is broken.</exception>
    public static byte[] Unpack(ReadOnlySpan<byte> packed, int length)
    {
        var at = 0;
        if (VarInt(packed, ref at) != length || length > (long)packed.Length * MostFrom3 / 2 + MostFrom3)
            throw new InvalidDataException(Broken);
        var output = new byte[length];
        var written = 0;
        while (at < packed.Length)
        {
            int tag = packed[at++];
            if ((tag & 3) == 0)
            {
                var size = (tag >> 2) + 1;
                if (size > 60)
                    size = Little(packed, ref at, size - 60) + 1;
                if (size <= 0 || size > packed.Length - at || size > length - written)
                    throw new InvalidDataException(Broken);
                packed.Slice(at, size).CopyTo(output.AsSpan(written));
                at += size;
                written += size;
                continue;
            }
            var count = (tag & 3) == 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
            var back = (tag & 3) switch
            {
                1 => ((tag >> 5) << 8) | Little(packed, ref at, 1),
                2 => Little(packed, ref at, 2),
                _ => Little(packed, ref at, 4),
            };
            if (back <= 0 || back > written || count > length - written)
                throw new InvalidDataException(Broken);
            // What is copied may be what is being written.
            for (var end = written + count; written < end; written++)
                output[written] = output[written - back];
        }
        return written == length ? output : throw new InvalidDataException(Broken);
    }

    private static int Little(ReadOnlySpan<byte> packed, ref int at, int bytes)
    {
        if (bytes > packed.Length - at)
            throw new InvalidDataException(Broken);
        Span<byte> whole = stackalloc byte[sizeof(int)];
        whole.Clear();
        packed.Slice(at, bytes).CopyTo(whole);
        at += bytes;
        return BinaryPrimitives.ReadInt32LittleEndian(whole);
    }

    private static long VarInt(ReadOnlySpan<byte> packed, ref int at)
    {
        var value = 0L;
        for (var shift = 0; shift < 35 && at < packed.Length; shift += 7)
        {
            var next = packed[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new InvalidDataException(Broken);
    }
}
