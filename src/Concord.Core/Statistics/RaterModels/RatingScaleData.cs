using System.Runtime.InteropServices;

namespace Concord.Core.Statistics.RaterModels;

/// <summary>What of a table tells raters apart in a rating-scale model: items on which not all grades are the lowest or the highest, by
/// raters of whom the same holds. Taking one out can make another so; what is left is the same in any order.</summary>
internal sealed class RatingScaleData
{
    /// <summary>More distinct grades than this are no rating scale.</summary>
    public const int MostCategories = 21;

    private const double MostMemory = 5e7; // numbers

    private readonly List<int> starts = [0];
    private readonly List<int> raterOf = [];
    private readonly List<int> scoreOf = [];
    private readonly List<int> groupOf = [];
    private readonly List<RatingScaleGroup> groups = [];

    private RatingScaleData(Ratings ratings)
    {
        Raters = ratings.Raters.Count;
        WhyLeftOut = new string?[Raters];
        ScoreOfCategory = new int[ratings.Categories.Count];
        var itemOut = new bool[ratings.Items.Count];
        while (Reduce(ratings, itemOut)) { }
        Collect(ratings, itemOut);
    }

    public int Raters { get; }

    /// <summary>For each rater why they have no place in the model; null for those who have.</summary>
    public string?[] WhyLeftOut { get; }

    /// <summary>The categories that are left, numbered from 0; −1 for those that are not.</summary>
    public int[] ScoreOfCategory { get; }

    /// <summary>The highest score.</summary>
    public int Top { get; private set; }

    public int Items => starts.Count - 1;

    /// <summary>Items with the same raters and the same total have the same conditional distribution.</summary>
    public IReadOnlyList<RatingScaleGroup> Groups => groups;

    public int GroupOf(int item) => groupOf[item];

    public ReadOnlySpan<int> RatersOf(int item) => CollectionsMarshal.AsSpan(raterOf)[starts[item]..starts[item + 1]];

    public ReadOnlySpan<int> ScoresOf(int item) => CollectionsMarshal.AsSpan(scoreOf)[starts[item]..starts[item + 1]];

    public static RatingScaleData? Of(Ratings ratings, double mostWork, out string? why)
    {
        why =
            ratings.Count == 0 ? "There are no ratings."
            : ratings.CategoryValues is null ? "Some categories are not numbers, so they are no scale."
            : ratings.Categories.Count > MostCategories
                ? $"There are more than {MostCategories} distinct grades, too many for a rating scale."
            : null;
        if (why is not null)
            return null;
        var data = new RatingScaleData(ratings);
        if (data.Items == 0)
            why = "No item has several ratings that are neither all lowest nor all highest.";
        else if (data.IsBeyondReach(mostWork))
            why = "Items have too many ratings by too many combinations of raters for the rating-scale model to be computed.";
        return why is null ? data : null;
    }

    /// <summary>For each rater the first of those they share items with, directly or through others: only within such a part do
    /// severities have a common zero.</summary>
    public int[] Parts()
    {
        var parts = new DisjointSets(Raters);
        foreach (var group in groups)
        {
            var raters = RatersOf(group.First);
            for (var i = 1; i < raters.Length; i++)
                parts.Join(raters[0], raters[i]);
        }
        return [.. Enumerable.Range(0, Raters).Select(parts.First)];
    }

    private bool IsBeyondReach(double mostWork)
    {
        double work = 0;
        double memory = 0;
        foreach (var group in groups)
        {
            double table = (double)RatersOf(group.First).Length * (group.Total + 1);
            memory = Math.Max(memory, table);
            work += table * (Top + 1);
        }
        return memory > MostMemory || work > mostWork;
    }

    private bool Reduce(Ratings ratings, bool[] itemOut)
    {
        bool IsIn(int row) => !itemOut[ratings.ItemOf[row]] && WhyLeftOut[ratings.RaterOf[row]] is null;

        Array.Fill(ScoreOfCategory, -1);
        for (var row = 0; row < ratings.Count; row++)
        {
            if (IsIn(row))
                ScoreOfCategory[ratings.CategoryOf[row]] = 0;
        }
        var used = 0;
        for (var category = 0; category < ScoreOfCategory.Length; category++)
        {
            if (ScoreOfCategory[category] == 0)
                ScoreOfCategory[category] = used++;
        }
        Top = used - 1;

        var changed = false;
        for (var item = 0; item < itemOut.Length; item++)
        {
            if (itemOut[item])
                continue;
            var (count, total) = (0, 0L);
            for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
            {
                if (!IsIn(row))
                    continue;
                count++;
                total += ScoreOfCategory[ratings.CategoryOf[row]];
            }
            if (count < 2 || total == 0 || total == (long)count * Top)
                changed = itemOut[item] = true;
        }

        var counts = new int[Raters];
        var totals = new long[Raters];
        for (var row = 0; row < ratings.Count; row++)
        {
            if (!IsIn(row))
                continue;
            counts[ratings.RaterOf[row]]++;
            totals[ratings.RaterOf[row]] += ScoreOfCategory[ratings.CategoryOf[row]];
        }
        for (var rater = 0; rater < Raters; rater++)
        {
            if (WhyLeftOut[rater] is not null)
                continue;
            WhyLeftOut[rater] =
                counts[rater] == 0
                    ? "The rater shares no item with others on which the grades are neither all lowest nor all highest."
                : totals[rater] == 0 ? "Where grades differ, the rater always gave the lowest."
                : totals[rater] == (long)counts[rater] * Top ? "Where grades differ, the rater always gave the highest."
                : null;
            changed |= WhyLeftOut[rater] is not null;
        }
        return changed;
    }

    private void Collect(Ratings ratings, bool[] itemOut)
    {
        var known = new Dictionary<int, int>(new SameRatersAndTotal(this));
        for (var item = 0; item < itemOut.Length; item++)
        {
            if (itemOut[item])
                continue;
            for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
            {
                if (WhyLeftOut[ratings.RaterOf[row]] is not null)
                    continue;
                raterOf.Add(ratings.RaterOf[row]);
                scoreOf.Add(ScoreOfCategory[ratings.CategoryOf[row]]);
            }
            starts.Add(raterOf.Count);
            var index = Items - 1;
            if (known.TryGetValue(index, out var group))
            {
                groups[group] = groups[group] with { Items = groups[group].Items + 1 };
            }
            else
            {
                known.Add(index, group = groups.Count);
                groups.Add(new(index, Total(index), 1));
            }
            groupOf.Add(group);
        }
    }

    private int Total(int item)
    {
        var total = 0;
        foreach (var score in ScoresOf(item))
            total += score;
        return total;
    }

    private sealed class SameRatersAndTotal(RatingScaleData data) : IEqualityComparer<int>
    {
        public bool Equals(int a, int b) => data.Total(a) == data.Total(b) && data.RatersOf(a).SequenceEqual(data.RatersOf(b));

        public int GetHashCode(int item)
        {
            var hash = new HashCode();
            hash.Add(data.Total(item));
            foreach (var rater in data.RatersOf(item))
                hash.Add(rater);
            return hash.ToHashCode();
        }
    }
}

/// <summary>Items with the same raters and total.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Total">The sum of its scores.</param>
/// <param name="Items">How many there are.</param>
internal readonly record struct RatingScaleGroup(int First, int Total, int Items);
