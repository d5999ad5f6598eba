namespace Concord.Core.Statistics.Summary;

/// <summary>What weights have to be.</summary>
internal static class Weights
{
    public static void Check(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        if (values.Length != weights.Length)
            throw new ArgumentException($"There are {values.Length} values but {weights.Length} weights.", nameof(weights));
        foreach (var weight in weights)
        {
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException($"A weight is a finite number of 0 or more, not {weight}.", nameof(weights));
        }
    }
}
