namespace Concord.Core.Statistics.Comparison;

/// <summary>Ranks from 1, the smallest first; equal values share the mean of their ranks.</summary>
internal static class MidRanks
{
    /// <summary>The rank of each value, in the order given.</summary>
    /// <param name="values">Finite values.</param>
    /// <param name="slack">Values this close to the lowest of a tie join it: decimal fractions are not exact in binary.</param>
    public static double[] Of(ReadOnlySpan<double> values, double slack = 0)
    {
        var ranks = new double[values.Length];
        var (order, ends) = Ties(values, slack);
        var from = 0;
        foreach (var to in ends)
        {
            foreach (var i in order.AsSpan(from..to))
                ranks[i] = (from + 1 + to) / 2.0;
            from = to;
        }
        return ranks;
    }

    /// <summary>Σ t³ − t over the ties of t values: what ties take from the variance of a sum of ranks.</summary>
    public static double TieTerm(ReadOnlySpan<double> values, double slack = 0)
    {
        double term = 0;
        var from = 0;
        foreach (var to in Ties(values, slack).Ends)
        {
            double tied = to - from;
            term += (tied * tied * tied) - tied;
            from = to;
        }
        return term;
    }

    private static (int[] Order, List<int> Ends) Ties(ReadOnlySpan<double> values, double slack)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ends = new List<int>();
        for (int from = 0, to; from < sorted.Length; from = to)
        {
            for (to = from + 1; to < sorted.Length && sorted[to] - sorted[from] <= slack; )
                to++;
            ends.Add(to);
        }
        return (order, ends);
    }
}
