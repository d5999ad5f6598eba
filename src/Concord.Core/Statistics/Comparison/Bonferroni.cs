namespace Concord.Core.Statistics.Comparison;

/// <summary>Bonferroni's adjustment: every p-value times their number. Holm's is never worse.</summary>
/// <remarks>Source: Dunn (1961), "Multiple Comparisons among Means", JASA 56.</remarks>
public static class Bonferroni
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
                    p[i] *= p.Length;
            }
        );
}
