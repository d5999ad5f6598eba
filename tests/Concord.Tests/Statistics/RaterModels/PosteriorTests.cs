using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.RaterModels;

public class PosteriorTests
{
    private static readonly double[] Values = [0, 1, 2.5, 4];

    private static readonly Gen<double[]> Probabilities =
        from weights in Gen.Choose(0, 9).ArrayOf(4)
        where weights.Sum() > 0
        select weights.Select(w => (double)w / weights.Sum()).ToArray();

    [Fact]
    public void The_statistics_of_a_posterior_are_those_by_hand()
    {
        double[] p = [0.1, 0.2, 0.3, 0.4];
        Assert.Equal(2.5, Posterior.Median(p, Values));
        Assert.Equal(2.55, Posterior.Mean(p, Values), 1e-12);
        Assert.Equal(0.25 + 0.3 + 0.6, Posterior.ExpectedLoss(p, Values), 1e-12);
        Assert.Equal(new ConfidenceInterval(0, 4), Posterior.Interval(p, Values));
        Assert.Equal(new ConfidenceInterval(1, 4), Posterior.Interval(p, Values, 0.6));
        Assert.Equal(3, Posterior.Mode(p, out var isTie));
        Assert.False(isTie);
        Assert.Equal(0.6, Posterior.ErrorChance(p), 1e-12);
    }

    [Fact]
    public void Half_the_probability_below_makes_the_lower_class_the_median()
    {
        Assert.Equal(0, Posterior.Median([0.5, 0, 0, 0.5], Values));
        // In doubles this is less than a half.
        Assert.Equal(0, Posterior.Median([0.7 - 0.2, 0.2, 0.3, 0], Values));
    }

    [Fact]
    public void What_is_certain_has_no_width_loss_or_entropy()
    {
        double[] p = [0, 0, 1, 0];
        Assert.Equal(new ConfidenceInterval(2.5, 2.5), Posterior.Interval(p, Values));
        Assert.Equal(0, Posterior.ExpectedLoss(p, Values));
        Assert.Equal(0, Posterior.Entropy(p));
        Assert.Equal(0, Posterior.ErrorChance(p));
        Assert.Equal(0, Posterior.InformationGain(p, new([0.25, 0.25, 0.25, 0.25], [.. Enumerable.Repeat(0.25, 16)])));
    }

    [Fact]
    public void A_symmetric_channel_gives_the_information_of_its_error()
    {
        var e = 0.1;
        var gain = Posterior.InformationGain([0.5, 0.5], new([0.5, 0.5], [1 - e, e, e, 1 - e]));
        Assert.Equal(Math.Log(2) + e * Math.Log(e) + (1 - e) * Math.Log(1 - e), gain, 1e-12);
    }

    [Fact]
    public void A_rater_of_other_classes_is_refused() =>
        Assert.Throws<ArgumentException>(() => Posterior.InformationGain([1], new([0.5, 0.5], [1, 0, 0, 1])));

    [Fact]
    public void A_confidence_of_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Posterior.Interval([1], [1], 1));

    [Fact]
    public void The_median_minimises_the_expected_loss() =>
        ForAll(p =>
        {
            double Loss(double answer) => p.Zip(Values, (q, value) => q * Math.Abs(value - answer)).Sum();
            return Enumerable.Range(-10, 60).All(a => Posterior.ExpectedLoss(p, Values) <= Loss(a / 10.0) + 1e-12)
                && Math.Abs(Loss(Posterior.Median(p, Values)) - Posterior.ExpectedLoss(p, Values)) < 1e-12;
        });

    [Fact]
    public void The_interval_holds_the_median_and_its_probability() =>
        ForAll(p =>
        {
            var interval = Posterior.Interval(p, Values);
            var inside = p.Zip(Values).Where(c => c.Second >= interval.Low && c.Second <= interval.High).Sum(c => c.First);
            return inside >= 0.95 - 1e-9
                && interval.Low <= Posterior.Median(p, Values)
                && Posterior.Median(p, Values) <= interval.High;
        });

    [Fact]
    public void The_entropy_is_that_of_the_definition_and_bounds_the_gain() =>
        ForAll(p =>
        {
            var entropy = -p.Where(q => q > 0).Sum(q => q * Math.Log(q));
            var perfect = new PooledConfusion(p, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
            var usual = new PooledConfusion(p, [.7, .1, .1, .1, .2, .6, .2, 0, 0, .3, .4, .3, .1, .1, .1, .7]);
            return Math.Abs(entropy - Posterior.Entropy(p)) < 1e-12
                && Math.Abs(entropy - Posterior.InformationGain(p, perfect)) < 1e-12
                && Posterior.InformationGain(p, usual) <= entropy + 1e-12;
        });

    private static void ForAll(Func<double[], bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arb.From(Probabilities), holds));
}
