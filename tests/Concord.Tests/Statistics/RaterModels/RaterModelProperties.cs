using Concord.Core.Statistics.RaterModels;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.RaterModels;

public class RaterModelProperties
{
    // A few steps: at a saddle, rounding decides which way many lead.
    private static readonly RaterModelOptions Few = new() { Iterations = 4, Tolerance = 0 };

    public static TheoryData<RaterModel> Models => RaterModelFitTests.Models;

    public static TheoryData<RaterModel> Iterated => RaterModelFitTests.Iterated;

    // Tables of up to 12 items × 5 raters with grades 0 to 3, some missing.
    private static readonly Gen<(int Item, int Rater, int Grade)[]> Tables =
        from items in Gen.Choose(1, 12)
        from raters in Gen.Choose(1, 5)
        from grades in Gen.Choose(-2, 3).ArrayOf(items * raters)
        let rows = grades.Select((grade, i) => (i / raters, i % raters, grade)).Where(r => r.grade >= 0).ToArray()
        where rows.Length > 0
        select rows;

    [Fact]
    public void One_iteration_of_Dawid_Skene_is_what_the_definition_gives() =>
        ForAll(rows =>
        {
            var fit = Fit(rows, RaterModel.Ds, new() { Iterations = 1 });
            var votes = rows.GroupBy(r => r.Item)
                .ToDictionary(
                    i => i.Key,
                    i => Enumerable.Range(0, 4).Select(g => i.Average(r => r.Grade == g ? 1.0 : 0)).ToArray()
                );
            int[] classes = [.. rows.Select(r => r.Grade).Distinct().Order()];
            double Chance(int rater, int truth, int grade)
            {
                var own = rows.Where(r => r.Rater == rater).ToArray();
                var all = own.Sum(r => votes[r.Item][truth]);
                return all > 0 ? own.Where(r => r.Grade == grade).Sum(r => votes[r.Item][truth]) / all : 1.0 / classes.Length;
            }
            return votes
                .Keys.Order()
                .Index()
                .All(item =>
                {
                    double[] joint =
                    [
                        .. classes.Select(t =>
                            rows.Where(r => r.Item == item.Item)
                                .Aggregate(votes.Values.Average(v => v[t]), (p, r) => p * Chance(r.Rater, t, r.Grade))
                        ),
                    ];
                    return Near(fit.PosteriorOf(item.Index), [.. joint.Select(p => p / joint.Sum())], 1e-13);
                });
        });

    [Theory]
    [MemberData(nameof(Iterated))]
    public void The_objective_never_falls(RaterModel model) =>
        ForAll(rows =>
        {
            var trace = Fit(
                rows,
                model,
                new()
                {
                    Iterations = 60,
                    Tolerance = 0,
                    Strength = 3,
                }
            ).ObjectiveTrace;
            return trace.Zip(trace.Skip(1)).All(step => step.Second >= step.First - 1e-9 * Math.Max(1, Math.Abs(step.First)));
        });

    [Theory]
    [MemberData(nameof(Iterated))]
    public void The_objective_never_falls_with_raters_who_disagree_much(RaterModel model)
    {
        // Half of the raters turn the scale round, so that steps from the start go far.
        var rows = new SyntheticRatings(1_500, PerItem: 9, Raters: 320)
            .Rows()
            .Select(r => (r.Item, r.Rater % 12, r.Rater % 2 == 0 ? r.Grade : 5 - r.Grade))
            .ToArray();
        var trace = Fit(rows, model, new() { Iterations = 60, Tolerance = 0 }).ObjectiveTrace;
        Assert.All(
            trace.Zip(trace.Skip(1)),
            step => Assert.True(step.Second >= step.First - 1e-12 * Math.Abs(step.First), $"{step.First:R} {step.Second:R}")
        );
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_holds_probabilities_and_finite_numbers(RaterModel model) =>
        ForAll(rows =>
        {
            RaterModelFitTests.Sound(Fit(rows, model, new() { Iterations = 200 }));
            return true;
        });

    [Theory]
    [MemberData(nameof(Models))]
    public void The_order_of_rows_leaves_no_trace(RaterModel model) =>
        ForAll(rows =>
        {
            var (a, b) = (Fit(rows, model, Few), Fit([.. rows.Reverse()], model, Few));
            return a.Posterior.SequenceEqual(b.Posterior) && a.Weight.SequenceEqual(b.Weight);
        });

    [Theory]
    [MemberData(nameof(Models))]
    public void Names_of_items_and_raters_do_not_matter(RaterModel model) =>
        ForAll(rows =>
        {
            var renamed = rows.Select(r => (99 - r.Item, 9 - r.Rater, r.Grade)).ToArray();
            var (a, b) = (Fit(rows, model, Few), Fit(renamed, model, Few));
            var (items, raters) = (a.Items.Count, a.Raters.Count);
            return Enumerable.Range(0, items).All(i => Near(a.PosteriorOf(i), b.PosteriorOf(items - 1 - i)))
                && Enumerable.Range(0, raters).All(r => Near([a.Weight[r]], [b.Weight[raters - 1 - r]]));
        });

    [Theory]
    [InlineData(RaterModel.Ds)]
    [InlineData(RaterModel.DsShrunken)]
    [InlineData(RaterModel.OneCoin)]
    [InlineData(RaterModel.Mace)]
    [InlineData(RaterModel.Glad)]
    public void Names_of_classes_do_not_matter(RaterModel model) =>
        ForAll(rows =>
        {
            var (a, b) = (Fit(rows, model, Few), Fit([.. rows.Select(r => (r.Item, r.Rater, 3 - r.Grade))], model, Few));
            return Enumerable
                .Range(0, a.Items.Count)
                .All(i =>
                {
                    var turned = b.PosteriorOf(i).ToArray();
                    Array.Reverse(turned);
                    return Near(a.PosteriorOf(i), turned);
                });
        });

    [Theory]
    [MemberData(nameof(Models))]
    public void Two_raters_who_grade_alike_are_worth_the_same(RaterModel model) =>
        ForAll(rows =>
        {
            var twice = rows.SelectMany(r => new[] { r, (r.Item, r.Rater + 5, r.Grade) }).ToArray();
            var fit = Fit(twice, model, Few);
            var half = fit.Raters.Count / 2;
            return Enumerable
                .Range(0, half)
                .All(r => fit.Weight[r] == fit.Weight[r + half] && fit.ConfusionOf(r).SequenceEqual(fit.ConfusionOf(r + half)));
        });

    private static RaterModelFit Fit((int Item, int Rater, int Grade)[] rows, RaterModel model, RaterModelOptions options) =>
        RaterModelFitTests.Fit(RaterModelFitTests.Ratings(rows), model, options);

    private static bool Near(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double tolerance = 1e-7)
    {
        for (var i = 0; i < a.Length; i++)
        {
            if (Math.Abs(a[i] - b[i]) > tolerance)
                return false;
        }
        return a.Length == b.Length;
    }

    private static void ForAll(Func<(int Item, int Rater, int Grade)[], bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(Arb.From(Tables), holds));
}
