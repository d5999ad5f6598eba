using Concord.Core.Statistics;
using MathNet.Numerics.Distributions;

namespace Concord.Tests.Statistics;

public class BinomialDrawTests
{
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(5, 0.5)]
    [InlineData(40, 0.2)] // inversion
    [InlineData(40, 0.9)] // mirrored
    [InlineData(25, 0.45)] // rejection, at its lower end
    [InlineData(1000, 0.04)]
    [InlineData(100_000, 0.5)]
    [InlineData(2_000_000, 0.003)]
    public void Draws_follow_the_binomial_distribution(int trials, double probability)
    {
        const int draws = 200_000;
        var random = new Xoshiro256(11);
        var counts = new Dictionary<int, int>();
        for (var i = 0; i < draws; i++)
        {
            var k = BinomialDraw.Next(random, trials, probability);
            counts[k] = counts.GetValueOrDefault(k) + 1;
        }

        // Chi-squared over cells of 5 or more expected draws; what lies outside is pooled.
        double squares = 0;
        double rest = draws;
        double restSeen = draws;
        var cells = 0;
        var reach = (int)(8 * Math.Sqrt(trials * probability * (1 - probability))) + 8;
        var centre = (int)(trials * probability);
        for (var k = Math.Max(0, centre - reach); k <= Math.Min(trials, centre + reach); k++)
        {
            var expected = draws * Binomial.PMF(probability, trials, k);
            if (expected < 5)
                continue;
            var seen = counts.GetValueOrDefault(k);
            squares += (seen - expected) * (seen - expected) / expected;
            rest -= expected;
            restSeen -= seen;
            cells++;
        }
        if (rest >= 5)
            (squares, cells) = (squares + (restSeen - rest) * (restSeen - rest) / rest, cells + 1);
        Assert.InRange(ChiSquared.CDF(cells - 1, squares), 1e-5, 1 - 1e-5);
    }

    [Theory]
    [InlineData(0, 0.5, 0)]
    [InlineData(9, 0, 0)]
    [InlineData(9, 1, 9)]
    public void Certain_outcomes_are_certain(int trials, double probability, int expected) =>
        Assert.Equal(expected, BinomialDraw.Next(new Xoshiro256(1), trials, probability));

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(1, -0.1)]
    [InlineData(1, 1.1)]
    [InlineData(1, double.NaN)]
    public void What_is_no_probability_is_refused(int trials, double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialDraw.Next(new Xoshiro256(1), trials, probability));
}
