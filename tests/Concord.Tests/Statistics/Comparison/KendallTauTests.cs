using Concord.Core.Statistics.Comparison;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Comparison;

public class KendallTauTests
{
    [Fact]
    public void Four_pairs_with_a_tie_by_hand()
    {
        // Pairs: 4 concordant, 1 discordant, 1 tied on one side: 3 / √(6 · 5).
        Assert.Equal(3 / Math.Sqrt(30), Correlation.Kendall([1, 2, 3, 4], [1, 1, 3, 2])!.Value, 1e-12);
    }

    [Fact]
    public void A_side_that_does_not_vary_has_no_correlation()
    {
        Assert.Null(Correlation.Kendall([], []));
        Assert.Null(Correlation.Kendall([1], [1]));
        Assert.Null(Correlation.Kendall([1, 1, 1], [1, 2, 3]));
    }

    [Fact]
    public void Lengths_that_differ_are_refused() =>
        Assert.Throws<ArgumentException>(() => Correlation.Kendall([1, 2], [1, 2, 3]));

    [Fact]
    public void Tau_is_what_counting_all_pairs_gives() =>
        Prop.ForAll(
                Gen.Choose(0, 4).Two().Select(p => ((double)p.Item1, (double)p.Item2)).ArrayOf().ToArbitrary(),
                pairs =>
                {
                    double[] a = [.. pairs.Select(p => p.Item1)];
                    double[] b = [.. pairs.Select(p => p.Item2)];
                    var (sum, aDiffers, bDiffers) = (0, 0, 0);
                    for (var i = 0; i < a.Length; i++)
                    for (var j = 0; j < i; j++)
                    {
                        sum += Math.Sign(a[i] - a[j]) * Math.Sign(b[i] - b[j]);
                        aDiffers += a[i] != a[j] ? 1 : 0;
                        bDiffers += b[i] != b[j] ? 1 : 0;
                    }
                    var tau = Correlation.Kendall(a, b);
                    return aDiffers == 0 || bDiffers == 0
                        ? tau is null
                        : Math.Abs(sum / Math.Sqrt((double)aDiffers * bDiffers) - tau!.Value) < 1e-12;
                }
            )
            .QuickCheckThrowOnFailure();
}
