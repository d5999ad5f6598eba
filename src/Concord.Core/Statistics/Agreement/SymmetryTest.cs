using MathNet.Numerics;

namespace Concord.Core.Statistics.Agreement;

/// <summary>Whether two raters differ in how they use the categories: a test of their square table.</summary>
/// <param name="ChiSquared">The statistic, 0 or more; null where it is undefined.</param>
/// <param name="Degrees">Degrees of freedom.</param>
/// <param name="P">The probability of a statistic at least as large if the raters do not differ; null with <paramref name="ChiSquared"/>.</param>
/// <param name="UndefinedBecause">One sentence that says why; null when there is a value.</param>
public sealed record SymmetryTest(double? ChiSquared, int Degrees, double? P, string? UndefinedBecause = null)
{
    /// <summary>Bowker's test of symmetry: for any two categories one order is as frequent as the other.</summary>
    /// <remarks>Two categories that the raters never confused say nothing and count no degree of freedom; where every two were confused the
    /// degrees are k (k − 1) / 2. Source: Bowker (1948), "A Test for Symmetry in Contingency Tables", J. Am. Stat. Assoc. 43.</remarks>
    /// <param name="ratings">The ratings of two raters.</param>
    /// <returns>Undefined with its reason where there are not two raters, they share no item, or they never differ.</returns>
    public static SymmetryTest Bowker(Ratings ratings)
    {
        if (Confusions(ratings, out var reason, out _) is not { } confusions)
            return Undefined(reason);
        double statistic = 0;
        foreach (var (_, _, above, below) in confusions)
            statistic += (double)(above - below) * (above - below) / (above + below);
        return Of(statistic, confusions.Count);
    }

    /// <summary>The Stuart-Maxwell test of marginal homogeneity: both raters use each category as often.</summary>
    /// <remarks>
    /// Categories that confusions do not connect are tested apart, each group with one degree of freedom less than it has categories: the
    /// usual k − 1 where all are connected. Source: Stuart (1955), "A Test for Homogeneity of the Marginal Distributions in a Two-Way
    /// Classification", Biometrika 42; Maxwell (1970), "Comparing the Classification of Subjects by Two Independent Judges", Br. J. Psychiatry 116.
    /// </remarks>
    /// <inheritdoc cref="Bowker" path="/param"/>
    /// <returns>As for <see cref="Bowker"/>; undefined also where more than 500 categories were confused.</returns>
    public static SymmetryTest StuartMaxwell(Ratings ratings)
    {
        if (Confusions(ratings, out var reason, out _) is not { } confusions)
            return Undefined(reason);
        return Homogeneity.Of(confusions) is var (statistic, degrees)
            ? Of(statistic, degrees)
            : Undefined($"More than {Homogeneity.MostCategories} categories were confused.");
    }

    /// <summary>Bhapkar's test of marginal homogeneity: Stuart and Maxwell's with the variances as observed, never the smaller.</summary>
    /// <remarks>Source: Bhapkar (1966), "A Note on the Equivalence of Two Test Criteria for Hypotheses in Categorical Data", J. Am. Stat. Assoc. 61.</remarks>
    /// <inheritdoc cref="StuartMaxwell" path="/param"/>
    /// <returns>As for <see cref="StuartMaxwell"/>; undefined also where the raters differ on every item and always alike.</returns>
    public static SymmetryTest Bhapkar(Ratings ratings)
    {
        var test = StuartMaxwell(ratings);
        if (test.ChiSquared is not { } statistic)
            return test;
        _ = Confusions(ratings, out _, out var items);
        return 1 - statistic / items > 1e-12
            ? Of(statistic / (1 - statistic / items), test.Degrees)
            : Undefined("The raters differ on every item and always alike, so the difference does not vary.");
    }

    private static SymmetryTest Of(double statistic, int degrees) =>
        new(statistic, degrees, statistic > 0 ? SpecialFunctions.GammaUpperRegularized(degrees / 2.0, statistic / 2) : 1);

    private static SymmetryTest Undefined(string reason) => new(null, 0, null, reason);

    // Two categories with how often the first rater gave the lower and the second the higher, and the other way round.
    private static List<(int Low, int High, int Above, int Below)>? Confusions(Ratings ratings, out string reason, out int items)
    {
        items = 0;
        if (TwoRaterTable.Of(ratings, out reason) is not { } table)
            return null;
        items = table.Items;
        List<(int Low, int High, int Above, int Below)> confusions =
        [
            .. table
                .Cells.Where(c => c.Row != c.Column)
                .GroupBy(c => (Low: Math.Min(c.Row, c.Column), High: Math.Max(c.Row, c.Column)))
                .OrderBy(g => g.Key)
                .Select(g =>
                    (
                        g.Key.Low,
                        g.Key.High,
                        g.Sum(c => c.Row < c.Column ? c.Count : 0),
                        g.Sum(c => c.Row < c.Column ? 0 : c.Count)
                    )
                ),
        ];
        if (confusions.Count > 0)
            return confusions;
        reason = "The two raters never differ, so there is nothing to test.";
        return null;
    }
}
