using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics;

/// <summary>Numbers names as they come. Names are kept as their UTF-8 bytes in one array, so that a million of them are no million objects.</summary>
/// <param name="seed">Any number, of which no result depends. One that nobody can guess keeps a table from being written whose names
/// all meet in one slot.</param>
internal sealed class NameTable(ulong seed = 0)
{
    private const int Together = 32;

    private byte[] bytes = new byte[256];
    private int[] starts = new int[17];
    private ulong[]? slots; // high half of the hash, then 1 + id; 0 is free; the length is a power of two
    private int touched; // of no meaning; so that reading ahead is not taken for nothing

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => bytes.AsSpan(starts[id], starts[id + 1] - starts[id]);
    }

    /// <summary>The names from one id up to another, in one row.</summary>
    public ReadOnlySpan<byte> Row(int from, int to) => bytes.AsSpan(starts[from]..starts[to]);

    /// <summary>Adds a name that is known to be new, without looking.</summary>
    /// <exception cref="OverflowException">All names together have more bytes than an array.</exception>
    public int Append(ReadOnlySpan<byte> name)
    {
        var start = starts[Count];
        var end = checked(start + name.Length);
        if (end > bytes.Length)
            Array.Resize(ref bytes, Grown(bytes.Length, end));
        name.CopyTo(bytes.AsSpan(start));
        if (Count + 2 > starts.Length)
            Array.Resize(ref starts, Grown(starts.Length, Count + 2));
        starts[Count + 1] = end;
        if (slots is not null)
            Enter(Hash(name), Count);
        return Count++;
    }

    /// <summary>The id of a name, a new one where it is new.</summary>
    /// <exception cref="OverflowException">All names together have more bytes than an array.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Intern(ReadOnlySpan<byte> name)
    {
        if (slots is null)
            EnterAll(64);
        return Intern(name, Hash(name));
    }

    /// <summary>The ids of many names, as one by one. Of a large table every look is a cache miss or three; here those of several
    /// names are waited for together.</summary>
    /// <param name="names">The names.</param>
    /// <param name="nameStarts">Where each begins, and the last ends.</param>
    /// <param name="ids">Takes the ids.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Intern(ReadOnlySpan<byte> names, ReadOnlySpan<int> nameStarts, Span<int> ids)
    {
        if (slots is null)
            EnterAll(64);
        Span<ulong> hashes = stackalloc ulong[Together];
        Span<int> at = stackalloc int[Together];
        for (var from = 0; from < ids.Length; from += Together)
        {
            var count = Math.Min(Together, ids.Length - from);
            for (var i = 0; i < count; i++)
                hashes[i] = Hash(names[nameStarts[from + i]..nameStarts[from + i + 1]]);
            var table = slots!;
            for (var i = 0; i < count; i++)
                at[i] = (int)(uint)table[(uint)hashes[i] & (uint)(table.Length - 1)];
            for (var i = 0; i < count; i++)
                at[i] = starts[Math.Max(at[i] - 1, 0)];
            for (var i = 0; i < count; i++)
                touched += bytes[Math.Min(at[i], bytes.Length - 1)];
            for (var i = 0; i < count; i++)
                ids[from + i] = Intern(names[nameStarts[from + i]..nameStarts[from + i + 1]], hashes[i]);
        }
    }

    /// <summary>The id here of each name of another table.</summary>
    public int[] InternAll(NameTable other)
    {
        var ids = new int[other.Count];
        Intern(other.bytes, other.starts, ids);
        return ids;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Intern(ReadOnlySpan<byte> name, ulong hash)
    {
        var table = slots!;
        var high = (uint)(hash >> 32);
        for (var slot = (uint)hash & (uint)(table.Length - 1); ; slot = (slot + 1) & (uint)(table.Length - 1))
        {
            var entry = table[slot];
            if (entry == 0)
                return Append(name);
            if ((uint)(entry >> 32) == high && this[(int)(uint)entry - 1].SequenceEqual(name))
                return (int)(uint)entry - 1;
        }
    }

    private void Enter(ulong hash, int id)
    {
        if (2L * (id + 1) > slots!.Length)
        {
            EnterAll(4 * slots.Length);
        }
        var slot = (uint)hash & (uint)(slots.Length - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (uint)(slots.Length - 1);
        slots[slot] = (hash >> 32 << 32) | (uint)(id + 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EnterAll(int size)
    {
        while (size < 2L * Count)
            size = checked(2 * size);
        slots = new ulong[size];
        for (var id = 0; id < Count; id++)
        {
            var hash = Hash(this[id]);
            var slot = (uint)hash & (uint)(size - 1);
            while (slots[slot] != 0)
                slot = (slot + 1) & (uint)(size - 1);
            slots[slot] = (hash >> 32 << 32) | (uint)(id + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Hash(ReadOnlySpan<byte> name)
    {
        var hash = seed ^ ((ulong)name.Length * 0xBF58476D1CE4E5B9);
        while (name.Length > sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name), 0x94D049BB133111EB);
            name = name[sizeof(ulong)..];
        }
        ulong tail = 0;
        if (name.Length >= sizeof(uint))
            tail =
                BinaryPrimitives.ReadUInt32LittleEndian(name)
                | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(name[^sizeof(uint)..]) << 32;
        else if (name.Length > 0)
            tail = name[0] | (uint)name[name.Length / 2] << 8 | (uint)name[^1] << 16;
        return Mix(hash ^ tail, 0x9E3779B97F4A7C15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }

    private static int Grown(int length, int needed) => (int)Math.Max(needed, Math.Min(2L * length, Array.MaxLength));
}
