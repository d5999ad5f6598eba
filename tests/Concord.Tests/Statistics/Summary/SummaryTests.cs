using Concord.Core.Statistics;
using Concord.Core.Statistics.Summary;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Summary;

public class SummaryTests
{
    [Fact]
    public void Nothing_has_no_summary()
    {
        double?[] summaries =
        [
            Median.Of([]),
            Median.Weighted([], []),
            Mean.Of([]),
            Mean.Trimmed([], 0.2),
            Mean.Winsorized([], 0.2),
            Mean.Weighted([], []),
            Spread.StandardDeviation([]),
            Spread.Range([]),
            Spread.Iqr([]),
            Spread.Mad([]),
            Mode.Lowest([]),
            HodgesLehmann.Of([]),
            Entropy.Of([]),
            Quantile.Of([], 0.5),
            Median.OrderStatisticCoverage(0),
        ];
        Assert.All(summaries, Assert.Null);
        Assert.Null(Median.OrderStatisticInterval([]));
        Assert.Null(Mean.StudentInterval([]));
        Assert.Null(Mean.TrimmedInterval([], 0.2));
        Assert.Null(Bimodality.Modes([], 1));
    }

    [Fact]
    public void One_value_is_its_own_summary_and_has_no_spread_estimate()
    {
        Assert.All(
            new[] { Median.Of([3]), Mean.Of([3]), Mean.Trimmed([3], 0.49), Mode.Lowest([3]), HodgesLehmann.Of([3]) },
            value => Assert.Equal(3, value)
        );
        Assert.Null(Spread.StandardDeviation([3]));
        Assert.Equal(0, Spread.Range([3]));
        Assert.Equal(0, Entropy.Of([3]));
    }

    [Fact]
    public void The_input_is_left_as_it_is()
    {
        double[] values = [3, 1, 2, 2, 5, 0, 4];
        double[] weights = [1, 2, 3, 4, 5, 6, 7];
        Median.Of(values);
        Median.Weighted(values, weights);
        Median.OrderStatisticInterval(values);
        Mean.Trimmed(values, 0.2);
        Mean.Winsorized(values, 0.2);
        Spread.Iqr(values);
        Spread.Mad(values);
        HodgesLehmann.Of(values);
        Assert.Equal([3, 1, 2, 2, 5, 0, 4], values);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], weights);
    }

    [Fact]
    public void Sums_beyond_the_range_of_double_are_undefined_and_not_infinite()
    {
        double[] huge = [double.MaxValue, double.MaxValue, -double.MaxValue, double.MaxValue];
        Assert.Null(Mean.Of([double.MaxValue, double.MaxValue]));
        Assert.Null(Spread.Range(huge));
        Assert.Null(Spread.StandardDeviation(huge));
        Assert.Null(Mean.StudentInterval(huge));
        Assert.Equal(double.MaxValue, Median.Of([double.MaxValue, double.MaxValue]));
        Assert.Equal(double.MaxValue, HodgesLehmann.Of([double.MaxValue, double.MaxValue]));
    }

    [Fact]
    public void Half_grades_of_an_even_count_stay_halves() => Assert.Equal(3.5, Median.Of([4, 3, 5, 3]));

    [Fact]
    public void A_weighted_median_at_exactly_half_is_between_the_two()
    {
        Assert.Equal(1.5, Median.Weighted([1, 2], [1, 1]));
        Assert.Equal(2.5, Median.Weighted([4, 2, 3, 1], [0.1, 0.2, 0.3, 0.2]));
        Assert.Equal(2, Median.Weighted([1, 2, 3], [0, 1, 0]));
        Assert.Equal(2, Median.Weighted([1, 2, 3], [1, 0.5, 1]));
        Assert.Null(Median.Weighted([1, 2], [0, 0]));
    }

    [Fact]
    public void Weights_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Median.Weighted([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Mean.Weighted([1, 2], [1, -1]));
        Assert.Throws<ArgumentException>(() => Mean.Weighted([1, 2], [1, double.NaN]));
    }

    [Fact]
    public void Equal_weights_give_the_plain_statistics() =>
        Prop.ForAll(
                Grades(1, 12).ToArbitrary(),
                values =>
                {
                    double[] weights = [.. values.Select(_ => 0.1)];
                    return Math.Abs(Median.Weighted(values, weights)!.Value - Median.Of(values)!.Value) < 1e-12
                        && Math.Abs(Mean.Weighted(values, weights)!.Value - Mean.Of(values)!.Value) < 1e-12;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Hodges_Lehmann_is_the_median_of_all_pair_means() =>
        Prop.ForAll(
                Grades(1, 12).ToArbitrary(),
                values =>
                {
                    var means =
                        from a in Enumerable.Range(0, values.Length)
                        from b in Enumerable.Range(a, values.Length - a)
                        select (values[a] + values[b]) / 2;
                    return HodgesLehmann.Of(values) == Median.Of(means.ToArray());
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Hodges_Lehmann_of_a_hundred_thousand_values_is_no_trouble() =>
        Assert.Equal(49_999.5, HodgesLehmann.Of([.. Enumerable.Range(0, 100_000).Select(i => (double)i)])!.Value, 1e-9);

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, 0.96875)]
    [InlineData(9, 0.9609375)]
    public void The_order_statistic_interval_starts_at_six_values(int count, double? coverage)
    {
        double[] values = [.. Enumerable.Range(1, count).Select(i => (double)i)];
        Assert.Equal(coverage is not null, Median.OrderStatisticInterval(values) is not null);
        Assert.Equal(coverage, Median.OrderStatisticCoverage(count) is { } c ? Math.Round(c, 9) : null);
    }

    [Fact]
    public void The_order_statistic_interval_of_many_values_is_that_of_the_normal_approximation() =>
        // 50,000 ± 1.96 √100,000 / 2, that is 309.9, and outwards to the next whole number
        Assert.Equal(
            new ConfidenceInterval(49_689, 50_310),
            Median.OrderStatisticInterval([.. Enumerable.Range(0, 100_000).Select(i => (double)i)])
        );

    [Fact]
    public void A_mean_has_an_interval_from_three_values()
    {
        Assert.Null(Mean.StudentInterval([1, 2]));
        // t(.975, 2) = 4.302653, s = 1: Student's table.
        var interval = Mean.StudentInterval([1, 2, 3])!.Value;
        Assert.Equal(2 - 4.302653 / Math.Sqrt(3), interval.Low, 1e-6);
        Assert.Equal(new ConfidenceInterval(2, 2), Mean.StudentInterval([2, 2, 2]));
    }

    [Fact]
    public void A_trimmed_interval_rests_on_the_winsorized_variance()
    {
        // Ten values, two cut at each end: six left, mean 3.5; winsorized 1 1 1 2 3 4 5 6 6 6, sum of squares 42.5 around 3.5;
        // standard error √(42.5 / 30) = 1.190238; t(.975, 5) = 2.570582.
        double[] values = [-9, 0, 1, 2, 3, 4, 5, 6, 7, 90];
        var interval = Mean.TrimmedInterval(values, 0.2)!.Value;
        Assert.Equal(3.5 - 2.570582 * 1.190238, interval.Low, 1e-5);
        Assert.Equal(3.5 + 2.570582 * 1.190238, interval.High, 1e-5);
        Assert.Equal(Mean.StudentInterval(values), Mean.TrimmedInterval(values, 0));
        Assert.Null(Mean.TrimmedInterval([1, 2, 3, 4], 0.25));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void A_share_to_trim_is_below_one_half(double proportion)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Mean.Trimmed([1, 2], proportion));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mean.Winsorized([1, 2], proportion));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mean.TrimmedInterval([1, 2], proportion));
    }

    [Fact]
    public void The_mode_is_the_lowest_of_the_most_frequent() => Assert.Equal(2, Mode.Lowest([5, 2, 5, 2, 1]));

    [Fact]
    public void Two_camps_are_bimodal()
    {
        Assert.Equal((1, 5), Bimodality.Modes([1, 1, 5, 5, 3], 1));
        Assert.Equal((1, 3), Bimodality.Modes([1, 1, 3, 3], 1));
        Assert.Equal((0.1, 0.3), Bimodality.Modes([0.1, 0.1, 0.3, 0.3], 0.1));
    }

    [Fact]
    public void Neighbouring_modes_small_camps_and_few_values_are_not_bimodal()
    {
        Assert.Null(Bimodality.Modes([1, 1, 2, 2], 1));
        Assert.Null(Bimodality.Modes([1, 1, 1, 5, 3], 1));
        Assert.Null(Bimodality.Modes([1, 5, 5], 1));
        Assert.Null(Bimodality.Modes([5, 5, 5, 5], 1));
        Assert.Null(Bimodality.Modes([1, 1, 3, 3], 0.5, minimumSteps: 5));
    }

    [Fact]
    public void Summaries_stay_within_the_values() =>
        Prop.ForAll(
                Grades(1, 20).ToArbitrary(),
                values =>
                    new[]
                    {
                        Median.Of(values),
                        Mean.Of(values),
                        Mean.Trimmed(values, 0.2),
                        Mean.Winsorized(values, 0.2),
                        HodgesLehmann.Of(values),
                        Mode.Lowest(values),
                        Quantile.Of(values, 0.3),
                    }.All(summary => summary >= values.Min() - 1e-12 && summary <= values.Max() + 1e-12)
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Many_equal_grades_are_summarised_as_if_they_were_sorted_one_by_one() =>
        Prop.ForAll(
                Grades(20, 300).ToArbitrary(),
                values =>
                {
                    // A hair apart, so that no two are equal and all are sorted.
                    var apart = values.Select((v, i) => v + i * 1e-9).ToArray();
                    return Math.Abs(Median.Of(values)!.Value - Median.Of(apart)!.Value) < 1e-6
                        && Math.Abs(Quantile.Of(values, 0.3)!.Value - Quantile.Of(apart, 0.3)!.Value) < 1e-6
                        && Mode.Lowest(values)
                            == values.CountBy(v => v).OrderByDescending(c => c.Value).ThenBy(c => c.Key).First().Key;
                }
            )
            .QuickCheckThrowOnFailure();

    private static Gen<double[]> Grades(int fewest, int most) =>
        from count in Gen.Choose(fewest, most)
        from grades in Gen.Choose(0, 10).ArrayOf(count)
        select grades.Select(grade => grade / 2.0).ToArray();
}
