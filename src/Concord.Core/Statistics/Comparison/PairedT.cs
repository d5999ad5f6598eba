using Concord.Core.Statistics.Summary;
using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Comparison;

/// <summary>Student's test of paired differences.</summary>
/// <remarks>Source: Student (1908), "The Probable Error of a Mean", Biometrika 6(1).</remarks>
public static class PairedT
{
    private const string Method = "student-t";

    /// <summary>The probability of a mean at least as far from zero were the true mean zero.</summary>
    /// <param name="differences">Finite paired differences.</param>
    /// <returns>0 to 1; null for fewer than two differences, and where all are equal.</returns>
    public static double? TwoSidedP(ReadOnlySpan<double> differences) => Test(differences).P;

    /// <summary>Tests whether the mean difference is zero, two-sided.</summary>
    /// <param name="differences">Finite paired differences.</param>
    /// <param name="confidence">Of the interval of the mean difference; above 0, below 1.</param>
    /// <returns>t on n − 1 degrees of freedom with the interval of the mean; undefined below two differences, and where all are equal.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static SignificanceTest Test(ReadOnlySpan<double> differences, double confidence = 0.95)
    {
        if (differences.Length < 2)
            return SignificanceTest.Undefined(Method, Reasons.Fewer(differences.Length, 2));
        if (Mean.Of(differences) is not { } mean || Spread.StandardDeviation(differences) is not { } sd)
            return SignificanceTest.Undefined(Method, Reasons.TooLarge);
        // Rounding leaves equal differences a spread far below what any data have.
        var largest = Reasons.Largest(differences);
        if (sd <= largest * 1e-12)
            return SignificanceTest.Undefined(Method, Reasons.AllEqual);
        var degrees = differences.Length - 1;
        var error = sd / Math.Sqrt(differences.Length);
        var t = mean / error;
        var reach = StudentQuantile.TwoSided(degrees, confidence) * error;
        return new(t, 2 * StudentT.CDF(0, 1, degrees, -Math.Abs(t)), Method, degrees, new(mean - reach, mean + reach));
    }
}
