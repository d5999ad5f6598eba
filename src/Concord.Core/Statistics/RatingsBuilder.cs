using System.Runtime.InteropServices;

namespace Concord.Core.Statistics;

/// <summary>Collects ratings in any order and builds the sorted table. Nothing is allocated per rating but its place in the columns.</summary>
/// <param name="allowRepeats">Whether a rater may rate an item repeatedly, each rating counting: for the rater models, which take
/// a rater's readings of an item as independent. Agreement and comparison ask for one rating per item and rater.</param>
public sealed class RatingsBuilder(bool allowRepeats = false)
{
    // An item's first ratings are searched one by one; from here on by hash, so that one item with 100,000 raters stays linear.
    private const int CrowdedFrom = 16;

    private readonly Dictionary<string, int> items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> raters = new(StringComparer.Ordinal);
    private readonly CategoryIndex categories = new();
    private readonly List<int> itemOf = [];
    private readonly List<int> raterOf = [];
    private readonly List<int> categoryOf = [];
    private readonly List<int> previousOfItem = [];
    private readonly List<int> lastOfItem = [];
    private readonly List<int> countOfItem = [];
    private readonly HashSet<(int Item, int Rater)> crowded = [];

    /// <summary>Adds a rating by the name of its category.</summary>
    /// <param name="item">What was rated.</param>
    /// <param name="rater">Who rated it.</param>
    /// <param name="category">The category; a finite number in invariant notation counts as that number when all categories are numbers.</param>
    /// <returns>False, and nothing is added, when the rater already rated the item and repeats are not allowed.</returns>
    public bool TryAdd(string item, string rater, string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        if (!TryClaim(item, rater))
            return false;
        categoryOf.Add(categories.IdOf(category));
        return true;
    }

    /// <summary>Adds a rating that is a number.</summary>
    /// <param name="item">What was rated.</param>
    /// <param name="rater">Who rated it.</param>
    /// <param name="value">The grade, finite.</param>
    /// <returns>False, and nothing is added, when the rater already rated the item and repeats are not allowed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public bool TryAdd(string item, string rater, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A rating is a finite number.");
        if (!TryClaim(item, rater))
            return false;
        categoryOf.Add(categories.IdOf(value));
        return true;
    }

    /// <summary>The table of everything added so far. The builder can be added to and built again.</summary>
    public Ratings Build()
    {
        var (itemNames, itemRank) = Sort(items);
        var (raterNames, raterRank) = Sort(raters);
        var (labels, values, categoryRank) = categories.Sort();

        // Stable counting sorts: by category where a rater's ratings of an item need an order, by rater, and then by item.
        int[]? byCategory = allowRepeats ? Sorted(categoryOf, categoryRank) : null;
        var byRater = new int[itemOf.Count];
        var next = Starts(raterOf, raterRank);
        for (var i = 0; i < byRater.Length; i++)
        {
            var row = byCategory is null ? i : byCategory[i];
            byRater[next[raterRank[raterOf[row]]]++] = row;
        }

        var start = Starts(itemOf, itemRank);
        next = (int[])start.Clone();
        var columns = new RatingColumns(null, new int[byRater.Length], new int[byRater.Length], start);
        foreach (var row in byRater)
        {
            var item = itemRank[itemOf[row]];
            var place = next[item]++;
            columns.RaterOf[place] = raterRank[raterOf[row]];
            columns.CategoryOf[place] = categoryRank[categoryOf[row]];
        }
        return new Ratings(itemNames, raterNames, labels, values, columns);
    }

    // A name new to the tables cannot be a repeated rating, so a refusal never leaves a name behind.
    private bool TryClaim(string item, string rater)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(rater);
        var itemId = Intern(items, item);
        var raterId = Intern(raters, rater);
        if (itemId == lastOfItem.Count)
        {
            lastOfItem.Add(-1);
            countOfItem.Add(0);
        }
        else if (!allowRepeats && HasRated(itemId, raterId))
        {
            return false;
        }

        var row = itemOf.Count;
        itemOf.Add(itemId);
        raterOf.Add(raterId);
        previousOfItem.Add(lastOfItem[itemId]);
        lastOfItem[itemId] = row;
        if (allowRepeats)
            return true;
        var count = ++CollectionsMarshal.AsSpan(countOfItem)[itemId];
        if (count == CrowdedFrom)
        {
            for (; row >= 0; row = previousOfItem[row])
                crowded.Add((itemId, raterOf[row]));
        }
        else if (count > CrowdedFrom)
        {
            crowded.Add((itemId, raterId));
        }
        return true;
    }

    private bool HasRated(int item, int rater)
    {
        if (countOfItem[item] >= CrowdedFrom)
            return crowded.Contains((item, rater));
        for (var row = lastOfItem[item]; row >= 0; row = previousOfItem[row])
        {
            if (raterOf[row] == rater)
                return true;
        }
        return false;
    }

    private static int Intern(Dictionary<string, int> ids, string name)
    {
        var next = ids.Count;
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, name, out var known);
        if (!known)
            id = next;
        return id;
    }

    private static (string[] Names, int[] Rank) Sort(Dictionary<string, int> ids)
    {
        var names = new string[ids.Count];
        var order = new int[ids.Count];
        var rank = new int[ids.Count];
        var sorted = true;
        foreach (var (name, id) in ids)
            (names[id], order[id]) = (name, id);
        for (var i = 1; i < names.Length && sorted; i++)
            sorted = string.CompareOrdinal(names[i - 1], names[i]) < 0;
        if (!sorted)
            Array.Sort(names, order, StringComparer.Ordinal);
        for (var i = 0; i < order.Length; i++)
            rank[order[i]] = i;
        return (names, rank);
    }

    private static int[] Sorted(List<int> column, int[] rank)
    {
        var next = Starts(column, rank);
        var rows = new int[column.Count];
        for (var row = 0; row < rows.Length; row++)
            rows[next[rank[column[row]]]++] = row;
        return rows;
    }

    private static int[] Starts(List<int> column, int[] rank)
    {
        var starts = new int[rank.Length + 1];
        foreach (var id in column)
            starts[rank[id] + 1]++;
        for (var i = 1; i < starts.Length; i++)
            starts[i] += starts[i - 1];
        return starts;
    }
}
