namespace Concord.Core.Statistics.RaterModels;

/// <summary>Raters' biases by least squares, without shrinkage: for few raters with many ratings each.</summary>
/// <remarks>Source: the two-way layout with unequal numbers, Yates (1934), "The Analysis of Multiple Classifications with Unequal
/// Numbers in the Different Classes", J. Am. Stat. Assoc. 29(185).</remarks>
/// <param name="RaterBias">What each rater adds, in grades, by <see cref="Ratings.Raters"/>, with sum zero; empty when undefined.</param>
/// <param name="UndefinedBecause">One sentence that says why there are none; null when there are.</param>
public sealed record FixedBias(IReadOnlyList<double> RaterBias, string? UndefinedBecause)
{
    /// <summary>Solves the normal equations. O(Σ m² + s³) as <see cref="VarianceComponents.Of(Ratings)"/>.</summary>
    /// <returns>Undefined with its reason for a single item or rater, where all ratings are equal, where two groups of raters have no
    /// item in common, directly or through others, and above 1,000 items and raters both.</returns>
    public static FixedBias Of(Ratings ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (CrossedDesign.Of(ratings, out var why) is not { } design)
            return new([], why);
        if (design.Parts() > 1)
            return new(
                [],
                "Some raters share no item with the others, directly or through others, so their biases cannot be compared."
            );

        // The matrix takes no constant; adding one to every entry gives it the solution with sum zero.
        var inverse = design.Eliminated(size => 1.0 / size);
        for (var i = 0; i < inverse.Length; i++)
            inverse[i] += 1;
        PositiveDefinite.Invert(inverse, design.Few);
        var right = new double[design.Few];
        ForEachOfMany(
            design,
            (rows, mean) =>
            {
                foreach (var row in rows)
                    right[design.FewOf[row]] += design.Grades[row] - mean;
            },
            row => design.Grades[row]
        );
        var few = PositiveDefinite.Times(inverse, design.Few, right);
        if (design.ItemsAreMany)
            return new(Array.ConvertAll(few, bias => design.Scale.Width * bias), null);

        List<double> many = [];
        ForEachOfMany(design, (_, mean) => many.Add(mean), row => design.Grades[row] - few[design.FewOf[row]]);
        var middle = many.Average();
        return new([.. many.Select(bias => design.Scale.Width * (bias - middle))], null);
    }

    private static void ForEachOfMany(CrossedDesign design, Action<IEnumerable<int>, double> use, Func<int, double> value)
    {
        for (var member = 0; member < design.Many; member++)
        {
            var start = design.StartOfMany[member];
            var rows = Enumerable.Range(start, design.StartOfMany[member + 1] - start);
            use(rows, rows.Average(value));
        }
    }
}
