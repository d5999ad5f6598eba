using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Statistics.Agreement;

public class VarianceCoefficientsTests
{
    private static readonly string[] Names =
    [
        "kendall-w:unweighted",
        "icc-1-1",
        "icc-2-1",
        "icc-3-1",
        "icc-1-k",
        "icc-2-k",
        "icc-3-k",
        "icc-reml-1",
        "icc-reml-k",
    ];

    private static IReadOnlyList<AgreementCoefficient> Of(Ratings ratings) =>
        AgreementCoefficient.Of(ratings, Names, [], [], 0, 1);

    [Theory]
    [InlineData("shrout-fleiss-1979")]
    [InlineData("irr-video")]
    [InlineData("facets-a")]
    public void On_complete_tables_the_form_of_variance_components_is_the_two_way_random_one(string name)
    {
        var all = Of(ReferenceCase.Read(name).Ratings()).ToDictionary(c => c.Name, c => c.Estimate);
        Assert.Equal(all["icc-2-1"].Value!.Value, all["icc-reml-1"].Value!.Value, 1e-6);
        Assert.Equal(all["icc-2-k"].Value!.Value, all["icc-reml-k"].Value!.Value, 1e-6);
    }

    [Theory]
    [InlineData("kendall-w:unweighted", .391584158415842)]
    [InlineData("kendall-w:ties-uncorrected", .185855263157895)]
    public void Concordance_is_offered_with_and_without_the_correction_for_ties(string name, double expected) =>
        Assert.Equal(
            expected,
            Assert
                .Single(AgreementCoefficient.Of(ReferenceCase.Read("irr-video").Ratings(), [name], [], [], 0, 1))
                .Estimate.Value!.Value,
            1e-6
        );

    [Fact]
    public void Every_value_is_finite_or_has_a_reason() =>
        Prop.ForAll(
                Tables.AnySparse.ToArbitrary(),
                table =>
                    Of(Tables.Of(table))
                        .All(c =>
                            c.Name == "kendall-w"
                                ? (c.Estimate.Value is null) == (c.Estimate.UndefinedBecause is not null)
                                : Tables.IsSound(c.Estimate)
                        )
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_hundred_thousand_raters_with_one_rating_each_are_no_raters_to_compare()
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < 100_000; rater++)
            builder.TryAdd($"i{rater % 10}", $"r{rater}", rater % 6.0);
        Assert.All(Of(builder.Build()), c => Assert.NotNull(c.Estimate.UndefinedBecause));
    }
}
