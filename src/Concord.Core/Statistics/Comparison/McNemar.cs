using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Comparison;

/// <summary>McNemar's test for paired pass and fail: only pairs on which the two differ tell them apart.</summary>
/// <remarks>Source: McNemar (1947), "Note on the Sampling Error of the Difference between Correlated Proportions or Percentages", Psychometrika 12(2);
/// the correction for continuity after Edwards (1948), Psychometrika 13(3).</remarks>
public static class McNemar
{
    private const string Nothing = "The two differ on no pair.";

    /// <summary>The exact test: were they alike, each side would win such a pair with probability ½.</summary>
    /// <param name="onlyFirst">Pairs that only the first passed, 0 or more.</param>
    /// <param name="onlySecond">Pairs that only the second passed, 0 or more.</param>
    /// <returns>The smaller of the two counts, and the two-sided binomial p; undefined where both are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static SignificanceTest Exact(int onlyFirst, int onlySecond)
    {
        Check(onlyFirst, onlySecond);
        if (onlyFirst + (long)onlySecond == 0)
            return SignificanceTest.Undefined("exact", Nothing);
        var fewer = Math.Min(onlyFirst, onlySecond);
        return new(fewer, Math.Min(1, 2 * AtMost(fewer, checked(onlyFirst + onlySecond))), "exact");
    }

    // P(Binomial(n, ½) ≤ k): as long as 2⁻ⁿ is a normal number its sum is exact to the last digits, which a beta function is not.
    private static double AtMost(int k, int n)
    {
        if (n > 1000)
            return Binomial.CDF(0.5, n, k);
        var term = Math.ScaleB(1, -n);
        var sum = term;
        for (var i = 1; i <= k; i++)
            sum += term *= (n - i + 1.0) / i;
        return sum;
    }

    /// <summary>The test by χ² on one degree of freedom, (b − c)² / (b + c).</summary>
    /// <param name="onlyFirst">Pairs that only the first passed, 0 or more.</param>
    /// <param name="onlySecond">Pairs that only the second passed, 0 or more.</param>
    /// <param name="continuity">Whether |b − c| is taken one smaller, as long as it is above 0.</param>
    /// <returns>χ² and p; undefined where both counts are 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static SignificanceTest ChiSquared(int onlyFirst, int onlySecond, bool continuity = true)
    {
        Check(onlyFirst, onlySecond);
        var method = continuity ? "chi-squared-continuity" : "chi-squared";
        var apart = (double)onlyFirst + onlySecond;
        if (apart == 0)
            return SignificanceTest.Undefined(method, Nothing);
        var excess = Math.Max(0, Math.Abs((double)onlyFirst - onlySecond) - (continuity ? 1 : 0));
        var statistic = excess * excess / apart;
        // χ² on one degree of freedom is the square of a normal deviate, whose tail keeps its digits.
        return new(statistic, 2 * Normal.CDF(0, 1, -Math.Sqrt(statistic)), method);
    }

    private static void Check(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
    }
}
