using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics.RaterModels;

public class LaplaceTests
{
    [Fact]
    public void Errors_are_the_rarer_the_further_off()
    {
        var fit = RaterModelFitTests.Fit(Graders(60, 3, 1), RaterModel.Laplace);

        for (var rater = 0; rater < fit.Raters.Count; rater++)
        {
            var confusion = fit.ConfusionOf(rater);
            for (var t = 0; t < 6; t++)
            for (var given = 0; given < 5; given++)
                Assert.Equal(given < t, confusion[t * 6 + given] < confusion[t * 6 + given + 1]);
        }
    }

    [Fact]
    public void A_chance_falls_by_the_same_factor_with_each_step()
    {
        var fit = RaterModelFitTests.Fit(Graders(60, 3, 1), RaterModel.Laplace);

        var confusion = fit.ConfusionOf(1);
        for (var given = 1; given < 6; given++)
            Assert.Equal(Math.Exp(-fit.Skill[1]), confusion[given] / confusion[given - 1], 1e-9);
    }

    [Fact]
    public void The_unit_of_grades_does_not_matter()
    {
        var fit = RaterModelFitTests.Fit(Graders(40, 4, 1), RaterModel.Laplace);
        var halves = RaterModelFitTests.Fit(Graders(40, 4, 0.5), RaterModel.Laplace);

        Assert.Equal(fit.Posterior.ToArray(), halves.Posterior.ToArray());
        Assert.Equal(2 * fit.Skill[0], halves.Skill[0], 1e-9);
    }

    [Fact]
    public void Raters_who_err_more_are_less_precise_and_none_is_taken_for_the_truth()
    {
        // The first rater errs in a tenth of the items, the last in half of them.
        var fit = RaterModelFitTests.Fit(Graders(300, 5, 1), RaterModel.Laplace);

        Assert.Equal(fit.Skill.OrderDescending(), fit.Skill);
        Assert.True(fit.Skill[0] < 6 && fit.Skill[^1] > 0.5);
        Assert.InRange(fit.Reliability[0], 0.85, 0.97);
    }

    [Fact]
    public void A_stronger_average_rater_makes_raters_more_alike()
    {
        var ratings = Graders(60, 5, 1);
        double Spread(double strength)
        {
            var skill = RaterModelFitTests.Fit(ratings, RaterModel.Laplace, new() { Strength = strength }).Skill;
            return skill.Max() - skill.Min();
        }

        Assert.True(Spread(1) > Spread(20) && Spread(20) > Spread(1000) && Spread(1e6) < 0.01);
    }

    [Fact]
    public void Words_have_no_distances()
    {
        var builder = new RatingsBuilder();
        builder.TryAdd("i", "a", "good");
        builder.TryAdd("i", "b", "bad");

        Assert.Equal(
            "Some classes are not numbers, and distances need numbers.",
            RaterModelFitTests.Fit(builder.Build(), RaterModel.Laplace).UndefinedBecause
        );
    }

    [Theory]
    [InlineData("a:3", 1)]
    [InlineData("a:3 b:3 c:3", 1)]
    [InlineData("a:1 a:2 a:3", 3)]
    [InlineData("a:1,b:5 a:5,b:1 a:1,b:5", 2)]
    [InlineData("a:1e-300,b:1e300", 2)]
    public void Little_to_go_by_is_a_fit_all_the_same(string items, int classes)
    {
        var builder = new RatingsBuilder();
        foreach (var (index, item) in items.Split(' ').Index())
        foreach (var rating in item.Split(','))
            builder.TryAdd($"i{index}", rating.Split(':')[0], rating.Split(':')[1]);

        var fit = RaterModelFitTests.Fit(builder.Build(), RaterModel.Laplace);

        Assert.Null(fit.UndefinedBecause);
        Assert.Equal(classes, fit.Classes.Count);
        Assert.All(fit.Posterior.ToArray(), p => Assert.InRange(p, 0, 1));
        Assert.All(fit.Skill.Concat(fit.Reliability).Concat(fit.Weight), s => Assert.True(double.IsFinite(s)));
    }

    [Fact]
    public void The_objective_never_falls()
    {
        for (var raters = 2; raters < 7; raters++)
        {
            var trace = RaterModelFitTests.Fit(Graders(12 * raters, raters, 1), RaterModel.Laplace).ObjectiveTrace;
            for (var i = 1; i < trace.Count; i++)
                Assert.True(trace[i] >= trace[i - 1] - 1e-9 * Math.Abs(trace[i]), $"{raters} raters, iteration {i}");
        }
    }

    [Fact]
    public void A_hundred_thousand_raters_with_one_rating_each_are_average_raters() => AreAverage(100_000);

    [Fact]
    [Trait("Category", "Soak")]
    public void Half_a_million_raters_with_one_rating_each_are_average_raters() => AreAverage(500_000);

    private static void AreAverage(int raters)
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < raters; rater++)
            builder.TryAdd($"i{rater / 5}", $"r{rater}", (double)(rater / 5 % 6));

        var fit = RaterModelFitTests.Fit(builder.Build(), RaterModel.Laplace, new() { Iterations = 5 });

        Assert.Null(fit.UndefinedBecause);
        Assert.True(fit.Skill.Max() - fit.Skill.Min() < 0.2 * fit.Skill.Max());
    }

    // Rater r errs by one step, and now and then by two, in a share of items that grows with r.
    private static Ratings Graders(int items, int raters, double unit)
    {
        var builder = new RatingsBuilder();
        var random = new Xoshiro256(7);
        for (var item = 0; item < items; item++)
        for (var rater = 0; rater < raters; rater++)
        {
            var u = random.NextUInt64();
            var size =
                u % 100 >= (ulong)(10 * (rater + 1)) ? 0
                : (u >> 20) % 5 == 0 ? 2
                : 1;
            var grade = Math.Clamp(item % 6 + ((u >> 40) % 2 == 0 ? size : -size), 0, 5);
            builder.TryAdd($"i{item:D4}", $"r{rater}", unit * grade);
        }
        return builder.Build();
    }
}
