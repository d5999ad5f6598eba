namespace Concord.Core.Statistics.RaterModels;

/// <summary>How a rater model is fitted.</summary>
public sealed record RaterModelOptions
{
    /// <summary>The most iterations, 1 or more. An iteration is one posterior of every item and one estimate of the parameters.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>The fit has converged once no posterior probability moved by this much or more in an iteration; 0 or more.
    /// With 0 there are exactly <see cref="Iterations"/> iterations.</summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>How many ratings the average rater counts for; above 0: for <see cref="RaterModel.DsShrunken"/> of each true class, for
    /// <see cref="RaterModel.Laplace"/> in all.</summary>
    public double Strength { get; init; } = 20;

    /// <summary>What an earlier fit found, for the models with confusion matrices to start from; raters and classes are matched by name. A rater it did
    /// not know starts from its pooled matrix; if its classes are others, the start is the usual one.</summary>
    /// <remarks>The likelihood may have several maxima. Both starts run to convergence, and where they climb the same maximum they end
    /// within the order of <see cref="Tolerance"/> of each other, not at the same bits: what is written to files should start cold.</remarks>
    public RaterModelStart? From { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Iterations, 1);
        if (!(Tolerance >= 0 && double.IsFinite(Tolerance)))
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "A tolerance is a finite number of 0 or more.");
        if (!(Strength > 0 && double.IsFinite(Strength)))
            throw new ArgumentOutOfRangeException(nameof(Strength), Strength, "A strength is a finite number above 0.");
    }
}
