using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Summary;

/// <summary>Quantiles of the standard normal distribution.</summary>
internal static class NormalQuantile
{
    /// <summary>The z that a share <paramref name="confidence"/> of the distribution is within, on both sides.</summary>
    public static double TwoSided(double confidence) => Normal.InvCDF(0, 1, (1 + confidence) / 2);
}
