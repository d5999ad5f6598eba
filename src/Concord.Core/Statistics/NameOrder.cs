using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics;

/// <summary>The ordinal order of strings, asked of their UTF-8 bytes.</summary>
/// <remarks>
/// It is the order of the bytes but for one thing: in UTF-16 the surrogates of characters beyond U+FFFF (lead bytes F0 and up)
/// come before U+E000 to U+FFFF (lead bytes EE and EF). Two names first differ in two lead bytes or in two that are none.
/// </remarks>
internal static class NameOrder
{
    public static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var same = a.CommonPrefixLength(b);
        return same == a.Length || same == b.Length ? a.Length.CompareTo(b.Length) : Weight(a[same]).CompareTo(Weight(b[same]));
    }

    /// <summary>The ids of a table in the order of their names, which are distinct.</summary>
    public static int[] Of(NameTable names)
    {
        var order = new int[names.Count];
        var sorted = true;
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            sorted = sorted && (i == 0 || Compare(names[i - 1], names[i]) < 0);
        }
        if (!sorted)
            Sort(names, order);
        return order;
    }

    // By eight bytes after what all names begin with, as numbers; only names that are equal in these are compared in full.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(NameTable names, int[] order)
    {
        var shared = names[0].Length;
        for (var i = 1; i < order.Length; i++)
            shared = Math.Min(shared, names[0][..shared].CommonPrefixLength(names[i]));
        var keys = new ulong[order.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = Key(names[i][shared..]);
        Array.Sort(keys, order);
        for (int from = 0, to; from < keys.Length; from = to)
        {
            for (to = from + 1; to < keys.Length && keys[to] == keys[from]; )
                to++;
            if (to - from > 1)
                order.AsSpan(from..to).Sort((a, b) => Compare(names[a], names[b]));
        }
    }

    private static ulong Key(ReadOnlySpan<byte> name)
    {
        Span<byte> first = stackalloc byte[sizeof(ulong)];
        first.Clear();
        for (var i = 0; i < Math.Min(name.Length, first.Length); i++)
            first[i] = Weight(name[i]);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    // FE and FF do not occur in UTF-8.
    private static byte Weight(byte b) => b is 0xEE or 0xEF ? (byte)(b + 0x10) : b;
}
