using Concord.Core.Statistics.Summary;

namespace Concord.Core.Statistics.Agreement;

/// <summary>Cohen's kappa of two raters, unweighted or weighted: chance is that of raters who each keep to their own use of the categories.</summary>
/// <remarks>
/// Only items that both rated count. The standard errors are the large-sample ones, the interval is the normal one, cut at 1.
/// Source: Cohen (1960), "A Coefficient of Agreement for Nominal Scales", Educ. Psychol. Meas. 20(1); Cohen (1968), "Weighted Kappa", Psychol. Bull. 70(4);
/// Fleiss, Cohen and Everitt (1969), "Large Sample Standard Errors of Kappa and Weighted Kappa", Psychol. Bull. 72(5).
/// </remarks>
public static class CohenKappa
{
    /// <summary>Computes kappa. O(items log items + categories²).</summary>
    /// <param name="ratings">The ratings of two raters.</param>
    /// <param name="weights">The weights of the same ratings: linear are also called equal, quadratic squared.</param>
    /// <param name="confidence">Of the interval, above 0, below 1.</param>
    /// <returns>At most 1, 0 is chance; undefined with its reason where there are not two raters, they share no item, both gave the same
    /// category throughout, or the weights are undefined.</returns>
    /// <exception cref="ArgumentException">The weights belong to other ratings, or the confidence is not between 0 and 1.</exception>
    public static TestedKappa Of(Ratings ratings, AgreementWeights weights, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ConfidenceInterval.Check(confidence);
        if (TwoRaterTable.Of(ratings, out var reason) is not { } table)
            return TestedKappa.Undefined(reason);
        if (weights.InUse != table.Rows.Length)
            throw new ArgumentException("The weights belong to other ratings.", nameof(weights));
        if (weights.UndefinedBecause is { } why)
            return TestedKappa.Undefined(why);

        double n = table.Items;
        double[] p = [.. table.Rows.Select(count => count / n)];
        double[] q = [.. table.Columns.Select(count => count / n)];
        var rows = WeightedSample.Against(weights, q);
        var columns = WeightedSample.Against(weights, p);
        double observed = 0;
        foreach (var (row, column, count) in table.Cells)
            observed += count * weights.Disagreement(row, column) / n;
        double chance = 0;
        for (var c = 0; c < p.Length; c++)
            chance += p[c] * rows[c];
        if (!WeightedSample.IsAbove0(chance))
            return TestedKappa.Undefined("Both raters gave the same category throughout, so chance disagreement is zero.");

        var value = 1 - observed / chance;
        if (p.Count(share => share > 0) == 1 || q.Count(share => share > 0) == 1)
            return new(
                new(
                    value,
                    NoIntervalBecause: "One rater gave the same category throughout, so kappa is zero whatever the other gave."
                ),
                null,
                null,
                null
            );

        double squares = 0;
        foreach (var (row, column, count) in table.Cells)
        {
            var influence = (rows[row] + columns[column]) * observed - weights.Disagreement(row, column) * chance;
            squares += count / n * Square(influence - observed * chance);
        }
        var error = Math.Sqrt(squares / n) / Square(chance);
        var half = NormalQuantile.TwoSided(confidence) * error;
        return TestedKappa.Of(
            new(value, new(value - half, Math.Min(1, value + half)), StandardError: error),
            Math.Sqrt(NullSquares(weights, p, q, rows, columns, chance) / n) / chance
        );
    }

    private static double NullSquares(
        AgreementWeights weights,
        double[] p,
        double[] q,
        double[] rows,
        double[] columns,
        double chance
    )
    {
        // The quick form cancels where the long one does not, and only tables beyond every scale of grades need it.
        double squares = 0;
        if (weights.IsIdentity && p.Length > AgreementWeights.MostCategories)
        {
            double[] a = [.. rows.Select(d => 1 - d)];
            double[] b = [.. columns.Select(d => 1 - d)];
            for (var c = 0; c < p.Length; c++)
                squares += p[c] * q[c] - p[c] * a[c] * a[c] - q[c] * b[c] * b[c];
            return Math.Max(0, squares + Square(1 - chance));
        }
        int[] second = [.. Enumerable.Range(0, q.Length).Where(c => q[c] > 0)];
        for (var a = 0; a < p.Length; a++)
        {
            if (p[a] <= 0)
                continue;
            foreach (var b in second)
                squares += p[a] * q[b] * Square(rows[a] + columns[b] - weights.Disagreement(a, b) - chance);
        }
        return squares;
    }

    private static double Square(double x) => x * x;
}
