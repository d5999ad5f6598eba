namespace Concord.Core.Statistics.Comparison;

/// <summary>Hochberg's step-up adjustment: as Holm's, with more power, for independent or positively dependent tests.</summary>
/// <remarks>Source: Hochberg (1988), "A Sharper Bonferroni Procedure for Multiple Tests of Significance", Biometrika 75(4).</remarks>
public static class Hochberg
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
                    p[i] *= p.Length - i;
                PValues.LowerToSmallestAfter(p);
            }
        );
}
