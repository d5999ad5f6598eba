using System.Runtime.CompilerServices;

namespace Concord.Core.Statistics.Summary;

/// <summary>The ratings of an item in a few numbers, in the unit of the grades.</summary>
/// <param name="N">Number of ratings, 1 or more.</param>
/// <param name="Median">By <see cref="Summary.Median"/>; null where some category of the table is not a number, as are the others.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="Sd">The sample standard deviation; null also for a single rating.</param>
/// <param name="Min">The lowest rating.</param>
/// <param name="Max">The highest rating.</param>
public sealed record ItemSummary(int N, double? Median, double? Mean, double? Sd, double? Min, double? Max);

/// <summary>Each item's ratings in a few numbers, computed once for all items that were rated alike: five ratings on six categories have 252 ways to fall.</summary>
public sealed class ItemSummaries
{
    private readonly int[] summaryOfItem;

    private ItemSummaries(ItemSummary[] distinct, int[] summaryOfItem) =>
        (Distinct, this.summaryOfItem) = (distinct, summaryOfItem);

    /// <summary>The summaries that occur, one for each way in which an item was rated.</summary>
    public IReadOnlyList<ItemSummary> Distinct { get; }

    /// <summary>For each item the index of its summary in <see cref="Distinct"/>.</summary>
    public ReadOnlySpan<int> SummaryOfItem => summaryOfItem;

    /// <summary>The summary of an item.</summary>
    /// <param name="item">Index into <see cref="Ratings.Items"/>.</param>
    public ItemSummary this[int item] => Distinct[summaryOfItem[item]];

    /// <summary>Summarises every item of a table. O(ratings), and O(d log d) for d distinct ways to be rated.</summary>
    public static ItemSummaries Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var (patterns, patternOfItem) = Collapse(ratings);
        var distinct = new ItemSummary[patterns.Count];
        for (var p = 0; p < distinct.Length; p++)
            distinct[p] = Summarise(patterns.At(p), ratings.CategoryValues);
        return new(distinct, patternOfItem);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (PatternTable Patterns, int[] PatternOfItem) Collapse(Ratings ratings)
    {
        var patterns = new ItemPatterns(ratings.Categories.Count);
        var patternOfItem = new int[ratings.Items.Count];
        var starts = ratings.StartOfItem;
        var categoryOf = ratings.CategoryOf;
        for (var item = 0; item < patternOfItem.Length; item++)
            patternOfItem[item] = patterns.Add(categoryOf[starts[item]..starts[item + 1]]);
        return (patterns.Table, patternOfItem);
    }

    // Ascending, so that equal sets of ratings have equal sums to the last bit.
    private static ItemSummary Summarise(ReadOnlySpan<int> pattern, IReadOnlyList<double>? values)
    {
        var n = 0;
        for (var i = 1; i < pattern.Length; i += 2)
            n += pattern[i];
        if (values is null)
            return new(n, null, null, null, null, null);
        var given = new double[n];
        for (int i = 0, at = 0; i < pattern.Length; at += pattern[i + 1], i += 2)
            given.AsSpan(at, pattern[i + 1]).Fill(values[pattern[i]]);
        return new(n, Median.Of(given), Mean.Of(given), Spread.StandardDeviation(given), given[0], given[^1]);
    }
}
