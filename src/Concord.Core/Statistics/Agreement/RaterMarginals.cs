using System.Runtime.InteropServices;

namespace Concord.Core.Statistics.Agreement;

/// <summary>How each rater uses the categories, and the disagreement by chance of raters who keep to that.</summary>
/// <remarks>Raters with equal counts are one pattern, and no rater has more entries than ratings, so a million raters with a rating each are a small table.</remarks>
internal sealed class RaterMarginals
{
    private readonly int[] patternOfRater;
    private readonly Dictionary<int, double>[] excess; // by pattern of rater and category

    public RaterMarginals(Ratings ratings, AgreementWeights weights)
    {
        double raters = ratings.Raters.Count;
        double items = ratings.Items.Count;
        var table = Collapse(ratings, out patternOfRater);
        var multiplicities = table.Unsorted().Multiplicities;
        int[] order = [.. Enumerable.Range(0, table.Count)];
        Array.Sort(order, (a, b) => table.At(a).SequenceCompareTo(table.At(b)));

        var total = new double[ratings.Categories.Count];
        foreach (var pattern in order)
        {
            var counts = new PatternCounts(table.At(pattern));
            var size = Size(counts);
            foreach (var (category, count) in counts)
                total[category] += multiplicities[pattern] * (count / size);
        }

        var against = WeightedSample.Against(weights, total);
        for (var c = 0; c < total.Length; c++)
            Chance += total[c] * against[c];
        excess = new Dictionary<int, double>[table.Count];
        foreach (var pattern in order)
        {
            var counts = new PatternCounts(table.At(pattern));
            var size = Size(counts);
            var ofCategory = new Dictionary<int, double>(counts.Length);
            double own = 0;
            double mean = 0;
            foreach (var (category, count) in counts)
            {
                var self = weights.IsIdentity ? (size - count) / size : 0;
                if (!weights.IsIdentity)
                    foreach (var (other, times) in counts)
                        self += weights.Disagreement(category, other) * times / size;
                own += count / size * self;
                ofCategory[category] = against[category] - self;
                mean += count / size * ofCategory[category];
            }
            Chance -= multiplicities[pattern] * own;
            foreach (var (category, _) in counts)
                ofCategory[category] = items / size * (ofCategory[category] - mean) / (raters * (raters - 1));
            excess[pattern] = ofCategory;
        }
        Chance /= raters * (raters - 1);
    }

    /// <summary>Chance disagreement: the mean over pairs of different raters.</summary>
    public double Chance { get; }

    /// <summary>What one rating of an item adds to chance disagreement beyond what its rater adds anyway.</summary>
    public double Excess(int rater, int category) => excess[patternOfRater[rater]][category];

    private static double Size(PatternCounts counts)
    {
        double size = 0;
        foreach (var (_, count) in counts)
            size += count;
        return size;
    }

    private static PatternTable Collapse(Ratings ratings, out int[] patternOfRater)
    {
        var table = new PatternTable();
        var order = ratings.CategoryOf.ToArray();
        Array.Sort(ratings.RaterOf.ToArray(), order);
        patternOfRater = new int[ratings.Raters.Count];
        var sizes = new int[ratings.Raters.Count];
        foreach (var rater in ratings.RaterOf)
            sizes[rater]++;
        List<int> pattern = [];
        for (int rater = 0, start = 0; rater < sizes.Length; start += sizes[rater++])
        {
            Array.Sort(order, start, sizes[rater]);
            pattern.Clear();
            for (int from = start, to; from < start + sizes[rater]; from = to)
            {
                for (to = from + 1; to < start + sizes[rater] && order[to] == order[from]; )
                    to++;
                pattern.Add(order[from]);
                pattern.Add(to - from);
            }
            patternOfRater[rater] = table.Add(CollectionsMarshal.AsSpan(pattern));
        }
        return table;
    }
}
