namespace Concord.Core.Statistics;

/// <summary>An interval estimate, both ends included.</summary>
/// <param name="Low">The lower limit, finite, in the unit of what is estimated.</param>
/// <param name="High">The upper limit, finite, never below <paramref name="Low"/>.</param>
public readonly record struct ConfidenceInterval(double Low, double High)
{
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    internal static void Check(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence is above 0 and below 1.");
    }
}
