namespace Concord.Core.Statistics.Summary;

/// <summary>How evenly values spread over the distinct ones among them.</summary>
/// <remarks>Source: Shannon (1948), "A Mathematical Theory of Communication", section 6.</remarks>
public static class Entropy
{
    /// <summary>The entropy of the shares of the distinct values, −Σ p ln p, without correction for few values.</summary>
    /// <returns>In nats, 0 (all equal) to ln n (all different); null when there are none.</returns>
    public static double? Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return null;
        double entropy = 0;
        foreach (var (_, count) in ValueCounts.Of(values))
            entropy += (double)count / values.Length * Math.Log((double)values.Length / count);
        return entropy;
    }
}
