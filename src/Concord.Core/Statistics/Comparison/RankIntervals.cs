using System.Collections;
using System.Numerics;

namespace Concord.Core.Statistics.Comparison;

/// <summary>The ranks that significant differences leave open.</summary>
/// <remarks>
/// A difference counts where it points the way of the ranks, and what holds of two differences in a row holds of their ends: if a is better than b
/// and b than c, a is better than c. Such a conclusion is wrong only where one of the two is, so the chance of any error stays as it was.
/// Then an interval always contains its rank; of two that are apart, the better has the lower interval at both ends; and two
/// that are not apart have ranks in common.
/// </remarks>
public static class RankIntervals
{
    /// <summary>The best and the worst rank that each could have.</summary>
    /// <param name="ranks">Ranks from 1, ties sharing the lowest; null where something has no rank.</param>
    /// <param name="apart">Significant differences, by index into <paramref name="ranks"/>; those against the order of ranks, or with what has none, are passed over.</param>
    /// <returns>In the order of <paramref name="ranks"/>: 1 plus the number of better ones, and the number of ranked ones less the number of worse ones; null without a rank.</returns>
    public static (int Low, int High)?[] Of(IReadOnlyList<int?> ranks, IEnumerable<(int Better, int Worse)> apart)
    {
        var better = apart.Where(p => ranks[p.Better] < ranks[p.Worse]).ToLookup(p => p.Worse, p => p.Better);
        int[] ranked = [.. Enumerable.Range(0, ranks.Count).Where(i => ranks[i] is not null).OrderBy(i => ranks[i])];
        var above = new BitArray?[ranks.Count];
        var worse = new int[ranks.Count];
        foreach (var i in ranked)
        {
            var set = new BitArray(ranks.Count);
            foreach (var b in better[i])
            {
                set.Or(above[b]!);
                set[b] = true;
            }
            above[i] = set;
            foreach (var b in Members(set))
                worse[b]++;
        }
        return
        [
            .. Enumerable
                .Range(0, ranks.Count)
                .Select(i => above[i] is { } set ? (1 + Members(set).Count(), ranked.Length - worse[i]) : ((int, int)?)null),
        ];
    }

    private static IEnumerable<int> Members(BitArray set)
    {
        var words = new int[(set.Count + 31) / 32];
        set.CopyTo(words, 0);
        for (var w = 0; w < words.Length; w++)
        {
            for (var word = (uint)words[w]; word != 0; word &= word - 1)
                yield return (32 * w) + BitOperations.TrailingZeroCount(word);
        }
    }
}
