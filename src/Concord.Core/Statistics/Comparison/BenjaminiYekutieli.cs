namespace Concord.Core.Statistics.Comparison;

/// <summary>The Benjamini-Yekutieli adjustment: as Benjamini-Hochberg's, under any dependence.</summary>
/// <remarks>Source: Benjamini and Yekutieli (2001), "The Control of the False Discovery Rate in Multiple Testing under Dependency", Ann. Stat. 29(4).</remarks>
public static class BenjaminiYekutieli
{
    /// <summary>The adjusted p-values, in the order given: reject where one is at most the level.</summary>
    /// <param name="p">P-values, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside 0 to 1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> p) =>
        PValues.Adjust(
            p,
            static p =>
            {
                double harmonic = 0;
                for (var i = 1; i <= p.Length; i++)
                    harmonic += 1.0 / i;
                for (var i = 0; i < p.Length; i++)
                    p[i] *= harmonic * p.Length / (i + 1);
                PValues.LowerToSmallestAfter(p);
            }
        );
}
