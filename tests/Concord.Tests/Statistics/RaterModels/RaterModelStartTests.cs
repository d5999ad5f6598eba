using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics.RaterModels;

public class RaterModelStartTests
{
    private static readonly PooledConfusion Pooled = new([0.5, 0.5], [0.9, 0.1, 0.2, 0.8]);

    [Fact]
    public void A_fit_with_matrices_has_one_and_others_have_none()
    {
        var ratings = RaterModelFitTests.Table("112", "221", "121");
        foreach (var model in Enum.GetValues<RaterModel>())
        {
            var fit = RaterModelFitTests.Fit(ratings, model);
            var start = fit.Start;
            Assert.Equal(fit.HasConfusion, start is not null);
            if (start is null)
                continue;
            Assert.Equal((model, fit.Classes, fit.Raters), (start.Model, start.Classes, start.Raters));
            Assert.Equal(fit.Prior, start.Pooled.Prior);
            Assert.Equal(fit.ConfusionOf(2).ToArray(), start.Confusions[8..12].ToArray());
        }
        Assert.Null(RaterModelFitTests.Fit(RaterModelFitTests.Table(), RaterModel.Ds).Start);
    }

    [Fact]
    public void It_suits_ratings_with_the_same_classes_alone()
    {
        var start = new RaterModelStart(RaterModel.Ds, ["a", "b"], Pooled, [], []);

        Assert.True(start.Suits(RaterModelFitTests.Table("ab")));
        Assert.False(start.Suits(RaterModelFitTests.Table("abc")));
        Assert.False(start.Suits(RaterModelFitTests.Table("aa")));
    }

    [Fact]
    public void A_fit_from_other_classes_is_the_cold_one()
    {
        var ratings = RaterModelFitTests.Table("abc", "bba", "cba", "aba");
        var from = RaterModelFitTests.Fit(RaterModelFitTests.Table("ab", "ba"), RaterModel.Ds).Start;

        var (cold, warm) = (
            RaterModelFitTests.Fit(ratings, RaterModel.Ds),
            RaterModelFitTests.Fit(ratings, RaterModel.Ds, new() { From = from })
        );

        Assert.Equal(cold.Posterior.ToArray(), warm.Posterior.ToArray());
    }

    // Two raters who always contradict each other: whose word it is, only the start can tell.
    [Fact]
    public void Raters_are_known_by_their_names_and_others_are_average()
    {
        double[] honest = [0.99, 0.01, 0.01, 0.99];
        double[] liar = [0.01, 0.99, 0.99, 0.01];
        var ratings = RaterModelFitTests.Table("ab", "ba", "ab", "ba");
        string Label(string[] raters, params double[][] matrices)
        {
            var start = new RaterModelStart(RaterModel.Ds, ["a", "b"], Pooled, raters, [.. matrices.SelectMany(m => m)]);
            var fit = RaterModelFitTests.Fit(ratings, RaterModel.Ds, new() { From = start });
            return fit.Classes[fit.LabelOf(0, out _)];
        }

        Assert.Equal("a", Label(["0", "1"], honest, liar));
        Assert.Equal("b", Label(["0", "1"], liar, honest));
        Assert.Equal("a", Label(["1"], liar));
        Assert.Equal("b", Label(["0"], liar));
        Assert.Equal("b", Label(["", "0", "00", "2"], honest, liar, honest, honest));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        double[] sound = [1, 0, 0, 1];
        _ = new RaterModelStart(RaterModel.Mace, ["a", "b"], Pooled, ["x"], sound);
        Refused(() => new(RaterModel.Glad, ["a", "b"], Pooled, ["x"], sound));
        Refused(() => new((RaterModel)99, ["a", "b"], Pooled, ["x"], sound));
        Refused(() => new(RaterModel.Ds, [], new([], []), [], []));
        Refused(() => new(RaterModel.Ds, ["a", "a"], Pooled, ["x"], sound));
        Refused(() => new(RaterModel.Ds, ["a", "b", "c"], Pooled, ["x"], sound));
        Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled, ["x", "x"], [.. sound, .. sound]));
        Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled, ["y", "x"], [.. sound, .. sound]));
        Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled, ["x", "y"], sound));
        Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled with { Prior = [0.5, 0.6] }, ["x"], sound));
        Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled with { Confusion = [1, 0, 0] }, ["x"], sound));
        Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled with { Confusion = [1, 1, 0, 1] }, ["x"], sound));
        foreach (var wrong in new[] { double.NaN, double.PositiveInfinity, -0.5, 1.5, 0.5 })
            Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled, ["x"], [wrong, 0, 0, 1]));
        Refused(() => new(RaterModel.Ds, ["a", "b"], Pooled, ["x"], [1.5, -0.5, 0, 1]));
    }

    private static void Refused(Func<RaterModelStart> make) => Assert.ThrowsAny<ArgumentException>(make);
}
