using MathNet.Numerics;

namespace Concord.Core.Statistics.Agreement;

/// <summary>Fisher's F distribution with an upper tail that does not lose small probabilities, and quantiles of any size.</summary>
internal static class FisherF
{
    private const double LogSpan = 200;

    /// <summary>The probability of a larger value.</summary>
    public static double UpperTail(double f, double degrees1, double degrees2) =>
        f <= 0 ? 1 : SpecialFunctions.BetaRegularized(degrees2 / 2, degrees1 / 2, degrees2 / (degrees2 + degrees1 * f));

    /// <summary>The value that a share <paramref name="p"/> of the distribution is below.</summary>
    public static double Quantile(double p, double degrees1, double degrees2)
    {
        var (low, high) = (-LogSpan, LogSpan);
        while (high - low > 1e-14 * Math.Max(1, Math.Abs(low)))
        {
            var middle = (low + high) / 2;
            if (middle == low || middle == high)
                break;
            if (UpperTail(Math.Exp(middle), degrees1, degrees2) > 1 - p)
                low = middle;
            else
                high = middle;
        }
        return Math.Exp((low + high) / 2);
    }
}
