using System.Buffers;

namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>Parquet's hybrid of run lengths and bit packing, for levels and places in a dictionary.</summary>
/// <remarks>Source: Apache Parquet, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid".</remarks>
internal static class HybridEncoding
{
    private const int Group = 8;

    /// <summary>How many bits the numbers up to one need, at least 1.</summary>
    public static int BitsFor(int largest) => Math.Max(1, 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)largest));

    /// <summary>Writes numbers of so many bits each.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<int> values, int bits)
    {
        // What is packed is a multiple of eight but for the end, so a run gives away what fills up a group.
        var packed = 0;
        for (var i = 0; i < values.Length; )
        {
            var run = i + 1;
            while (run < values.Length && values[run] == values[i])
                run++;
            var literals = i - packed;
            var missing = (Group - literals % Group) % Group;
            if (run - i - missing < Group)
            {
                i = run;
                continue;
            }
            i += missing;
            Pack(output, values[packed..i], bits);
            Repeat(output, values[i], run - i, bits);
            packed = i = run;
        }
        Pack(output, values[packed..], bits);
    }

    private static void Repeat(IBufferWriter<byte> output, int value, int count, int bits)
    {
        VarInt(output, (uint)count << 1);
        for (var left = bits; left > 0; left -= 8, value >>= 8)
            Byte(output, (byte)value);
    }

    private static void Pack(IBufferWriter<byte> output, ReadOnlySpan<int> values, int bits)
    {
        if (values.IsEmpty)
            return;
        var groups = (values.Length + Group - 1) / Group;
        VarInt(output, ((uint)groups << 1) | 1);
        var (pending, held) = (0UL, 0);
        for (var i = 0; i < groups * Group; i++)
        {
            pending |= (ulong)(uint)(i < values.Length ? values[i] : 0) << held;
            for (held += bits; held >= 8; held -= 8, pending >>= 8)
                Byte(output, (byte)pending);
        }
    }

    private static void VarInt(IBufferWriter<byte> output, uint value)
    {
        for (; value > 0x7F; value >>= 7)
            Byte(output, (byte)(value | 0x80));
        Byte(output, (byte)value);
    }

    private static void Byte(IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
