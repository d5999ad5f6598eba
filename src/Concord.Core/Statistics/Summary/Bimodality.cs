namespace Concord.Core.Statistics.Summary;

/// <summary>Two camps: graders who agree among themselves on two grades that are far apart.</summary>
public static class Bimodality
{
    private const int FewestValues = 4; // below, two camps of two do not exist

    /// <summary>The lowest and the highest of the values that hold a large share each, when they are far enough apart.</summary>
    /// <param name="values">Finite grades in any order.</param>
    /// <param name="step">The distance of neighbouring grades, above 0.</param>
    /// <param name="minimumShare">The share of the values each of the two needs, above 0, at most ½.</param>
    /// <param name="minimumSteps">How many steps they are apart at least.</param>
    /// <returns>The two modes; null when there are not two such values, or fewer than four values.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The step is not above 0, or the share not above 0 and at most ½.</exception>
    public static (double Low, double High)? Modes(
        ReadOnlySpan<double> values,
        double step,
        double minimumShare = 0.4,
        double minimumSteps = 2
    )
    {
        const double slack = 1e-9; // steps such as .1 do not add up exactly
        if (!(step > 0))
            throw new ArgumentOutOfRangeException(nameof(step), step, "A step is above 0.");
        if (!(minimumShare > 0 && minimumShare <= 0.5))
            throw new ArgumentOutOfRangeException(
                nameof(minimumShare),
                minimumShare,
                "The share is above 0 and at most one half."
            );
        if (values.Length < FewestValues)
            return null;

        double? low = null;
        double? high = null;
        foreach (var (value, count) in ValueCounts.Of(values))
        {
            if (count < minimumShare * values.Length * (1 - slack))
                continue;
            low ??= value;
            high = value;
        }
        return high - low >= minimumSteps * step * (1 - slack) && high > low ? (low!.Value, high!.Value) : null;
    }
}
