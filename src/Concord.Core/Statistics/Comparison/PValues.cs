namespace Concord.Core.Statistics.Comparison;

/// <summary>What the adjustments for several tests share: they work on ascending p-values and answer in the order asked.</summary>
internal static class PValues
{
    public delegate void Adjustment(Span<double> ascending);

    public static double[] Adjust(ReadOnlySpan<double> p, Adjustment adjustment)
    {
        foreach (var value in p)
        {
            if (!(value >= 0 && value <= 1))
                throw new ArgumentOutOfRangeException(nameof(p), value, "A p-value is between 0 and 1.");
        }
        var ascending = p.ToArray();
        var order = new int[ascending.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(ascending, order);
        adjustment(ascending);
        var adjusted = new double[ascending.Length];
        for (var i = 0; i < order.Length; i++)
            adjusted[order[i]] = Math.Min(1, ascending[i]);
        return adjusted;
    }

    /// <summary>Makes the values ascend by raising each to the largest before it.</summary>
    public static void RaiseToLargestBefore(Span<double> values)
    {
        for (var i = 1; i < values.Length; i++)
            values[i] = Math.Max(values[i], values[i - 1]);
    }

    /// <summary>Makes the values ascend by lowering each to the smallest after it.</summary>
    public static void LowerToSmallestAfter(Span<double> values)
    {
        for (var i = values.Length - 2; i >= 0; i--)
            values[i] = Math.Min(values[i], values[i + 1]);
    }
}
