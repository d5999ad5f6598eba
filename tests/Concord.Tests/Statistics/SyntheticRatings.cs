using System.Globalization;
using Concord.Core.Statistics;

namespace Concord.Tests.Statistics;

/// <summary>Made-up grades whose every bit is fixed by a seed: integer arithmetic only, so that any language makes the same file.</summary>
/// <param name="Items">Number of items.</param>
/// <param name="PerItem">Ratings of an item before some are dropped.</param>
/// <param name="Raters">Number of raters, at least 40 (PerItem − 1).</param>
/// <param name="Seed">The seed.</param>
/// <param name="Missing">Share of ratings that are dropped, in 1/10000.</param>
internal sealed record SyntheticRatings(int Items, int PerItem = 5, int Raters = 200, ulong Seed = 1, ulong Missing = 0)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private static readonly ulong[] Thresholds = [500, 1500, 3500, 6500, 9000];

    public IEnumerable<(int Item, int Rater, int Grade)> Rows()
    {
        var raters = Enumerable.Range(0, Raters).Select(Rater).ToArray();
        for (var item = 0; item < Items; item++)
        {
            var truth = Truth(item);
            var first = Hash(4, (ulong)item) % (ulong)Raters;
            var stride = 1 + Hash(5, (ulong)item) % 39;
            for (var slot = 0; slot < PerItem; slot++)
            {
                var rating = (ulong)item * (ulong)PerItem + (ulong)slot;
                if (Hash(9, rating) % 10000 < Missing)
                    continue;
                var rater = (int)((first + (ulong)slot * stride) % (ulong)Raters);
                yield return (item, rater, Grade(rating, truth, raters[rater], isSpammer: rater % 20 == 19));
            }
        }
    }

    public Ratings Ratings()
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, grade) in Rows())
            builder.TryAdd(string.Create(CultureInfo.InvariantCulture, $"i{item:D7}"), $"r{rater:D3}", (double)grade);
        return builder.Build();
    }

    /// <summary>The true grade of each item, in order.</summary>
    public int[] Truths() => [.. Enumerable.Range(0, Items).Select(Truth)];

    public string Csv()
    {
        using var csv = new StringWriter();
        WriteCsv(csv);
        return csv.ToString();
    }

    public void WriteCsv(TextWriter csv)
    {
        csv.Write("item,rater,dimension,grade\n");
        foreach (var (item, rater, grade) in Rows())
            csv.Write(string.Create(CultureInfo.InvariantCulture, $"i{item:D7},r{rater:D3},quality,{grade}\n"));
    }

    /// <summary>The grade that a rater gives an item where every rater grades every item.</summary>
    public int GradeOf(int item, int rater) =>
        Grade((ulong)item * (ulong)Raters + (ulong)rater, Truth(item), Rater(rater), isSpammer: rater % 20 == 19);

    private (ulong Accuracy, int Severity) Rater(int rater) =>
        (5000 + Hash(1, (ulong)rater) % 4000, new[] { -1, 0, 0, 0, 1 }[Hash(2, (ulong)rater) % 5]);

    private int Truth(int item)
    {
        var u = Hash(3, (ulong)item) % 10000;
        return Thresholds.Count(threshold => threshold <= u);
    }

    private int Grade(ulong rating, int truth, (ulong Accuracy, int Severity) rater, bool isSpammer)
    {
        if (isSpammer)
            return (int)(Hash(8, rating) % 6);
        var e = Hash(6, rating);
        var size = (e >> 33) % 5 == 0 ? 2 : 1;
        var noise =
            e % 10000 < rater.Accuracy ? 0
            : (e >> 32 & 1) == 1 ? size
            : -size;
        var shift = Hash(7, rating) % 10000 < 3000 ? rater.Severity : 0;
        return Math.Clamp(truth + noise + shift, 0, 5);
    }

    private ulong Hash(ulong stream, ulong index) =>
        Mix(Mix(unchecked(Seed * Golden + stream)) + unchecked((index + 1) * Golden));

    private static ulong Mix(ulong z)
    {
        z ^= z >> 30;
        z *= 0xBF58476D1CE4E5B9;
        z ^= z >> 27;
        z *= 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
