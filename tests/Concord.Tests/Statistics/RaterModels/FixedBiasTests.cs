using Concord.Core.Statistics.RaterModels;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.RaterModels;

public class FixedBiasTests
{
    [Fact]
    public void Biases_that_are_exact_are_found_through_others()
    {
        var gap = double.NaN;
        var fit = FixedBias.Of(
            Tables.Of(
                [
                    [1, 2, gap],
                    [3, 4, gap],
                    [gap, 4, 7],
                    [gap, 1, 4],
                ]
            )
        );
        Assert.Equal([-5 / 3.0, -2 / 3.0, 7 / 3.0], fit.RaterBias.Select(b => Math.Round(b, 12)), Near);
    }

    [Fact]
    public void Groups_without_a_common_item_cannot_be_compared()
    {
        var gap = double.NaN;
        var fit = FixedBias.Of(
            Tables.Of(
                [
                    [1, 2, gap, gap],
                    [gap, gap, 1, 2],
                ]
            )
        );
        Assert.Empty(fit.RaterBias);
        Assert.Contains("share no item", fit.UndefinedBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void Residuals_of_each_rater_and_each_item_sum_to_zero() =>
        Prop.ForAll(
                Tables.AnySparse.ToArbitrary(),
                table =>
                {
                    if (FixedBias.Of(Tables.Of(table)) is not { UndefinedBecause: null } fit)
                        return true;
                    // Raters and items without a rating are not in the model.
                    int[] raters = [.. Enumerable.Range(0, table[0].Length).Where(r => table.Any(row => !double.IsNaN(row[r])))];
                    var sums = new double[raters.Length];
                    foreach (var row in table)
                    {
                        var left = raters.Select((r, i) => row[r] - fit.RaterBias[i]).ToArray();
                        var mean = left.Where(v => !double.IsNaN(v)).DefaultIfEmpty().Average();
                        for (var i = 0; i < sums.Length; i++)
                            sums[i] += double.IsNaN(left[i]) ? 0 : left[i] - mean;
                    }
                    return sums.All(s => Math.Abs(s) < 1e-9) && Math.Abs(fit.RaterBias.Sum()) < 1e-9;
                }
            )
            .QuickCheckThrowOnFailure();

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
