namespace Concord.Core.Domain.Consensus;

/// <summary>How far apart two ratings may be and still agree: weights of 1 up to a distance, and 0 beyond.</summary>
/// <param name="Weights">What stands in the column weights, such as <c>within-1</c>.</param>
/// <param name="Distance">The largest difference that agrees, in the unit of the ratings, 0 or more.</param>
public sealed record AgreementDistance(string Weights, double Distance)
{
    private const string Prefix = "within-";

    /// <summary>The distance of a number of units of the ratings.</summary>
    /// <param name="units">0 or more, with at most six decimals.</param>
    public static AgreementDistance OfUnits(double units) => new(Prefix + NumberText.Of(units), units);

    /// <summary>One step of a scale, which is called <c>within-1</c> whatever its size.</summary>
    /// <param name="size">The step, in score units.</param>
    public static AgreementDistance OfStep(double size) => new(Prefix + "1", size);

    /// <summary>Reads <c>within-K</c>, K in units of the ratings and written as Concord writes numbers.</summary>
    /// <param name="weights">The text.</param>
    /// <returns>Null where it is something else.</returns>
    public static AgreementDistance? TryParse(string weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return
            weights.StartsWith(Prefix, StringComparison.Ordinal)
            && NumberText.TryParse(weights.AsSpan(Prefix.Length), out var units)
            && units >= 0
            && OfUnits(units) is var distance
            && distance.Weights == weights
            ? distance
            : null;
    }
}
