using Concord.Core.Statistics.Summary;
using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Comparison;

/// <summary>Student's test of paired differences.</summary>
/// <remarks>Source: Student (1908), "The Probable Error of a Mean", Biometrika 6(1).</remarks>
public static class PairedT
{
    /// <summary>The probability of a mean at least as far from zero were the true mean zero.</summary>
    /// <param name="differences">Finite paired differences.</param>
    /// <returns>0 to 1; null for fewer than two differences, and where all are equal.</returns>
    public static double? TwoSidedP(ReadOnlySpan<double> differences)
    {
        if (Mean.Of(differences) is not { } mean || Spread.StandardDeviation(differences) is not { } sd || sd <= 0)
            return null;
        var t = Math.Abs(mean) / (sd / Math.Sqrt(differences.Length));
        return Finite.OrNull(2 * StudentT.CDF(0, 1, differences.Length - 1, -t));
    }
}
