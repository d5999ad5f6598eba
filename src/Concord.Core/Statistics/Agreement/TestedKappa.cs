using MathNet.Numerics;

namespace Concord.Core.Statistics.Agreement;

/// <summary>A kappa with a test against chance.</summary>
/// <param name="Estimate">The value, with the standard error and interval that hold whatever the true value.</param>
/// <param name="NullStandardError">The standard error were the true value zero; null where it is undefined.</param>
/// <param name="Z">The value in units of <paramref name="NullStandardError"/>; null where that is undefined.</param>
/// <param name="P">The two-sided probability of a value at least as far from zero were the true value zero, by the normal distribution; null with <paramref name="Z"/>.</param>
public sealed record TestedKappa(Estimate Estimate, double? NullStandardError, double? Z, double? P)
{
    internal static TestedKappa Undefined(string reason) => new(Estimate.Undefined(reason), null, null, null);

    internal static TestedKappa Of(Estimate estimate, double nullStandardError)
    {
        // What the terms of a sum leave by rounding is no variation.
        if (
            !(nullStandardError > 1e-7)
            || estimate.Value is not { } value
            || Finite.OrNull(value / nullStandardError) is not { } z
        )
            return new(estimate, null, null, null);
        return new(estimate, nullStandardError, z, SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2)));
    }
}
