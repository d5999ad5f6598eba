using Concord.Core.Statistics;

namespace Concord.Core.Domain;

/// <summary>The values that a criterion can take.</summary>
/// <param name="Min">The lowest score.</param>
/// <param name="Max">The highest score, above <paramref name="Min"/>.</param>
/// <param name="Step">The distance between neighbouring scores, above zero; it divides the scale's width.</param>
/// <param name="Level">What differences between scores mean.</param>
public sealed record Scale(double Min, double Max, double Step, MeasurementLevel Level)
{
    private const double Tolerance = 1e-9;

    /// <summary>How far apart the ends are, in score units.</summary>
    public double Width => Max - Min;

    /// <summary>Whether a score lies between the ends, both included.</summary>
    /// <param name="score">The score.</param>
    /// <returns>True between the ends.</returns>
    public bool InRange(double score) => score >= Min && score <= Max;

    /// <summary>Whether a score is a whole number of steps from the lowest.</summary>
    /// <param name="score">The score.</param>
    /// <returns>True on a step.</returns>
    public bool OnStep(double score)
    {
        var steps = (score - Min) / Step;
        return Math.Abs(steps - Math.Round(steps)) < Tolerance;
    }
}
