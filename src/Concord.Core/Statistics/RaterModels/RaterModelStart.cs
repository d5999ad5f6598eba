namespace Concord.Core.Statistics.RaterModels;

/// <summary>Where a fit can start: what an earlier one found of its raters, without the ratings, so that it can be kept.</summary>
public sealed class RaterModelStart
{
    private const double Rounding = 1e-6;

    private readonly double[] confusions;

    /// <summary>Takes over what an earlier fit found; nobody may write to the arrays afterwards.</summary>
    /// <param name="model">A model with confusion matrices.</param>
    /// <param name="classes">The classes, in order; at least one, each once.</param>
    /// <param name="pooled">The share of each class and the average rater.</param>
    /// <param name="raters">The raters, in ordinal order, each once.</param>
    /// <param name="confusions">Raters × classes × classes, row by row: a row is a true class and the chance of each grade given it.</param>
    /// <exception cref="ArgumentException">The model has no matrices, names are out of order, sizes do not fit together, or a row is not one of
    /// chances from 0 to 1 that sum to 1.</exception>
    public RaterModelStart(
        RaterModel model,
        IReadOnlyList<string> classes,
        PooledConfusion pooled,
        IReadOnlyList<string> raters,
        double[] confusions
    )
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(pooled);
        ArgumentNullException.ThrowIfNull(raters);
        ArgumentNullException.ThrowIfNull(confusions);
        (Model, Classes, Pooled, Raters, this.confusions) = (model, classes, pooled, raters, confusions);
        if (!RaterModelFit.HasMatrices(model))
            throw new ArgumentException("The model has no confusion matrices.", nameof(model));
        if (classes.Count == 0 || classes.Distinct(StringComparer.Ordinal).Count() < classes.Count)
            throw new ArgumentException("There is no class, or one is named twice.", nameof(classes));
        for (var i = 1; i < raters.Count; i++)
            if (string.CompareOrdinal(raters[i - 1], raters[i]) >= 0)
                throw new ArgumentException("Raters are not in ordinal order, each once.", nameof(raters));
        var size = (long)classes.Count * classes.Count;
        if (pooled.Prior.Count != classes.Count || pooled.Confusion.Count != size)
            throw new ArgumentException("The average rater has other classes.", nameof(pooled));
        if (confusions.Length != raters.Count * size)
            throw new ArgumentException("There is not one matrix a rater.", nameof(confusions));
        if (!AreChances([.. pooled.Prior], classes.Count) || !AreChances([.. pooled.Confusion], classes.Count))
            throw new ArgumentException("A row of chances does not sum to 1.", nameof(pooled));
        if (!AreChances(confusions, classes.Count))
            throw new ArgumentException("A row of chances does not sum to 1.", nameof(confusions));
    }

    /// <summary>The model that was fitted.</summary>
    public RaterModel Model { get; }

    /// <summary>The classes, in the order of <see cref="Ratings.Categories"/>.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The share of each class, and the matrix of raters who are not among <see cref="Raters"/>.</summary>
    public PooledConfusion Pooled { get; }

    /// <summary>The raters, in ordinal order.</summary>
    public IReadOnlyList<string> Raters { get; }

    /// <summary>Raters × classes × classes, row by row.</summary>
    public ReadOnlySpan<double> Confusions => confusions;

    /// <summary>Whether ratings have the classes that this was fitted to; from others no fit can start.</summary>
    /// <param name="ratings">The ratings.</param>
    public bool Suits(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return Classes.SequenceEqual(ratings.Categories, StringComparer.Ordinal);
    }

    internal ReadOnlySpan<double> ConfusionOf(int rater)
    {
        var size = Classes.Count * Classes.Count;
        return confusions.AsSpan(rater * size, size);
    }

    private static bool AreChances(ReadOnlySpan<double> rows, int classes)
    {
        for (var start = 0; start < rows.Length; start += classes)
        {
            double sum = 0;
            foreach (var chance in rows.Slice(start, classes))
            {
                // NaN is in no range.
                if (!(chance is >= 0 and <= 1 + Rounding))
                    return false;
                sum += chance;
            }
            if (Math.Abs(sum - 1) > Rounding)
                return false;
        }
        return true;
    }
}
