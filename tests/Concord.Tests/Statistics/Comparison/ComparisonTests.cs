using Concord.Core.Statistics.Comparison;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Comparison;

public class ComparisonTests
{
    [Fact]
    public void A_straight_line_correlates_fully()
    {
        Assert.Equal(1, Correlation.Pearson([1, 2, 3], [10, 20, 30])!.Value, 1e-12);
        Assert.Equal(-1, Correlation.Pearson([1, 2], [2, 1])!.Value, 1e-12);
        Assert.Equal(1, Correlation.Spearman([1, 2, 3], [1, 10, 1000])!.Value, 1e-12);
    }

    [Fact]
    public void Ranks_of_few_distinct_values_are_those_of_a_sort() =>
        Prop.ForAll(
                Gen.Choose(0, 5).ArrayOf(200).ToArbitrary(),
                Gen.Choose(0, 12).ArrayOf(200).ToArbitrary(),
                (a, b) =>
                {
                    double[] x = [.. a.Select(v => (double)v)];
                    double[] y = [.. b.Select(v => v / 2.0)];
                    return Correlation.Spearman(x, y) == Correlation.Pearson(MidRanks(x), MidRanks(y));
                }
            )
            .QuickCheckThrowOnFailure();

    private static double[] MidRanks(double[] values) =>
        [.. values.Select(v => (values.Count(w => w < v) + 1 + values.Count(w => w <= v)) / 2.0)];

    [Fact]
    public void Without_variation_or_two_pairs_there_is_no_correlation()
    {
        Assert.Null(Correlation.Pearson([], []));
        Assert.Null(Correlation.Pearson([1], [2]));
        Assert.Null(Correlation.Pearson([0.1, 0.1, 0.1], [1, 2, 3]));
        Assert.Null(Correlation.Spearman([1, 2, 3], [4, 4, 4]));
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1, 2], [1]));
    }

    [Fact]
    public void Sign_flips_are_what_trying_every_assignment_gives() =>
        Prop.ForAll(
                Gen.Choose(-3, 3).ArrayOf(9).ToArbitrary(),
                differences =>
                {
                    var observed = Math.Abs(differences.Sum());
                    var hits = Enumerable
                        .Range(0, 1 << differences.Length)
                        .Count(signs => Math.Abs(differences.Select((d, i) => (signs >> i & 1) == 0 ? d : -d).Sum()) >= observed);
                    return SignFlipTest.TwoSidedP([.. differences.Select(d => d / 10.0)], 1) == hits / 512.0;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Random_sign_flips_come_near_the_exact_share()
    {
        // 21 equal differences: only the two extreme assignments reach the observed mean, so of 9,999 draws about none does.
        Assert.Equal(1 / 10_000.0, SignFlipTest.TwoSidedP([.. Enumerable.Repeat(1.0, 21)], 3));
        // 100 differences of ±1 with a sum of 20: P(|sum| ≥ 20) = 2 P(Binomial(100, ½) ≥ 60) = .0569.
        double[] many = [.. Enumerable.Range(0, 100).Select(i => i < 60 ? 1.0 : -1.0)];
        Assert.Equal(0.0569, SignFlipTest.TwoSidedP(many, 3, 99_999)!.Value, 0.004);
        Assert.Equal(SignFlipTest.TwoSidedP(many, 3), SignFlipTest.TwoSidedP(many, 3));
    }

    [Fact]
    public void No_differences_have_no_p_and_zeros_have_one()
    {
        Assert.Null(SignFlipTest.TwoSidedP([], 1));
        Assert.Equal(1, SignFlipTest.TwoSidedP([0, 0, 0], 1));
        Assert.Equal(1, SignFlipTest.TwoSidedP([0.3], 1));
        Assert.Equal(1 / 524_288.0, SignFlipTest.TwoSidedP([.. Enumerable.Repeat(0.1, 20)], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignFlipTest.TwoSidedP([1], 1, 0));
    }

    [Fact]
    public void Adjusted_p_values_stay_at_their_tests()
    {
        Assert.Equal([0.03, 0.06, 0.06], Holm.Adjust([0.01, 0.04, 0.03]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.03, 0.04, 0.04], BenjaminiHochberg.Adjust([0.01, 0.04, 0.03]), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Empty(Holm.Adjust([]));
        Assert.Empty(Hommel.Adjust([]));
        Assert.Equal([0.2], Hommel.Adjust([0.2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Holm.Adjust([0.5, double.NaN]));
    }

    [Fact]
    public void Adjustments_are_ordered_by_what_they_guard_against() =>
        Prop.ForAll(
                Gen.Choose(0, 1000).ArrayOf(8).ToArbitrary(),
                thousandths =>
                {
                    double[] p = [.. thousandths.Select(t => t / 1000.0)];
                    double[][] ladder =
                    [
                        p,
                        BenjaminiHochberg.Adjust(p),
                        Hommel.Adjust(p),
                        Hochberg.Adjust(p),
                        Holm.Adjust(p),
                        Bonferroni.Adjust(p),
                    ];
                    return ladder
                            .Zip(ladder.Skip(1))
                            .All(step => step.First.Zip(step.Second).All(a => a.First <= a.Second + 1e-12))
                        && ladder.All(step => step.All(a => a is >= 0 and <= 1));
                }
            )
            .QuickCheckThrowOnFailure();
}
