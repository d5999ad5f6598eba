namespace Concord.Core.Statistics.RaterModels;

/// <summary>The average rater: how grades come about from true classes when all raters are taken together.</summary>
/// <param name="Prior">The share of each class, summing to 1.</param>
/// <param name="Confusion">Classes × classes, row by row; a row is a true class and the chance of each grade given it, summing to 1.</param>
public sealed record PooledConfusion(IReadOnlyList<double> Prior, IReadOnlyList<double> Confusion)
{
    /// <summary>The number of classes.</summary>
    public int Classes => Prior.Count;

    /// <summary>The chance that a rater gives a grade to an item of a class.</summary>
    public double this[int trueClass, int given] => Confusion[trueClass * Prior.Count + given];
}
