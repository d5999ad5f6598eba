namespace Concord.Core.Statistics.Comparison;

/// <summary>Hommel's adjustment: at least as powerful as Hochberg's, for independent or positively dependent tests.</summary>
/// <remarks>Source: Hommel (1988), "A Stagewise Rejective Multiple Test Procedure", Biometrika 75(2); the algorithm of Wright (1992), Biometrics 48(4). O(n²).</remarks>
public static class Hommel
{
    /// <summary>The adjusted p-values, in the order given: reject where one is at most the level.</summary>
    /// <param name="p">P-values, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside 0 to 1.</exception>
    public static double[] Adjust(ReadOnlySpan<double> p) =>
        PValues.Adjust(
            p,
            static p =>
            {
                var given = p.ToArray();
                var n = p.Length;
                for (var m = n; m >= 2; m--)
                {
                    // The Simes p-value of the m largest without the smallest of them, which each of the rest then joins.
                    var simes = double.PositiveInfinity;
                    for (var i = n - m + 1; i < n; i++)
                        simes = Math.Min(simes, m * given[i] / (i - n + m + 1));
                    for (var i = 0; i < n; i++)
                        p[i] = Math.Max(p[i], Math.Min(simes, m * given[Math.Min(i, n - m)]));
                }
            }
        );
}
