using Concord.Core.Statistics;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Tests.Statistics.RaterModels;

public class RaterModelFitTests
{
    // Those for classes of any kind; Laplace's are numbers, and it has tests of its own.
    public static TheoryData<RaterModel> Models => [.. Enum.GetValues<RaterModel>().Except([RaterModel.Laplace])];

    public static TheoryData<RaterModel> Iterated =>
        [.. Enum.GetValues<RaterModel>().Except([RaterModel.Laplace, RaterModel.Majority, RaterModel.Wawa, RaterModel.Zbs])];

    public static TheoryData<RaterModel> WithMatrices =>
        [RaterModel.Ds, RaterModel.DsShrunken, RaterModel.OneCoin, RaterModel.Mace];

    // Two items: four fifths of the first half million say b, of the second a.
    private static readonly Lazy<Ratings> Millions = new(() =>
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < 1_000_000; rater++)
            builder.TryAdd(rater % 2 == 0 ? "x" : "y", $"{rater}", (rater % 2 == 0) == (rater % 10 < 8) ? "b" : "a");
        return builder.Build();
    });

    [Fact]
    public void The_anaesthetists_have_the_likelihood_that_an_independent_script_found()
    {
        var builder = new RatingsBuilder(allowRepeats: true);
        foreach (var row in ReferenceCase.Read("dawid-skene-1979").Rows.Skip(1))
            builder.TryAdd(row[0], row[1], row[2]);
        var fit = Fit(builder.Build(), RaterModel.Ds, new() { Tolerance = 1e-10 });
        Assert.True(fit.Converged);
        Assert.Equal(-190.7309965948789, fit.Objective!.Value, 1e-6);
    }

    [Fact]
    public void A_repeated_rating_counts_as_often_as_it_was_given()
    {
        var builder = new RatingsBuilder(allowRepeats: true);
        foreach (var grade in new[] { "b", "a", "b" })
            Assert.True(builder.TryAdd("item", "rater", grade));
        var ratings = builder.Build();
        Assert.Equal([0, 1, 1], ratings.CategoryOf.ToArray());
        Assert.Equal(2.0 / 3, Fit(ratings, RaterModel.Majority).PosteriorOf(0)[1], 1e-15);
        Assert.True(new RatingsBuilder().TryAdd("item", "rater", "a"));
    }

    [Theory]
    [MemberData(nameof(Iterated))]
    public void With_no_tolerance_every_iteration_is_made(RaterModel model)
    {
        var ratings = Table("aab", "aab", "bbb", "bba");
        var fit = Fit(ratings, model, new() { Iterations = 37, Tolerance = 0 });
        Assert.Equal(37, fit.Iterations);
        Assert.Equal(37, fit.ObjectiveTrace.Count);
        Assert.False(fit.Converged);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Without_ratings_there_is_a_reason_and_no_fit(RaterModel model)
    {
        var fit = Fit(new RatingsBuilder().Build(), model);
        Assert.Equal("There are no ratings.", fit.UndefinedBecause);
        Assert.True(fit.Posterior.IsEmpty);
        Assert.Null(fit.Objective);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_single_category_is_certain(RaterModel model)
    {
        var fit = Sound(Fit(Table("aaa", "a a", "a"), model));
        Assert.Equal([1, 1, 1], fit.Posterior.ToArray());
        Assert.Equal(0, fit.LabelOf(1, out var isTie));
        Assert.False(isTie);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_single_rater_is_believed(RaterModel model)
    {
        var fit = Sound(Fit(Table("a", "b", "a", "c"), model));
        Assert.Equal([0, 1, 0, 2], Enumerable.Range(0, 4).Select(item => fit.LabelOf(item, out _)));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_single_rating_is_a_fit(RaterModel model) => Sound(Fit(Table("a"), model));

    [Theory]
    [MemberData(nameof(Models))]
    public void Raters_who_always_contradict_each_other_do_not_break_a_model(RaterModel model) =>
        Sound(Fit(Table("ab", "ab", "ba", "ba"), model));

    [Theory]
    [MemberData(nameof(Models))]
    public void A_class_that_is_met_once_in_a_thousand_is_fitted(RaterModel model) =>
        Sound(Fit(Table([.. Enumerable.Repeat("aaa", 999), "bba"]), model, new() { Iterations = 50 }));

    [Theory]
    [InlineData(RaterModel.Ds)]
    [InlineData(RaterModel.DsShrunken)]
    [InlineData(RaterModel.OneCoin)]
    [InlineData(RaterModel.Mace)]
    [InlineData(RaterModel.Glad)]
    [InlineData(RaterModel.Zbs)]
    public void A_million_raters_with_one_rating_each_are_fitted(RaterModel model)
    {
        var fit = Fit(Millions.Value, model, new() { Iterations = 3 });
        Assert.Null(fit.UndefinedBecause);
        // A matrix of one's own for a single rating says nothing at all: plain Dawid-Skene is left with the prior.
        Assert.Equal((1, 0), (model == RaterModel.Ds ? 1 : fit.LabelOf(0, out _), fit.LabelOf(1, out var isTie)));
        Assert.Equal(model == RaterModel.Ds, isTie);
    }

    [Fact]
    public void Matrices_that_do_not_fit_into_memory_are_a_reason()
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < 20_000; rater++)
            builder.TryAdd("item", $"{rater}", (double)(rater % 101));
        var ratings = builder.Build();
        Assert.Equal(
            "There are too many raters and classes for a confusion matrix of each rater.",
            Fit(ratings, RaterModel.Ds).UndefinedBecause
        );
        Assert.Null(Fit(ratings, RaterModel.Majority).UndefinedBecause);
        Assert.NotNull(PooledConfusion.Of(ratings, cancel: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(RaterModel.Ds)]
    [InlineData(RaterModel.OneCoin)]
    public void An_item_whose_only_rater_always_says_the_same_has_the_prior(RaterModel model)
    {
        // The fourth rater says b whatever comes.
        var fit = Fit(
            Table("aaab", "aaab", "bbbb", "bbbb", "aaab", "   b"),
            model,
            new() { Tolerance = 1e-12, Iterations = 5000 }
        );
        if (model == RaterModel.Ds)
            Assert.Equal(fit.Prior[0], fit.PosteriorOf(5)[0], 1e-6);
        else
            Assert.True(fit.Reliability[3] < fit.Reliability[0]);
        Assert.Equal(model == RaterModel.Ds ? 0 : fit.Weight[3], fit.Weight[3], 1e-9);
    }

    [Theory]
    [MemberData(nameof(WithMatrices))]
    public void A_later_fit_may_start_from_an_earlier_one_and_ends_in_the_same_place(RaterModel model)
    {
        var rows = new SyntheticRatings(2_000, Raters: 160).Rows().ToArray();
        var before = Ratings(rows.Where(r => r.Rater != 7 && r.Item < 1_900));
        var after = Ratings(rows);
        var exact = new RaterModelOptions { Tolerance = 1e-8, Iterations = 20_000 };
        var cold = Fit(after, model, exact with { Strength = 40 });
        var warm = Fit(after, model, exact with { Strength = 40, From = Fit(before, model, exact with { Strength = 40 }).Start });
        Assert.True(cold.Converged && warm.Converged);
        Assert.True(warm.ObjectiveTrace[0] > cold.ObjectiveTrace[0]);
        if (model == RaterModel.Ds)
        {
            // Twelve ratings a row leave plain Dawid-Skene several maxima; the start decides which, and either is sound.
            Assert.InRange(warm.Objective!.Value / cold.Objective!.Value, 0.999, 1.001);
            return;
        }
        Assert.Equal(cold.Objective!.Value, warm.Objective!.Value, 1e-3);
        for (var i = 0; i < cold.Posterior.Length; i++)
            Assert.Equal(cold.Posterior[i], warm.Posterior[i], 1e-4);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task The_number_of_cores_leaves_no_trace(RaterModel model)
    {
        var ratings = new SyntheticRatings(20_000).Ratings();
        var options = new RaterModelOptions { Iterations = 4 };
        var many = Fit(ratings, model, options);
        var one = await Task.Factory.StartNew(
            () => Fit(ratings, model, options),
            TestContext.Current.CancellationToken,
            TaskCreationOptions.None,
            new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler
        );
        Assert.True(many.Posterior.SequenceEqual(one.Posterior));
        Assert.Equal(many.ObjectiveTrace, one.ObjectiveTrace);
        Assert.Equal(many.Weight, one.Weight);
    }

    [Fact]
    public void A_tie_goes_to_the_lowest_class_and_is_said()
    {
        var fit = Fit(Table("ba", "bb"), RaterModel.Majority);
        Assert.Equal(0, fit.LabelOf(0, out var isTie));
        Assert.True(isTie);
        Assert.Equal(1, fit.LabelOf(1, out isTie));
        Assert.False(isTie);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        var ratings = Table("a");
        foreach (
            var options in new RaterModelOptions[]
            {
                new() { Iterations = 0 },
                new() { Tolerance = -1 },
                new() { Tolerance = double.NaN },
                new() { Strength = 0 },
            }
        )
            Assert.Throws<ArgumentOutOfRangeException>(() => Fit(ratings, RaterModel.Ds, options));
    }

    [Fact]
    public void A_cancelled_fit_ends() =>
        Assert.Throws<OperationCanceledException>(() =>
            RaterModelFit.Of(Table("ab", "ba"), RaterModel.Ds, null, new CancellationToken(canceled: true))
        );

    [Fact]
    public void Glad_climbs_above_where_crowd_kit_stops_and_agrees_with_it_on_the_model()
    {
        var reference = ReferenceCase.Read("crowdkit-toy");
        double[] Figure(string id) =>
            [.. Figures.Read(reference.Expectations.Single(e => e.Id == id).Value)!.Select(f => f!.Value)];
        var ratings = reference.Ratings();
        var fit = Fit(ratings, RaterModel.Glad, new() { Tolerance = 1e-10 });
        var (ability, ease) = (Figure("glad.alphas"), Figure("glad.betas"));

        // At crowd-kit's parameters the formulas of the paper give crowd-kit's posterior, and at ours ours.
        var (theirs, theirObjective) = GladByHand(ratings, ability, ease);
        var (ours, ourObjective) = GladByHand(ratings, [.. fit.Skill], [.. fit.Ease!]);
        var yes = Figure("p_yes.glad10");
        for (var item = 0; item < 5; item++)
        {
            Assert.Equal(yes[item], theirs[item], 1e-6);
            Assert.Equal(fit.PosteriorOf(item)[1], ours[item], 1e-8);
            Assert.Equal(ability[item], fit.Skill[item], 0.01);
            Assert.Equal(ease[item], fit.Ease![item], 0.02);
        }
        Assert.Equal(ourObjective, fit.Objective!.Value, 1e-8);
        Assert.True(ourObjective > theirObjective + 1e-5);
    }

    private static (double[] Yes, double Objective) GladByHand(Ratings ratings, double[] ability, double[] ease)
    {
        static double LogNormal(double x) => -(x - 1) * (x - 1) / 2 - Math.Log(2 * Math.PI) / 2;
        var objective = ability.Concat(ease).Sum(LogNormal);
        var yes = new double[ratings.Items.Count];
        for (var item = 0; item < yes.Length; item++)
        {
            double[] joint = [0.5, 0.5];
            for (var row = ratings.StartOfItem[item]; row < ratings.StartOfItem[item + 1]; row++)
            for (var c = 0; c < 2; c++)
            {
                var right = 1 / (1 + Math.Exp(-ability[ratings.RaterOf[row]] * Math.Exp(ease[item])));
                joint[c] *= ratings.CategoryOf[row] == c ? right : 1 - right;
            }
            yes[item] = joint[1] / joint.Sum();
            objective += Math.Log(joint.Sum());
        }
        return (yes, objective);
    }

    [Fact]
    public void Glad_finds_a_rater_who_misleads_and_an_item_that_is_hard()
    {
        var fit = Fit(Table("aaab", "bbba", "aaab", "bbba", "aaab", "abab", "bbba"), RaterModel.Glad);
        Assert.True(fit.Skill[3] < 0);
        Assert.True(fit.Reliability[3] < 0.5);
        Assert.Equal(5, Enumerable.Range(0, 7).MinBy(item => fit.Ease![item]));
    }

    internal static RaterModelFit Fit(Ratings ratings, RaterModel model, RaterModelOptions? options = null) =>
        RaterModelFit.Of(ratings, model, options, TestContext.Current.CancellationToken);

    internal static Ratings Ratings(IEnumerable<(int Item, int Rater, int Grade)> rows)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, grade) in rows)
            builder.TryAdd($"i{item:D5}", $"r{rater:D3}", (double)grade);
        return builder.Build();
    }

    // One text an item, one letter a rater; a space is a missing rating.
    internal static Ratings Table(params string[] items)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, grades) in items.Index())
        foreach (var (rater, grade) in grades.Index())
        {
            if (grade != ' ')
                builder.TryAdd($"{item:D4}", $"{rater}", $"{grade}");
        }
        return builder.Build();
    }

    internal static RaterModelFit Sound(RaterModelFit fit)
    {
        Assert.Null(fit.UndefinedBecause);
        for (var item = 0; item < fit.Items.Count; item++)
        {
            double sum = 0;
            foreach (var p in fit.PosteriorOf(item))
            {
                Assert.InRange(p, 0, 1);
                sum += p;
            }
            Assert.Equal(1, sum, 1e-9);
        }
        Assert.All(fit.Reliability, r => Assert.InRange(r, 0, 1));
        Assert.All(fit.Skill.Concat(fit.Weight).Concat(fit.ObjectiveTrace), value => Assert.True(double.IsFinite(value)));
        Assert.Equal(1, fit.Prior.Sum(), 1e-9);
        return fit;
    }
}
