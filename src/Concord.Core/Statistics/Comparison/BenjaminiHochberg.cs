namespace Concord.Core.Statistics.Comparison;

/// <summary>The Benjamini-Hochberg adjustment: the expected share of false rejections among all rejections stays below the level, for independent or positively dependent tests. For many comparisons.</summary>
/// <remarks>Source: Benjamini and Hochberg (1995), "Controlling the False Discovery Rate", J. R. Stat. Soc. B 57(1).</remarks>
public static class BenjaminiHochberg
{
    /// <summary>The adjusted p-values, in the order given: reject where one is at most the level.</summary>
    /// <param name="p">P-values, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside 0 to 1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> p) =>
        PValues.Adjust(
            p,
            static p =>
            {
                for (var i = 0; i < p.Length; i++)
                    p[i] *= (double)p.Length / (i + 1);
                PValues.LowerToSmallestAfter(p);
            }
        );
}
