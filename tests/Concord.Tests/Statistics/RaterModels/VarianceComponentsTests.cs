using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;

namespace Concord.Tests.Statistics.RaterModels;

public class VarianceComponentsTests
{
    [Fact]
    public void On_a_complete_table_they_are_the_analysis_of_variance()
    {
        // Mean squares of the table of Shrout and Fleiss: items 11.2417, raters 32.4861, residual 1.0194; 6 items, 4 raters.
        var components = VarianceComponents.Of(ReferenceCase.Read("shrout-fleiss-1979").Ratings());
        Assert.True(components.Converged);
        Assert.Equal((11.241666666666669 - 1.0194444444444444) / 4, components.Item!.Value, 1e-6);
        Assert.Equal((32.486111111111114 - 1.0194444444444444) / 6, components.Rater!.Value, 1e-6);
        Assert.Equal(1.0194444444444444, components.Residual!.Value, 1e-6);
        Assert.Equal(4, components.RatingsPerItem, 1e-12);
    }

    [Fact]
    public void No_components_nearby_are_likelier() =>
        Prop.ForAll(
                Tables.AnySparse.ToArbitrary(),
                table =>
                {
                    var ratings = Tables.Of(table);
                    var fit = VarianceComponents.Of(ratings);
                    if (fit.UndefinedBecause is not null)
                        return true;
                    if (!fit.Converged)
                        return false;
                    double[] at = [fit.Item!.Value, fit.Rater!.Value, fit.Residual!.Value];
                    var best = Dense.LogLikelihood(ratings, at);
                    return Enumerable
                        .Range(0, 3)
                        .SelectMany(a => new[] { -0.02, 0.02 }.Select(by => at.Select((v, b) => a == b ? v + by : v).ToArray()))
                        .Where(near => near[0] >= 0 && near[1] >= 0 && near[2] > 0)
                        .All(near => Dense.LogLikelihood(ratings, near) <= best + 1e-9);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Effects_and_errors_are_those_of_the_dense_equations() =>
        Prop.ForAll(
                Tables.AnySparse.ToArbitrary(),
                table =>
                {
                    var ratings = Tables.Of(table);
                    var fit = AdditiveBias.Of(ratings);
                    if (
                        fit.UndefinedBecause is not null
                        || fit.Components.Item < 1e-3
                        || fit.Components.Rater < 1e-3
                        || fit.Components.Residual < 1e-3
                    )
                        return true;
                    var (mean, items, itemErrors, raters, raterErrors) = Dense.Effects(ratings, fit.Components);
                    static bool Same(IEnumerable<double> a, IEnumerable<double> b) =>
                        a.Zip(b).All(p => Math.Abs(p.First - p.Second) < 1e-6);
                    return Same([mean], [fit.Mean!.Value])
                        && Same(items, fit.ItemEffects)
                        && Same(itemErrors, fit.ItemStandardErrors)
                        && Same(raters, fit.RaterBias)
                        && Same(raterErrors, fit.RaterStandardErrors);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Names_and_the_larger_side_do_not_matter() =>
        Prop.ForAll(
                Tables.AnySparse.ToArbitrary(),
                table =>
                {
                    var plain = VarianceComponents.Of(Tables.Of(table));
                    var reversed = VarianceComponents.Of(Tables.Reversed(table));
                    var transposed = VarianceComponents.Of(
                        Tables.Of([.. Enumerable.Range(0, table[0].Length).Select(r => table.Select(row => row[r]).ToArray())])
                    );
                    bool Near(double? a, double? b) => a is { } x ? b is { } y && Math.Abs(x - y) < 1e-5 : b is null;
                    return Near(plain.Item, reversed.Item)
                        && Near(plain.Rater, reversed.Rater)
                        && Near(plain.Residual, reversed.Residual)
                        && Near(plain.Item, transposed.Rater)
                        && Near(plain.Rater, transposed.Item)
                        && Near(plain.Residual, transposed.Residual);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Another_unit_scales_the_components_and_leaves_the_ratio()
    {
        var small = VarianceComponents.Of(ReferenceCase.Read("irr-video").Ratings());
        var builder = new RatingsBuilder();
        foreach (var row in ReferenceCase.Read("irr-video").Rows.Skip(1))
            builder.TryAdd(row[0], row[1], 1e6 * ReferenceCase.Number(row[2]) - 7);
        var large = VarianceComponents.Of(builder.Build());
        Assert.Equal(1, large.Item!.Value / small.Item!.Value / 1e12, 1e-9);
        Assert.Equal(small.Intraclass(3).Value!.Value, large.Intraclass(3).Value!.Value, 1e-9);
    }

    [Fact]
    public void Synthetic_ratings_with_missing_cells_settle()
    {
        var components = VarianceComponents.Of(new SyntheticRatings(3000, Missing: 3000).Ratings());
        Assert.True(components.Converged);
        Assert.InRange(components.RatingsPerItem, 2, 3.5);
        Assert.InRange(components.Intraclass(1).Value!.Value, 0.5, 0.8);
        Assert.All(
            new[] { components.ItemStandardError, components.RaterStandardError, components.ResidualStandardError },
            error => Assert.NotNull(error)
        );
    }

    [Fact]
    public void Items_that_do_not_differ_have_no_variance_and_an_interval_from_zero()
    {
        var components = VarianceComponents.Of(
            Tables.Of(
                [
                    [0, 1, 2],
                    [2, 1, 0],
                    [1, 0, 2],
                    [2, 2, 0],
                ]
            )
        );
        Assert.Equal(0, components.Item);
        Assert.Null(components.ItemStandardError);
        Assert.Equal(0, components.Intraclass(1).Value);
        Assert.Equal(0, components.Intraclass(1).Interval!.Value.Low);
        Assert.InRange(components.Intraclass(1).Interval!.Value.High, 0.1, 1);
    }

    [Fact]
    public void Means_that_are_all_equal_leave_no_interval()
    {
        var components = VarianceComponents.Of(
            Tables.Of(
                [
                    [0, 1, 2],
                    [2, 0, 1],
                    [1, 2, 0],
                ]
            )
        );
        Assert.Equal((0, 0), (components.Item, components.Rater));
        Assert.NotNull(components.Intraclass(1).NoIntervalBecause);
    }

    [Fact]
    public void What_cannot_be_told_has_a_reason()
    {
        Assert.Contains("no ratings", Reason([]), StringComparison.Ordinal);
        Assert.Contains(
            "single item",
            Reason(
                [
                    [1, 2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "single rater",
            Reason(
                [
                    [1],
                    [2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is equal",
            Reason(
                [
                    [1, 1],
                    [1, 1],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "overlap",
            Reason(
                [
                    [1, double.NaN],
                    [double.NaN, 2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "overlap",
            Reason(
                [
                    [1, 2],
                    [double.NaN, 2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no residual",
            Reason(
                [
                    [1, 1],
                    [2, 2],
                    [5, 5],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no residual",
            Reason(
                [
                    [1, 2],
                    [2, 3],
                    [4, 5],
                ]
            ),
            StringComparison.Ordinal
        );
        var words = new RatingsBuilder();
        words.TryAdd("a", "x", "good");
        words.TryAdd("b", "x", "bad");
        Assert.Contains("not numbers", VarianceComponents.Of(words.Build()).UndefinedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_of_both_sides_are_refused()
    {
        var builder = new RatingsBuilder();
        for (var i = 0; i < 1001; i++)
        for (var j = 0; j < 3; j++)
            builder.TryAdd($"i{i}", $"r{(i + j) % 1001}", (i + j) % 3.0);
        Assert.Contains("beyond", VarianceComponents.Of(builder.Build()).UndefinedBecause, StringComparison.Ordinal);
    }

    private static string Reason(double[][] table) => VarianceComponents.Of(Tables.Of(table)).UndefinedBecause!;

    // The model written out with full matrices.
    internal static class Dense
    {
        public static double LogLikelihood(Ratings ratings, double[] variances)
        {
            var (y, items, raters) = Design(ratings);
            var v = Covariance(items, raters, variances).Cholesky();
            var ones = Vector<double>.Build.Dense(y.Count, 1);
            var weight = ones * v.Solve(ones);
            var left = y - ones * (ones * v.Solve(y) / weight);
            return -0.5 * (v.DeterminantLn + Math.Log(weight) + left * v.Solve(left));
        }

        public static (double Mean, double[] Items, double[] ItemErrors, double[] Raters, double[] RaterErrors) Effects(
            Ratings ratings,
            VarianceComponents components
        )
        {
            // Henderson's equations: mean, items, raters.
            var (y, items, raters) = Design(ratings);
            var x = Matrix<double>.Build.Dense(y.Count, 1, 1).Append(items).Append(raters);
            var left = x.TransposeThisAndMultiply(x) / components.Residual!.Value;
            for (var i = 0; i < items.ColumnCount; i++)
                left[1 + i, 1 + i] += 1 / components.Item!.Value;
            for (var i = 0; i < raters.ColumnCount; i++)
                left[1 + items.ColumnCount + i, 1 + items.ColumnCount + i] += 1 / components.Rater!.Value;
            var inverse = left.Inverse();
            var all = inverse * x.TransposeThisAndMultiply(y) / components.Residual.Value;
            return (
                all[0],
                [.. all.Skip(1).Take(items.ColumnCount)],
                [
                    .. Enumerable
                        .Range(1, items.ColumnCount)
                        .Select(i => Math.Sqrt(inverse[0, 0] + 2 * inverse[0, i] + inverse[i, i])),
                ],
                [.. all.Skip(1 + items.ColumnCount)],
                [.. Enumerable.Range(1 + items.ColumnCount, raters.ColumnCount).Select(i => Math.Sqrt(inverse[i, i]))]
            );
        }

        private static (Vector<double> Grades, Matrix<double> Items, Matrix<double> Raters) Design(Ratings ratings)
        {
            var y = Vector<double>.Build.Dense(ratings.Count);
            var items = Matrix<double>.Build.Dense(ratings.Count, ratings.Items.Count);
            var raters = Matrix<double>.Build.Dense(ratings.Count, ratings.Raters.Count);
            for (var row = 0; row < ratings.Count; row++)
            {
                y[row] = ratings.CategoryValues![ratings.CategoryOf[row]];
                items[row, ratings.ItemOf[row]] = raters[row, ratings.RaterOf[row]] = 1;
            }
            return (y, items, raters);
        }

        private static Matrix<double> Covariance(Matrix<double> items, Matrix<double> raters, double[] variances) =>
            variances[0] * items.TransposeAndMultiply(items)
            + variances[1] * raters.TransposeAndMultiply(raters)
            + variances[2] * Matrix<double>.Build.DenseIdentity(items.RowCount);
    }
}
