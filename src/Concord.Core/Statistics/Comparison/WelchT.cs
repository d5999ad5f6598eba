using Concord.Core.Statistics.Summary;
using MathNet.Numerics.Distributions;

namespace Concord.Core.Statistics.Comparison;

/// <summary>Welch's test of the means of two independent samples, whose variances may differ. It ignores pairing.</summary>
/// <remarks>Source: Welch (1947), "The Generalization of Student's Problem when Several Different Population Variances Are Involved", Biometrika 34;
/// degrees of freedom after Satterthwaite (1946), Biometrics Bulletin 2(6).</remarks>
public static class WelchT
{
    private const string Method = "welch-t";

    /// <summary>Tests whether the means are equal, two-sided.</summary>
    /// <param name="a">Finite values.</param>
    /// <param name="b">Finite values.</param>
    /// <param name="confidence">Of the interval of mean(a) − mean(b); above 0, below 1.</param>
    /// <returns>t, its degrees of freedom and the interval; undefined below two values on a side, and where neither side varies.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public static SignificanceTest Test(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double confidence = 0.95)
    {
        ConfidenceInterval.Check(confidence);
        if (a.Length < 2 || b.Length < 2)
            return SignificanceTest.Undefined(Method, "Each sample needs two values.");
        if (Spread.StandardDeviation(a) is not { } sdA || Spread.StandardDeviation(b) is not { } sdB)
            return SignificanceTest.Undefined(Method, Reasons.TooLarge);
        var (errorA, errorB) = (sdA * sdA / a.Length, sdB * sdB / b.Length);
        var error = Math.Sqrt(errorA + errorB);
        if (error <= Math.Max(Reasons.Largest(a), Reasons.Largest(b)) * 1e-12)
            return SignificanceTest.Undefined(Method, Reasons.NoSpread);
        var difference = Mean.Plain(a) - Mean.Plain(b);
        // Shares of the whole error first: its fourth power could overflow.
        var (shareA, shareB) = (errorA / (errorA + errorB), errorB / (errorA + errorB));
        var degrees = 1 / ((shareA * shareA / (a.Length - 1)) + (shareB * shareB / (b.Length - 1)));
        var t = difference / error;
        var reach = StudentT.InvCDF(0, 1, degrees, (1 + confidence) / 2) * error;
        return double.IsFinite(t) && double.IsFinite(difference + reach)
            ? new(t, 2 * StudentT.CDF(0, 1, degrees, -Math.Abs(t)), Method, degrees, new(difference - reach, difference + reach))
            : SignificanceTest.Undefined(Method, Reasons.TooLarge);
    }
}
