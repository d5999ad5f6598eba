namespace Concord.Core.Statistics.Comparison;

/// <summary>Holm's step-down adjustment: the chance of any false rejection stays below the level, whatever the dependence. For planned comparisons.</summary>
/// <remarks>Source: Holm (1979), "A Simple Sequentially Rejective Multiple Test Procedure", Scand. J. Stat. 6(2).</remarks>
public static class Holm
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
                PValues.RaiseToLargestBefore(p);
            }
        );
}
