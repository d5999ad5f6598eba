namespace Concord.Core.Domain.Preferences;

/// <summary>Keeps one model from being most of a dataset.</summary>
/// <remarks>
/// Each side for itself. A model that is nearly always chosen teaches its manner as what is good, one that is nearly always rejected teaches the opposite as well; over
/// both sides together every model of two would have all the pairs, and a limit could only empty the dataset.
/// </remarks>
internal static class ModelShare
{
    /// <summary>
    /// While a model has more than its share of a side, the narrowest of the pairs with such a model leaves: the least margin, then the fewest common graders, then the last in order.
    /// The share is of the pairs that are left, so a limit can go on falling as they leave. Every pair of a model has to leave where too few models are there to share: a share s needs
    /// at least 1/s models on each side.
    /// </summary>
    /// <param name="pairs">The pairs, in order.</param>
    /// <param name="share">Above 0, up to 1; 0 is no limit.</param>
    /// <returns>Those that stay, in order. Not always the most that could.</returns>
    public static PreferencePair[] Limit(PreferencePair[] pairs, double share)
    {
        if (share is 0 or >= 1)
            return pairs;
        int[] narrowest =
        [
            .. Enumerable
                .Range(0, pairs.Length)
                .OrderBy(i => Math.Round(pairs[i].Margin, 9))
                .ThenBy(i => pairs[i].CommonGraders)
                .ThenByDescending(i => i),
        ];
        var rank = new int[pairs.Length];
        for (var r = 0; r < narrowest.Length; r++)
            rank[narrowest[r]] = r;
        var sides = new Dictionary<(bool Chosen, string Model), Side>();
        var (chosen, rejected) = (new Side[pairs.Length], new Side[pairs.Length]);
        foreach (var i in narrowest)
        {
            (chosen[i], rejected[i]) = (Of(true, pairs[i].Chosen), Of(false, pairs[i].Rejected));
            chosen[i].Pairs.Enqueue(i);
            rejected[i].Pairs.Enqueue(i);
        }
        foreach (var side in sides.Values)
            side.Count = side.Pairs.Count;

        var left = new bool[pairs.Length];
        for (var total = pairs.Length; total > 0; total--)
        {
            var most = Math.Floor(share * total + PairRules.Tolerance);
            var leaves = -1;
            foreach (var side in sides.Values)
            {
                if (side.Count <= most)
                    continue;
                while (left[side.Pairs.Peek()])
                    side.Pairs.Dequeue();
                if (leaves < 0 || rank[side.Pairs.Peek()] < rank[leaves])
                    leaves = side.Pairs.Peek();
            }
            if (leaves < 0)
                break;
            left[leaves] = true;
            chosen[leaves].Count--;
            rejected[leaves].Count--;
        }
        return [.. pairs.Where((_, i) => !left[i])];

        Side Of(bool isChosen, Candidate output)
        {
            var key = (isChosen, output.Key.Model.Model);
            if (!sides.TryGetValue(key, out var side))
                sides.Add(key, side = new());
            return side;
        }
    }

    private sealed class Side
    {
        /// <summary>The narrowest first; those that left are passed over.</summary>
        public Queue<int> Pairs { get; } = new();

        public int Count { get; set; }
    }
}
