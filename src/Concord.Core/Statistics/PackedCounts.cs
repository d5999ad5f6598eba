using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics;

/// <summary>A hash table of count vectors that fit into 64 bits, a few bits for each category, so that an item's pattern is found without sorting its ratings.</summary>
/// <param name="categories">The number of categories.</param>
internal sealed class PackedCounts(int categories)
{
    private readonly int bits = categories == 0 ? 0 : 64 / categories;
    private ulong[] keys = new ulong[64]; // 0 is free; the length is a power of two
    private int[] values = new int[64];
    private int count;

    /// <summary>Whether the counts of so many ratings fit.</summary>
    public bool Fits(int ratings) => ratings > 0 && (bits > 30 ? categories > 0 : ratings < 1 << bits);

    /// <summary>The counts of an item's ratings, never 0. They must fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Key(ReadOnlySpan<int> categoryOf)
    {
        ulong key = 0;
        foreach (var category in categoryOf)
            key += 1UL << (category * bits);
        return key;
    }

    /// <summary>The place of what is kept for a key; 0 in it where the key is new.</summary>
    public ref int this[ulong key]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var slot = Slot(key, keys.Length);
            while (keys[slot] != key && keys[slot] != 0)
                slot = (slot + 1) & (keys.Length - 1);
            if (keys[slot] == 0)
                slot = Enter(key, slot);
            return ref values[slot];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Enter(ulong key, int slot)
    {
        if (2 * ++count > keys.Length)
        {
            var (oldKeys, oldValues) = (keys, values);
            (keys, values) = (new ulong[2 * oldKeys.Length], new int[2 * oldKeys.Length]);
            for (var i = 0; i < oldKeys.Length; i++)
            {
                if (oldKeys[i] == 0)
                    continue;
                var place = Free(oldKeys[i]);
                (keys[place], values[place]) = (oldKeys[i], oldValues[i]);
            }
            slot = Free(key);
        }
        keys[slot] = key;
        return slot;
    }

    private int Free(ulong key)
    {
        var slot = Slot(key, keys.Length);
        while (keys[slot] != 0)
            slot = (slot + 1) & (keys.Length - 1);
        return slot;
    }

    private static int Slot(ulong key, int length) => (int)((key ^ (key >> 29)) * 0x9E3779B97F4A7C15 >> 33) & (length - 1);
}
