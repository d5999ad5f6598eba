using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics;

/// <summary>Items collapsed to their distinct count vectors (how often each category was given) with multiplicities.</summary>
/// <remarks>
/// Agreement does not ask who gave which rating, so items with equal counts are one pattern: five ratings over six categories
/// have 252, whatever the number of items. Only items with two or more ratings are patterns; those with one are counted by category. Patterns are sorted, so two tables that
/// differ in the names of items or raters alone give the same patterns, to the bit.
/// </remarks>
public sealed class CountPatterns
{
    private readonly int[] starts;
    private readonly int[] entries;
    private readonly int[] multiplicities;
    private readonly int[] sizes;

    private readonly int[] loneRatings;

    private CountPatterns(Ratings ratings, int[] starts, int[] entries, int[] multiplicities)
    {
        (this.starts, this.entries, this.multiplicities) = (starts, entries, multiplicities);
        loneRatings = new int[ratings.Categories.Count];
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            if (ratings.StartOfItem[item + 1] - ratings.StartOfItem[item] != 1)
                continue;
            loneRatings[ratings.CategoryOf[ratings.StartOfItem[item]]]++;
            LoneItems++;
        }
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

    /// <summary>Items with a single rating.</summary>
    public int LoneItems { get; }

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

    /// <summary>For each category the number of items whose single rating it is.</summary>
    internal ReadOnlySpan<int> LoneRatings => loneRatings;

    /// <summary>The counts of one pattern by category, ascending, none of them zero.</summary>
    internal PatternCounts this[int pattern] => new(new(entries, starts[pattern], starts[pattern + 1] - starts[pattern]));

    /// <summary>Collapses a table. O(ratings), and O(d log d) for d distinct patterns.</summary>
    public static CountPatterns Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var (starts, entries, multiplicities) = Collapse(ratings, null).Sorted();
        return new CountPatterns(ratings, starts, entries, multiplicities);
    }

    /// <summary>Collapses a table and says which pattern each item has. Patterns stand in the order of first sight.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="patternOfItem">The pattern of each item; −1 for an item with fewer than two ratings.</param>
    internal static CountPatterns WithItems(Ratings ratings, out int[] patternOfItem)
    {
        patternOfItem = new int[ratings.Items.Count];
        Array.Fill(patternOfItem, -1);
        var (starts, entries, multiplicities) = Collapse(ratings, patternOfItem).Unsorted();
        return new CountPatterns(ratings, starts, entries, multiplicities);
    }

    /// <summary>
    /// Collapses a table together with what is left of each pattern when one of its ratings goes, so that a rater can be
    /// taken out by moving multiplicities. Patterns stand in the order of first sight; the added ones have multiplicity 0.
    /// </summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="patternOfItem">The pattern of each item; −1 for an item with fewer than two ratings.</param>
    /// <param name="less">For each pattern that items have, and each of its categories in turn, the pattern that is left; −1 where fewer than two ratings are.</param>
    internal static CountPatterns WithReductions(Ratings ratings, out int[] patternOfItem, out int[][] less)
    {
        patternOfItem = new int[ratings.Items.Count];
        Array.Fill(patternOfItem, -1);
        var table = Collapse(ratings, patternOfItem);
        var complete = table.Count;
        less = new int[complete][];
        for (var pattern = 0; pattern < complete; pattern++)
        {
            var whole = table.At(pattern).ToArray();
            var size = 0;
            for (var i = 1; i < whole.Length; i += 2)
                size += whole[i];
            less[pattern] = new int[whole.Length / 2];
            for (var i = 0; i < whole.Length; i += 2)
            {
                int[] left =
                    whole[i + 1] == 1
                        ? [.. whole[..i], .. whole[(i + 2)..]]
                        : [.. whole[..(i + 1)], whole[i + 1] - 1, .. whole[(i + 2)..]];
                less[pattern][i / 2] = size > 2 ? table.Intern(left) : -1;
            }
        }
        var (starts, entries, multiplicities) = table.Unsorted();
        return new CountPatterns(ratings, starts, entries, multiplicities);
    }

    [MethodImpl(Hot.Loop)]
    private static PatternTable Collapse(Ratings ratings, int[]? patternOfItem)
    {
        var found = new ItemPatterns(ratings.Categories.Count);
        var starts = ratings.StartOfItem;
        var categoryOf = ratings.CategoryOf;
        for (var item = 0; item < ratings.Items.Count; item++)
        {
            var (start, end) = (starts[item], starts[item + 1]);
            if (end - start < 2)
                continue;
            var index = found.Add(categoryOf[start..end]);
            if (patternOfItem is not null)
                patternOfItem[item] = index;
        }
        return found.Table;
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
