using System.Runtime.Intrinsics;

namespace Concord.Core.Statistics.RaterModels;

/// <summary>Exponential and logarithm from sums and products alone, within two units in the last place.</summary>
/// <remarks>The runtime's differ in the last bit between platforms and processors; an iteration that stops by a threshold would
/// turn that bit into another number of steps. These give one result everywhere, and four at a time.</remarks>
internal static class PortableMath
{
    /// <summary>Below this the exponential counts as zero.</summary>
    public const double LowestExponent = -708;

    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;

    // 1 / n! from n = 13 down to 0, then 1 / (2n + 1) from n = 12 down to 0.
    private static readonly double[] Exponential =
    [
        1.0 / 6227020800,
        1.0 / 479001600,
        1.0 / 39916800,
        1.0 / 3628800,
        1.0 / 362880,
        1.0 / 40320,
        1.0 / 5040,
        1.0 / 720,
        1.0 / 120,
        1.0 / 24,
        1.0 / 6,
        0.5,
        1,
        1,
    ];

    /// <summary>The exponentials of four numbers below 709.</summary>
    public static Vector256<double> Exp(Vector256<double> x)
    {
        var vanishes = Vector256.LessThan(x, Vector256.Create(LowestExponent));
        var safe = Vector256.Max(x, Vector256.Create(LowestExponent));
        var n = Vector256.Floor(safe * 1.4426950408889634 + Vector256.Create(0.5));
        var r = safe - n * Ln2High - n * Ln2Low;
        var sum = Vector256.Create(Exponential[0]);
        for (var i = 1; i < Exponential.Length; i++)
            sum = sum * r + Vector256.Create(Exponential[i]);
        // Adding 2^52 leaves the whole number in the low bits, from where it moves into the exponent.
        var power = Vector256.ShiftLeft((n + Vector256.Create(1023 + 4503599627370496.0)).AsInt64(), 52).AsDouble();
        return Vector256.AndNot(sum * power, vanishes);
    }

    /// <summary>The exponential of a number below 709.</summary>
    public static double Exp(double x) => Exp(Vector256.Create(x)).ToScalar();

    /// <summary>The natural logarithm of a positive number that is not subnormal.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > Sqrt2)
        {
            mantissa *= 0.5;
            exponent++;
        }
        var s = (mantissa - 1) / (mantissa + 1);
        var square = s * s;
        double sum = 0;
        for (var n = 12; n > 0; n--)
            sum = (sum + 1.0 / (2 * n + 1)) * square;
        return exponent * Ln2High + (2 * s + (2 * s * sum + exponent * Ln2Low));
    }
}
