using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Concord.Core.Statistics;

/// <summary>Collapses items to their distinct count vectors, one item after the other.</summary>
/// <param name="categories">The number of categories.</param>
internal sealed class ItemPatterns(int categories)
{
    private readonly PackedCounts packed = new(categories);
    private readonly List<int> pattern = [];
    private int[] given = [];

    /// <summary>The patterns met so far, in the order of first sight, with their multiplicities.</summary>
    public PatternTable Table { get; } = new();

    /// <summary>Counts an item.</summary>
    /// <param name="categoryOf">The categories of its ratings, one or more.</param>
    /// <returns>The index of its pattern.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(ReadOnlySpan<int> categoryOf)
    {
        if (!packed.Fits(categoryOf.Length))
            return Table.Add(Sorted(categoryOf));
        ref var known = ref packed[packed.Key(categoryOf)];
        if (known == 0)
            known = 1 + Table.Intern(Sorted(categoryOf));
        Table.CountOnce(known - 1);
        return known - 1;
    }

    // (category, count) by category.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<int> Sorted(ReadOnlySpan<int> categoryOf)
    {
        if (given.Length < categoryOf.Length)
            given = new int[Math.Max(categoryOf.Length, 2 * given.Length)];
        categoryOf.CopyTo(given);
        var sorted = given.AsSpan(0, categoryOf.Length);
        sorted.Sort();
        pattern.Clear();
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] == sorted[from]; )
                to++;
            pattern.Add(sorted[from]);
            pattern.Add(to - from);
        }
        return CollectionsMarshal.AsSpan(pattern);
    }
}
