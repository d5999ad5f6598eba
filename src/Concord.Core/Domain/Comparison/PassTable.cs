using Concord.Core.Statistics.Comparison;

namespace Concord.Core.Domain.Comparison;

/// <summary>What two models passed of the same tasks.</summary>
/// <param name="Both">Passed by both.</param>
/// <param name="OnlyA">Passed by the first alone.</param>
/// <param name="OnlyB">Passed by the second alone.</param>
/// <param name="Neither">Passed by neither.</param>
public sealed record PassTable(int Both, int OnlyA, int OnlyB, int Neither)
{
    /// <summary>McNemar's test by the binomial distribution; undefined where the two differ on nothing.</summary>
    public SignificanceTest Exact => McNemar.Exact(OnlyA, OnlyB);

    /// <summary>McNemar's test by χ².</summary>
    public SignificanceTest ChiSquared => McNemar.ChiSquared(OnlyA, OnlyB, continuity: false);

    /// <summary>McNemar's test by χ² with the correction for continuity.</summary>
    public SignificanceTest ChiSquaredContinuity => McNemar.ChiSquared(OnlyA, OnlyB);

    /// <summary>How many tasks.</summary>
    public int Total => Both + OnlyA + OnlyB + Neither;

    internal static PassTable Of(IReadOnlyCollection<(bool A, bool B)> passes) =>
        new(
            passes.Count(p => p is { A: true, B: true }),
            passes.Count(p => p is { A: true, B: false }),
            passes.Count(p => p is { A: false, B: true }),
            passes.Count(p => p is { A: false, B: false })
        );
}
