using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Comparison;

/// <summary>The p-value of a sum of ranks by the normal distribution.</summary>
internal static class RankNormal
{
    public static double P(double fromExpected, double deviation, Alternative alternative, bool continuity)
    {
        var correction = !continuity
            ? 0
            : alternative switch
            {
                Alternative.TwoSided => Math.Sign(fromExpected) * 0.5,
                Alternative.Greater => 0.5,
                Alternative.Less => -0.5,
                _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
            };
        var z = (fromExpected - correction) / deviation;
        return alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(z))),
            Alternative.Greater => Normal.CDF(0, 1, -z),
            Alternative.Less => Normal.CDF(0, 1, z),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
        };
    }

    /// <summary>The p-value from a discrete distribution: the chance of each value from 0 on.</summary>
    public static double Exact(ReadOnlySpan<double> chances, int observed, Alternative alternative)
    {
        double atMost = 0;
        double atLeast = 0;
        for (var value = 0; value < chances.Length; value++)
        {
            atMost += value <= observed ? chances[value] : 0;
            atLeast += value >= observed ? chances[value] : 0;
        }
        return alternative switch
        {
            Alternative.TwoSided => Math.Min(1, 2 * Math.Min(atMost, atLeast)),
            Alternative.Greater => Math.Min(1, atLeast),
            Alternative.Less => Math.Min(1, atMost),
            _ => throw new ArgumentOutOfRangeException(nameof(alternative), alternative, "Unknown alternative."),
        };
    }
}
