using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics.RaterModels;

public class RangeCalibrationTests
{
    private static readonly double[] Values = [0, 0.1, 0.4, 2];

    private static readonly PooledConfusion Rater = new(
        [.1, .2, .3, .4],
        [.7, .1, .1, .1, .2, .6, .2, 0, 0, .3, .4, .3, .1, .1, .1, .7]
    );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_chance_of_a_range_is_what_counting_every_outcome_gives(int n)
    {
        foreach (var range in new[] { -1, 0, 0.1, 0.2, 0.3, 0.4, 1.6, 1.9, 2, 9 })
        {
            double counted = 0;
            for (var outcome = 0; outcome < Math.Pow(4, n); outcome++)
            {
                int[] grades = [.. Enumerable.Range(0, n).Select(i => outcome >> (2 * i) & 3)];
                if (Values[grades.Max()] - Values[grades.Min()] <= range + 1e-12)
                    counted += Enumerable.Range(0, 4).Sum(t => Rater.Prior[t] * grades.Aggregate(1.0, (p, g) => p * Rater[t, g]));
            }
            Assert.Equal(counted, RangeCalibration.ChanceWithin(Rater, Values, n, range), 1e-12);
        }
    }

    [Fact]
    public void The_threshold_is_the_lowest_range_with_the_chance_and_grows_with_the_grades()
    {
        double[] ranges = [0, 0.1, 0.3, 0.4, 1.6, 1.9, 2];
        double before = 0;
        for (var n = 2; n < 12; n++)
        {
            var threshold = RangeCalibration.Threshold(Rater, Values, n, 0.6).Value!.Value;
            var lowest = ranges.First(range => RangeCalibration.ChanceWithin(Rater, Values, n, range) >= 0.6);
            Assert.Equal(lowest, threshold, 1e-12);
            Assert.True(threshold >= before);
            before = threshold;
        }
    }

    [Fact]
    public void Raters_who_never_err_have_no_range() =>
        Assert.Equal(0, RangeCalibration.Threshold(new([0.5, 0.5], [1, 0, 0, 1]), [1, 2], 5).Value);

    [Fact]
    public void A_single_grade_has_a_reason_instead_of_a_threshold()
    {
        Assert.Equal("A single grade has no range.", RangeCalibration.Threshold(Rater, Values, 1).UndefinedBecause);
        Assert.Equal(
            "There are no ratings to tell how raters err.",
            RangeCalibration.Threshold(new([], []), [], 3).UndefinedBecause
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => RangeCalibration.Threshold(Rater, Values, 3, 1));
        Assert.Throws<ArgumentException>(() => RangeCalibration.Threshold(Rater, [1], 3));
    }

    [Fact]
    public void Synthetic_items_exceed_the_threshold_about_as_rarely_as_it_says()
    {
        var ratings = new SyntheticRatings(20_000, 3).Ratings();
        double[] values = [.. ratings.CategoryValues!];
        var pooled = PooledConfusion.Of(ratings, cancel: TestContext.Current.CancellationToken)!;
        var threshold = RangeCalibration.Threshold(pooled, values, 3).Value!.Value;
        var above = Enumerable
            .Range(0, ratings.Items.Count)
            .Count(item =>
            {
                var grades = ratings.CategoryOf[ratings.StartOfItem[item]..ratings.StartOfItem[item + 1]].ToArray();
                return values[grades.Max()] - values[grades.Min()] > threshold;
            });
        Assert.Equal(3, threshold);
        Assert.InRange(above / 20_000.0, 0.02, 0.05);
    }
}
