namespace Concord.Core.Statistics.RaterModels;

/// <summary>The average rater: how grades come about from true classes when all raters are taken together.</summary>
/// <param name="Prior">The share of each class, summing to 1.</param>
/// <param name="Confusion">Classes × classes, row by row; a row is a true class and the chance of each grade given it, summing to 1.</param>
public sealed record PooledConfusion(IReadOnlyList<double> Prior, IReadOnlyList<double> Confusion)
{
    /// <summary>The number of classes.</summary>
    public int Classes => Prior.Count;

    // What a rater of each class is unsure of: −Σ p ln p of each row.
    internal double[] RowEntropies { get; } =
    [.. Enumerable.Range(0, Prior.Count).Select(t => Posterior.Entropy([.. Confusion.Skip(t * Prior.Count).Take(Prior.Count)]))];

    /// <summary>The chance that a rater gives a grade to an item of a class.</summary>
    public double this[int trueClass, int given] => Confusion[trueClass * Prior.Count + given];

    /// <summary>Fits the model in which all raters are alike, by EM from the shares of the votes.</summary>
    /// <remarks>What there is to go by where raters graded too little for matrices of their own; one rating a class, spread evenly, is added.</remarks>
    /// <param name="ratings">The ratings.</param>
    /// <param name="options">How; null for the defaults. An earlier fit in it is not looked at.</param>
    /// <param name="cancel">Ends the iterations.</param>
    /// <returns>Null where there are no ratings, or too many items and classes.</returns>
    public static PooledConfusion? Of(Ratings ratings, RaterModelOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        options ??= new();
        options.Check();
        return ExpectationStep.WhyImpossible(ratings, matrices: false) is null ? AlikeRaters.Fit(ratings, options, cancel) : null;
    }
}
