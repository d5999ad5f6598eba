using System.Text;

namespace Concord.Core.Statistics;

/// <summary>Who rated what how: a columnar table of items × raters × categories, at most one rating per item and rater unless
/// its builder allowed repeats. Missing ratings are absent rows.</summary>
/// <remarks>Immutable, and a function of the set of ratings alone: the order in which they were added leaves no trace.
/// Made by <see cref="RatingsBuilder"/>.</remarks>
public sealed class Ratings
{
    private readonly int[] raterOf;
    private readonly int[] categoryOf;
    private readonly int[] startOfItem;
    private int[]? itemOf;

    internal Ratings(
        IReadOnlyList<string> items,
        IReadOnlyList<string> raters,
        string[] categories,
        double[]? categoryValues,
        RatingColumns columns
    )
    {
        Items = items;
        Raters = raters;
        Categories = categories;
        CategoryValues = categoryValues;
        (itemOf, raterOf, categoryOf, startOfItem) = columns;
    }

    /// <summary>The items that have a rating, in ordinal order.</summary>
    public IReadOnlyList<string> Items { get; }

    /// <summary>The raters who gave a rating, in ordinal order.</summary>
    public IReadOnlyList<string> Raters { get; }

    /// <summary>The categories in use: in numeric order and plain notation when all are numbers, so that "1" and "1.0" are one category; else in ordinal order.</summary>
    public IReadOnlyList<string> Categories { get; }

    /// <summary>The categories as finite numbers, ascending; null when some category is not a number.</summary>
    public IReadOnlyList<double>? CategoryValues { get; }

    /// <summary>The number of ratings.</summary>
    public int Count => raterOf.Length;

    /// <summary>For each rating the index of its item. Ratings are sorted by item, then rater, then category.</summary>
    public ReadOnlySpan<int> ItemOf => itemOf ??= Spread(startOfItem);

    /// <summary>For each rating the index of its rater.</summary>
    public ReadOnlySpan<int> RaterOf => raterOf;

    /// <summary>For each rating the index of its category.</summary>
    public ReadOnlySpan<int> CategoryOf => categoryOf;

    /// <summary>Where each item's ratings start: those of item i are <c>StartOfItem[i]</c> up to, not including, <c>StartOfItem[i + 1]</c>.
    /// One entry more than there are items.</summary>
    public ReadOnlySpan<int> StartOfItem => startOfItem;

    /// <summary>The name of an item as UTF-8, without making a string where the table was read from bytes.</summary>
    /// <param name="item">Index into <see cref="Items"/>.</param>
    public ReadOnlySpan<byte> Utf8ItemName(int item) =>
        Items is Utf8Names names ? names.Bytes(item) : Encoding.UTF8.GetBytes(Items[item]);

    // Made when first asked for: agreement and summaries of items do without, and it is as large as either other column.
    private static int[] Spread(int[] startOfItem)
    {
        var itemOf = new int[startOfItem[^1]];
        for (var item = 0; item + 1 < startOfItem.Length; item++)
            itemOf.AsSpan(startOfItem[item]..startOfItem[item + 1]).Fill(item);
        return itemOf;
    }
}

/// <param name="ItemOf">Null where it is not known yet; it follows from the starts.</param>
/// <param name="RaterOf">By rating.</param>
/// <param name="CategoryOf">By rating.</param>
/// <param name="StartOfItem">By item, and the end.</param>
internal readonly record struct RatingColumns(int[]? ItemOf, int[] RaterOf, int[] CategoryOf, int[] StartOfItem);
