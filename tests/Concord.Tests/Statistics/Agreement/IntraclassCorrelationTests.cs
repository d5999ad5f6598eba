using System.Text.Json;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Agreement;

public class IntraclassCorrelationTests
{
    public static TheoryData<string> Cases => ["shrout-fleiss-1979", "facets-a", "irr-video"];

    [Fact]
    public void The_six_of_Shrout_and_Fleiss()
    {
        var values = IntraclassCorrelation
            .Of(ReferenceCase.Read("shrout-fleiss-1979").Ratings())
            .Select(icc => icc.Estimate.Value);
        Assert.Equal([0.17, 0.29, 0.71, 0.44, 0.62, 0.91], values.Select(value => Math.Round(value!.Value, 2)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Tests_and_intervals_are_those_of_psych(string name)
    {
        var reference = ReferenceCase.Read(name);
        string[] forms = ["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"];
        foreach (var icc in IntraclassCorrelation.Of(reference.Ratings()))
        {
            var psych = Source(reference, "icc." + forms[(int)icc.Form], "psych");
            double Of(string field) => psych.GetProperty(field).GetDouble();
            Assert.Equal(Of("F"), icc.F!.Value, 1e-6);
            Assert.Equal((Of("df1"), Of("df2")), (icc.Degrees1, icc.Degrees2));
            Assert.Equal(1, icc.P!.Value / Of("p"), 1e-6);
            Assert.Equal(Of("lo"), icc.Estimate.Interval!.Value.Low, 1e-6);
            Assert.Equal(Of("hi"), icc.Estimate.Interval!.Value.High, 1e-6);
        }
    }

    [Fact]
    public void The_interval_of_the_panel_is_the_step_up_of_that_of_one_rater_and_not_irrs()
    {
        var irr = Source(ReferenceCase.Read("shrout-fleiss-1979"), "icc.2,k", "irr");
        var interval = Icc("shrout-fleiss-1979", IntraclassForm.TwoWayRandomAverage).Estimate.Interval!.Value;
        var single = Icc("shrout-fleiss-1979", IntraclassForm.TwoWayRandomSingle).Estimate.Interval!.Value;
        Assert.Equal(4 * single.Low / (1 + 3 * single.Low), interval.Low, 1e-12);
        Assert.True(Math.Abs(irr.GetProperty("lo").GetDouble() - interval.Low) > 0.03);
    }

    [Fact]
    public void A_missing_rating_makes_all_six_undefined_and_names_the_form_that_takes_it()
    {
        var builder = new RatingsBuilder();
        foreach (var (item, rater, grade) in new[] { ("a", "x", 1.0), ("a", "y", 2), ("b", "x", 3) })
            builder.TryAdd(item, rater, grade);
        var all = IntraclassCorrelation.Of(builder.Build());
        Assert.Equal(6, all.Count);
        Assert.All(all, icc => Assert.Null(icc.Estimate.Value));
        Assert.All(all, icc => Assert.Contains("icc-reml-1", icc.Estimate.UndefinedBecause, StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_told_has_a_reason()
    {
        Assert.Contains("no ratings", Reason([]), StringComparison.Ordinal);
        Assert.Contains(
            "single item",
            Reason(
                [
                    [1, 2, 3],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "single rater",
            Reason(
                [
                    [1],
                    [2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "is equal",
            Reason(
                [
                    [2, 2],
                    [2, 2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "further apart",
            Reason(
                [
                    [1e300, -1e300],
                    [0, 1],
                ]
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Perfect_agreement_is_one_without_an_interval()
    {
        foreach (
            var icc in IntraclassCorrelation.Of(
                Tables.Of(
                    [
                        [1, 1, 1],
                        [4, 4, 4],
                        [0.1, 0.1, 0.1],
                    ]
                )
            )
        )
        {
            Assert.Equal(1, icc.Estimate.Value);
            Assert.NotNull(icc.Estimate.NoIntervalBecause);
            Assert.Null(icc.F);
        }
    }

    [Fact]
    public void Items_with_equal_means_leave_the_averages_undefined()
    {
        var all = IntraclassCorrelation.Of(
            Tables.Of(
                [
                    [0, 1, 2],
                    [2, 1, 0],
                    [1, 1, 1],
                ]
            )
        );
        Assert.Equal(-0.5, all[(int)IntraclassForm.OneWaySingle].Estimate.Value!.Value, 1e-12);
        Assert.NotNull(all[(int)IntraclassForm.OneWayAverage].Estimate.UndefinedBecause);
        Assert.NotNull(all[(int)IntraclassForm.TwoWayMixedAverage].Estimate.UndefinedBecause);
    }

    [Fact]
    public void Large_tables_keep_their_intervals()
    {
        var table = Enumerable
            .Range(0, 40_000)
            .Select(i => new[] { i % 6.0, (i + i / 7 % 2) % 6, (i + i / 11 % 3) % 6 })
            .ToArray();
        foreach (var icc in IntraclassCorrelation.Of(Tables.Of(table)))
        {
            var interval = icc.Estimate.Interval!.Value;
            Assert.InRange(icc.Estimate.Value!.Value, interval.Low, interval.High);
            Assert.InRange(interval.High - interval.Low, 1e-4, 0.05);
        }
    }

    [Fact]
    public void Another_unit_changes_nothing_and_an_average_is_the_step_up_of_one() =>
        Prop.ForAll(
                Tables.AnyComplete.ToArbitrary(),
                table =>
                {
                    var plain = IntraclassCorrelation.Of(Tables.Of(table));
                    var other = IntraclassCorrelation.Of(
                        Tables.Of([.. table.Select(row => row.Select(v => 1000 + v / 8).ToArray())])
                    );
                    var k = table[0].Length;
                    return plain
                            .Zip(other)
                            .All(p =>
                                p.First.Estimate.Value is { } a
                                    ? Math.Abs(a - p.Second.Estimate.Value!.Value) < 1e-9 * Math.Max(1, Math.Abs(a))
                                    : p.Second.Estimate.Value is null
                            )
                        && Enumerable
                            .Range(0, 3)
                            .All(f =>
                                plain[f].Estimate.Value is not { } one
                                || plain[f + 3].Estimate.Value is not { } all
                                || Math.Abs(k * one / (1 + (k - 1) * one) - all) < 1e-9 * Math.Max(1, Math.Abs(all))
                            );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Values_are_finite_and_within_their_intervals_or_have_reasons() =>
        Prop.ForAll(
                Tables.AnyComplete.ToArbitrary(),
                table => IntraclassCorrelation.Of(Tables.Of(table)).All(icc => Tables.IsSound(icc.Estimate))
            )
            .QuickCheckThrowOnFailure();

    private static string Reason(double[][] table) =>
        IntraclassCorrelation.Of(Tables.Of(table)).Select(icc => icc.Estimate.UndefinedBecause!).Distinct().Single();

    private static IntraclassEstimate Icc(string name, IntraclassForm form) =>
        IntraclassCorrelation.Of(ReferenceCase.Read(name).Ratings())[(int)form];

    private static JsonElement Source(ReferenceCase reference, string id, string tool) =>
        reference
            .Expectations.Single(e => e.Id == id)
            .Sources.Single(s => s.GetProperty("tool").GetString()!.StartsWith(tool, StringComparison.Ordinal));
}
