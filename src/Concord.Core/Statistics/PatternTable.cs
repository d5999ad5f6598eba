using System.Runtime.InteropServices;

namespace Concord.Core.Statistics;

/// <summary>A hash table of int sequences with their multiplicities, laid out in one flat list.</summary>
internal sealed class PatternTable
{
    private readonly List<int> starts = [0];
    private readonly List<int> entries = [];
    private readonly List<int> multiplicities = [];
    private int[] slots = new int[64]; // 1 + pattern, 0 is free; the length is a power of two

    public int Count => multiplicities.Count;

    /// <summary>Counts a sequence once more.</summary>
    /// <returns>Its index in the order of first sight.</returns>
    public int Add(ReadOnlySpan<int> pattern)
    {
        var index = Intern(pattern);
        CollectionsMarshal.AsSpan(multiplicities)[index]++;
        return index;
    }

    /// <summary>Counts once more a sequence whose index is known.</summary>
    public void CountOnce(int index) => CollectionsMarshal.AsSpan(multiplicities)[index]++;

    /// <summary>The index of a sequence, which need not have been counted yet.</summary>
    public int Intern(ReadOnlySpan<int> pattern)
    {
        var slot = Find(pattern);
        if (slots[slot] > 0)
            return slots[slot] - 1;
        entries.AddRange(pattern);
        starts.Add(entries.Count);
        multiplicities.Add(0);
        slots[slot] = multiplicities.Count;
        if (2 * multiplicities.Count > slots.Length)
            Grow();
        return multiplicities.Count - 1;
    }

    /// <summary>The sequences in the order of first sight, laid out as by <see cref="Sorted"/>.</summary>
    public (int[] Starts, int[] Entries, int[] Multiplicities) Unsorted() => ([.. starts], [.. entries], [.. multiplicities]);

    /// <summary>The sequences in lexicographic order: where each starts (one entry more than there are), all of them in a row, their multiplicities.</summary>
    public (int[] Starts, int[] Entries, int[] Multiplicities) Sorted()
    {
        var order = new int[multiplicities.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (a, b) => At(a).SequenceCompareTo(At(b)));

        var (sortedStarts, sortedEntries) = (new int[order.Length + 1], new int[entries.Count]);
        for (var i = 0; i < order.Length; i++)
        {
            var pattern = At(order[i]);
            pattern.CopyTo(sortedEntries.AsSpan(sortedStarts[i]));
            sortedStarts[i + 1] = sortedStarts[i] + pattern.Length;
        }
        return (sortedStarts, sortedEntries, Array.ConvertAll(order, i => multiplicities[i]));
    }

    public ReadOnlySpan<int> At(int pattern) => CollectionsMarshal.AsSpan(entries)[starts[pattern]..starts[pattern + 1]];

    private int Find(ReadOnlySpan<int> pattern)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var entry in pattern)
            hash = (hash ^ (uint)entry) * 0x9E3779B97F4A7C15UL;
        var slot = (int)(hash >> 33) & (slots.Length - 1);
        while (slots[slot] > 0 && !At(slots[slot] - 1).SequenceEqual(pattern))
            slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        slots = new int[2 * slots.Length];
        for (var pattern = 0; pattern < multiplicities.Count; pattern++)
            slots[Find(At(pattern))] = pattern + 1;
    }
}
