using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Concord.Core;

namespace Concord.Pipeline.Csv;

/// <summary>Numbers byte strings in the order of their first sight: a hash table without an object an entry.</summary>
internal sealed class PlainOutputs
{
    // Another one each time, so that nobody can write a file whose names all meet in one slot; no result depends on it.
    private readonly ulong _seed = (ulong)Random.Shared.NextInt64();
    private readonly List<byte> _bytes = [];
    private readonly List<int> _starts = [0];
    private int[] _slots = new int[256]; // 1 + number, 0 is free; the length is a power of two

    /// <summary>The number of a byte string.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="slot">Where <see cref="Add"/> puts it.</param>
    /// <returns>The number; null where it is new.</returns>
    [MethodImpl(Hot.Loop)]
    public int? Find(ReadOnlySpan<byte> text, out int slot)
    {
        slot = (int)(Hash(text) >> 33) & (_slots.Length - 1);
        while (_slots[slot] > 0)
        {
            if (At(_slots[slot] - 1).SequenceEqual(text))
                return _slots[slot] - 1;
            slot = (slot + 1) & (_slots.Length - 1);
        }
        return null;
    }

    /// <summary>Adds what <see cref="Find"/> did not find, as the next number.</summary>
    public void Add(ReadOnlySpan<byte> text, int slot)
    {
        _bytes.AddRange(text);
        _starts.Add(_bytes.Count);
        _slots[slot] = _starts.Count - 1;
        if (2 * _starts.Count <= _slots.Length)
            return;
        _slots = new int[2 * _slots.Length];
        for (var number = 0; number < _starts.Count - 1; number++)
        {
            Find(At(number), out var free);
            _slots[free] = number + 1;
        }
    }

    private ReadOnlySpan<byte> At(int number) => CollectionsMarshal.AsSpan(_bytes)[_starts[number].._starts[number + 1]];

    private ulong Hash(ReadOnlySpan<byte> text)
    {
        const ulong Odd = 0x9E3779B97F4A7C15;
        var hash = _seed ^ (ulong)text.Length;
        for (; text.Length >= sizeof(ulong); text = text[sizeof(ulong)..])
            hash = Mixed(hash ^ MemoryMarshal.Read<ulong>(text));
        ulong rest = 0;
        foreach (var b in text)
            rest = rest << 8 | b;
        return Mixed(hash ^ rest);

        static ulong Mixed(ulong value)
        {
            var high = Math.BigMul(value, Odd, out var low);
            return high ^ low;
        }
    }
}
