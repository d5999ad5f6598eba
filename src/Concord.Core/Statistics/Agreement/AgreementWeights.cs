namespace Concord.Core.Statistics.Agreement;

/// <summary>A symmetric matrix of weights over the categories of one table of ratings: 1 where two categories agree fully, 0 where not at all.</summary>
public sealed class AgreementWeights
{
    /// <summary>The most categories that a matrix is made for; unweighted agreement needs none and has no such limit.</summary>
    public const int MostCategories = 2000;

    private readonly double[][]? matrix; // null stands for the identity, whatever its size

    private AgreementWeights(string name, int inUse, int categories, double[][]? matrix, double total, string? reason = null)
    {
        (Name, InUse, Categories, this.matrix, Total, UndefinedBecause) = (name, inUse, categories, matrix, total, reason);
    }

    /// <summary>Such as <c>quadratic</c>, or <c>custom</c>.</summary>
    public string Name { get; }

    /// <summary>The categories that could be given: those in use, or those of the custom matrix.</summary>
    public int Categories { get; }

    /// <summary>One sentence that says why there are no weights, and so no coefficient; null when there are.</summary>
    public string? UndefinedBecause { get; }

    internal int InUse { get; }

    /// <summary>The sum over all pairs of <see cref="Categories"/>.</summary>
    internal double Total { get; }

    internal bool IsIdentity => matrix is null;

    /// <summary>How much two categories in use agree, by their places in <see cref="Ratings.Categories"/>.</summary>
    /// <param name="a">The place of the one.</param>
    /// <param name="b">The place of the other.</param>
    /// <returns>0 to 1; of weights that are undefined, as if unweighted.</returns>
    public double this[int a, int b] => 1 - Disagreement(a, b);

    /// <summary>How far two categories in use are from full agreement.</summary>
    internal double Disagreement(int a, int b) => a == b ? 0 : 1 - (matrix is null ? 0 : matrix[a][b]);

    /// <summary>The weights between the categories in use.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="weighting">How distances count.</param>
    /// <returns>Undefined with its reason where the weighting needs numbers that the categories are not, ratio weights meet a value of zero
    /// or below, or there are more than <see cref="MostCategories"/>.</returns>
    public static AgreementWeights Of(Ratings ratings, AgreementWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        return Of(weighting, ratings.Categories.Count, ratings.CategoryValues);
    }

    /// <summary>The weights between the categories of patterns.</summary>
    /// <inheritdoc cref="Of(Ratings, AgreementWeighting)" path="/returns"/>
    /// <param name="patterns">The ratings.</param>
    /// <param name="weighting">How distances count.</param>
    public static AgreementWeights Of(CountPatterns patterns, AgreementWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return Of(weighting, patterns.Categories.Count, patterns.Values);
    }

    /// <summary>Weights of one's own, over every category that could be given.</summary>
    /// <param name="ratings">The ratings.</param>
    /// <param name="categories">The names of the categories, each once; those that are equal as numbers are one where all categories in use are numbers.</param>
    /// <param name="weights">A square matrix in that order: 0 to 1, symmetric, 1 on the diagonal.</param>
    /// <exception cref="ArgumentException">The matrix is not such a matrix, or a category in use has no row in it.</exception>
    public static AgreementWeights Custom(
        Ratings ratings,
        IReadOnlyList<string> categories,
        IReadOnlyList<IReadOnlyList<double>> weights
    )
    {
        ArgumentNullException.ThrowIfNull(ratings);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(weights);
        CustomWeights.Check(categories, weights);
        var places = CustomWeights.Places(ratings, categories);
        double total = 0;
        foreach (var row in weights)
        foreach (var weight in row)
            total += weight;
        return new(
            CustomName,
            places.Length,
            categories.Count,
            [.. places.Select(a => places.Select(b => weights[a][b]).ToArray())],
            total
        );
    }

    /// <summary>The name of weights of one's own.</summary>
    public const string CustomName = "custom";

    private static AgreementWeights Of(AgreementWeighting weighting, int categories, IReadOnlyList<double>? values)
    {
        var name = weighting.ToString().ToLowerInvariant();
        if (weighting == AgreementWeighting.Unweighted)
            return new(name, categories, categories, null, categories);
        AgreementWeights Undefined(string reason) => new(name, categories, categories, null, 0, reason);
        if (values is null)
            return Undefined($"Some categories are not numbers, and {name} weights need numbers.");
        if (categories > MostCategories)
            return Undefined($"More than {MostCategories} distinct grades: {name} weights compare every two of them.");
        if (weighting == AgreementWeighting.Ratio && values is [<= 0, ..])
            return Undefined("Some ratings are zero or below, and ratio weights need numbers above zero.");

        var distance = Distance(weighting, values);
        double largest = 0;
        var matrix = new double[categories][];
        for (var a = 0; a < categories; a++)
        {
            matrix[a] = new double[categories];
            for (var b = 0; b < a; b++)
            {
                matrix[a][b] = matrix[b][a] = distance(b, a);
                if (!double.IsFinite(matrix[a][b]))
                    return Undefined("The ratings differ by more than double arithmetic can tell.");
                largest = Math.Max(largest, matrix[a][b]);
            }
        }
        if (categories > 1 && largest <= 0)
            return Undefined("The ratings differ by less than double arithmetic can tell.");
        double total = 0;
        for (var a = 0; a < categories; a++)
        for (var b = 0; b < categories; b++)
        {
            matrix[a][b] = a == b ? 1 : 1 - matrix[a][b] / largest;
            total += matrix[a][b];
        }
        return new(name, categories, categories, matrix, total);
    }

    // Of the places of two different values, the lower first. Only proportions count.
    private static Func<int, int, double> Distance(AgreementWeighting weighting, IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return (_, _) => 0;
        // The circle has a unit, so its values stay.
        var places = weighting == AgreementWeighting.Circular ? values : Magnitude.Scaled(values);
        var (min, max) = (places[0], places[^1]);
        double Difference(int a, int b) => places[b] - places[a];
        double Sum(int a, int b) => places[b] + places[a];
        return weighting switch
        {
            AgreementWeighting.Linear => Difference,
            AgreementWeighting.Quadratic => (a, b) => Difference(a, b) * Difference(a, b),
            AgreementWeighting.Ordinal => (a, b) => (b - a + 1.0) * (b - a) / 2,
            AgreementWeighting.Ratio => (a, b) => Difference(a, b) / Sum(a, b) * (Difference(a, b) / Sum(a, b)),
            AgreementWeighting.Radical => (a, b) => Math.Sqrt(Difference(a, b)),
            AgreementWeighting.Bipolar => (a, b) =>
                Difference(a, b) / (Sum(a, b) - 2 * min) * (Difference(a, b) / (2 * max - Sum(a, b))),
            AgreementWeighting.Circular => (a, b) => Math.Pow(Math.Sin(Math.PI * Difference(a, b) / (max - min + 1)), 2),
            _ => throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "Unknown weighting."),
        };
    }
}
