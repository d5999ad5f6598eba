using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Summary;

/// <summary>Quantiles of Student's t distribution, remembered: one is a search for a root, and every item asks for one of few.</summary>
internal static class StudentQuantile
{
    private const int Remembered = 10_000;

    private static readonly ConcurrentDictionary<(int Degrees, double Confidence), double> Known = new();

    /// <summary>The t that a share <paramref name="confidence"/> of the distribution is within, on both sides.</summary>
    public static double TwoSided(int degrees, double confidence)
    {
        ConfidenceInterval.Check(confidence);
        if (Known.TryGetValue((degrees, confidence), out var known))
            return known;
        var quantile = StudentT.InvCDF(0, 1, degrees, (1 + confidence) / 2);
        if (Known.Count < Remembered)
            Known.TryAdd((degrees, confidence), quantile);
        return quantile;
    }
}
