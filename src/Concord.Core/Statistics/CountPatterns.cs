using System.Runtime.InteropServices;

namespace Concord.Core.Statistics;

/// <summary>Items collapsed to their distinct count vectors (how often each category was given) with multiplicities.</summary>
/// <remarks>
/// Agreement does not ask who gave which rating, so items with equal counts are one pattern: five ratings over six categories
/// have 252, whatever the number of items. Only items with two or more ratings are kept. Patterns are sorted, so two tables that
/// differ in the names of items or raters alone give the same patterns, to the bit.
/// </remarks>
public sealed class CountPatterns
{
    private readonly int[] starts;
    private readonly int[] entries;
    private readonly int[] multiplicities;
    private readonly int[] sizes;

    private CountPatterns(Ratings ratings, int[] starts, int[] entries, int[] multiplicities)
    {
        (this.starts, this.entries, this.multiplicities) = (starts, entries, multiplicities);
        Categories = ratings.Categories;
        Values = ratings.CategoryValues;
        sizes = new int[multiplicities.Length];
        for (var p = 0; p < sizes.Length; p++)
        {
            foreach (var (_, count) in this[p])
                sizes[p] += count;
            Units += multiplicities[p];
            PairableRatings += (long)multiplicities[p] * sizes[p];
        }
    }

    /// <summary>Items with two or more ratings.</summary>
    public int Units { get; }

    /// <summary>Ratings on items with two or more.</summary>
    public long PairableRatings { get; }

    /// <summary>The number of distinct patterns, at most <see cref="Units"/>.</summary>
    public int Count => multiplicities.Length;

    /// <summary>The categories of the table, those outside every pair included.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The categories as numbers, ascending; null when some category is not a number.</summary>
    public IReadOnlyList<double>? Values { get; }

    /// <summary>For each pattern the number of items that have it, 1 or more.</summary>
    internal ReadOnlySpan<int> Multiplicities => multiplicities;

    /// <summary>For each pattern the number of ratings of an item that has it, 2 or more.</summary>
    internal ReadOnlySpan<int> Sizes => sizes;

    /// <summary>The counts of one pattern by category, ascending, none of them zero.</summary>
    internal PatternCounts this[int pattern] => new(entries.AsSpan(starts[pattern]..starts[pattern + 1]));

    /// <summary>Collapses a table. O(ratings), and O(d log d) for d distinct patterns.</summary>
    public static CountPatterns Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var found = new PatternTable();
        int[] given = [];
        List<int> pattern = [];
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            var (start, end) = (ratings.StartOfItem[item], ratings.StartOfItem[item + 1]);
            var size = end - start;
            if (size < 2)
                continue;
            if (given.Length < size)
                given = new int[Math.Max(size, 2 * given.Length)];
            ratings.CategoryOf[start..end].CopyTo(given);
            var sorted = given.AsSpan(0, size);
            sorted.Sort();
            pattern.Clear();
            for (int from = 0, to; from < size; from = to)
            {
                for (to = from + 1; to < size && sorted[to] == sorted[from]; )
                    to++;
                pattern.Add(sorted[from]);
                pattern.Add(to - from);
            }
            found.Add(CollectionsMarshal.AsSpan(pattern));
        }
        var (starts, entries, multiplicities) = found.Sorted();
        return new CountPatterns(ratings, starts, entries, multiplicities);
    }
}

/// <summary>A sparse count vector: (category, count) pairs laid out one after the other.</summary>
internal readonly ref struct PatternCounts(ReadOnlySpan<int> entries)
{
    private readonly ReadOnlySpan<int> entries = entries;

    public int Length => entries.Length / 2;

    public (int Category, int Count) this[int index] => (entries[2 * index], entries[2 * index + 1]);

    public Enumerator GetEnumerator() => new(this);

    public ref struct Enumerator(PatternCounts counts)
    {
        private readonly PatternCounts counts = counts;
        private int index = -1;

        public readonly (int Category, int Count) Current => counts[index];

        public bool MoveNext() => ++index < counts.Length;
    }
}
