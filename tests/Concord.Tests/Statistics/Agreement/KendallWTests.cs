using Concord.Core.Statistics.Agreement;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Agreement;

public class KendallWTests
{
    [Theory]
    [InlineData("shrout-fleiss-1979", 17.7407407407407, 0.00328950924368028)]
    [InlineData("facets-a", 461.328210897948, 8.48592982082801e-42)]
    [InlineData("irr-video", 29.760396039604, 0.0549280769925545)]
    public void The_test_is_that_of_irr(string name, double chiSquared, double p)
    {
        var ours = KendallW.Of(ReferenceCase.Read(name).Ratings());
        Assert.Equal(chiSquared, ours.ChiSquared!.Value, 1e-9);
        Assert.Equal(1, ours.P!.Value / p, 1e-9);
    }

    [Fact]
    public void Friedmans_test_of_raters_is_that_of_R()
    {
        var ours = FriedmanTest.OfRaters(ReferenceCase.Read("irr-video").Ratings());
        Assert.Equal(3, ours.Degrees);
        Assert.Equal(0.000972009920686553, ours.P!.Value, 1e-12);
    }

    [Fact]
    public void One_order_is_one_and_opposite_orders_are_zero()
    {
        Assert.Equal(
            1,
            KendallW
                .Of(
                    Tables.Of(
                        [
                            [0, 1],
                            [1, 4],
                            [2, 5],
                        ]
                    )
                )
                .W.Value
        );
        Assert.Equal(
            0,
            KendallW
                .Of(
                    Tables.Of(
                        [
                            [0, 5],
                            [1, 4],
                            [2, 0],
                        ]
                    )
                )
                .W.Value
        );
    }

    [Fact]
    public void A_tie_in_every_rater_costs_nothing_with_the_correction_and_something_without()
    {
        var ratings = Tables.Of(
            [
                [0, 1],
                [0, 1],
                [2, 5],
            ]
        );
        Assert.Equal(1, KendallW.Of(ratings).W.Value!.Value, 1e-12);
        Assert.Equal(0.75, KendallW.WithoutTieCorrection(ratings).W.Value!.Value, 1e-12);
    }

    [Fact]
    public void What_cannot_be_told_has_a_reason()
    {
        Assert.Contains("fewer than two items", Reason([]), StringComparison.Ordinal);
        Assert.Contains(
            "fewer than two raters",
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
                    [1, 2],
                    [1, 2],
                ]
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Not every rater",
            Reason(
                [
                    [1, 2],
                    [double.NaN, 2],
                ]
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Names_and_monotone_changes_do_not_matter() =>
        Prop.ForAll(
                Tables.AnyComplete.ToArbitrary(),
                table =>
                    KendallW.Of(Tables.Of(table)) == KendallW.Of(Tables.Reversed(table))
                    && KendallW.Of(Tables.Of(table))
                        == KendallW.Of(Tables.Of([.. table.Select(row => row.Select(Math.Exp).ToArray())]))
                    && FriedmanTest.OfRaters(Tables.Of(table)) == FriedmanTest.OfRaters(Tables.Reversed(table))
            )
            .QuickCheckThrowOnFailure();

    private static string Reason(double[][] table) => KendallW.Of(Tables.Of(table)).W.UndefinedBecause!;
}
