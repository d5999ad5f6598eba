using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics.Agreement;

public class AgreementWeightsTests
{
    // Of the categories 1, 2 and 5, by hand: the weights of (1, 2), (1, 5) and (2, 5).
    [Theory]
    [InlineData(AgreementWeighting.Unweighted, 0, 0, 0)]
    [InlineData(AgreementWeighting.Linear, 1 - 1 / 4.0, 0, 1 - 3 / 4.0)]
    [InlineData(AgreementWeighting.Quadratic, 1 - 1 / 16.0, 0, 1 - 9 / 16.0)]
    [InlineData(AgreementWeighting.Ordinal, 1 - 1 / 3.0, 0, 1 - 1 / 3.0)]
    [InlineData(AgreementWeighting.Ratio, 1 - 1 / 9.0 / (4 / 9.0), 0, 1 - 9 / 49.0 / (4 / 9.0))]
    [InlineData(AgreementWeighting.Radical, 1 - 0.5, 0, 0.1339745962155614)]
    [InlineData(AgreementWeighting.Bipolar, 1 - 1 / 7.0, 0, 1 - 9 / 15.0)]
    [InlineData(AgreementWeighting.Circular, 0.6180339887498949, 0.6180339887498949, 0)]
    public void Weights_are_those_of_a_pencil(AgreementWeighting weighting, double near, double far, double between)
    {
        var weights = AgreementWeights.Of(Table.Of("12", "55"), weighting);

        Assert.Null(weights.UndefinedBecause);
        Assert.Equal(near, weights[0, 1], 12);
        Assert.Equal(far, weights[0, 2], 12);
        Assert.Equal(between, weights[2, 1], 12);
        Assert.Equal(1, weights[1, 1]);
    }

    [Fact]
    public void Weights_of_ones_own_that_are_linear_give_what_linear_gives()
    {
        var ratings = Table.Of("12", "55", "1.", "25");
        var patterns = CountPatterns.Of(ratings);
        var custom = AgreementWeights.Custom(
            ratings,
            ["5.0", "1", "2"],
            [
                [1, 0, 0.25],
                [0, 1, 0.75],
                [0.25, 0.75, 1],
            ]
        );

        Assert.Equal(
            GwetAgreement.Of(patterns, AgreementWeights.Of(ratings, AgreementWeighting.Linear)).Value!.Value,
            GwetAgreement.Of(patterns, custom).Value!.Value,
            12
        );
    }

    [Fact]
    public void A_category_that_nobody_used_counts_for_chance_where_the_matrix_has_it()
    {
        var ratings = Table.Of("11", "12", "22");
        var custom = AgreementWeights.Custom(
            ratings,
            ["1", "2", "3"],
            [
                [1, 0, 0],
                [0, 1, 0],
                [0, 0, 1],
            ]
        );

        // Two of three items agree; chance is a third.
        Assert.Equal((2 / 3.0 - 1 / 3.0) / (1 - 1 / 3.0), BrennanPrediger.Of(CountPatterns.Of(ratings), custom).Value!.Value, 12);
    }

    [Theory]
    [InlineData("1 2", "1 0|0 1", "The category '5' is in use and has no row")]
    [InlineData("1 2 5", "1 0|0 1", "not square")]
    [InlineData("1 2 2", "1 0 0|0 1 0|0 0 1", "The category '2' stands twice")]
    [InlineData("1 2 5 5.0", "1 0 0 0|0 1 0 0|0 0 1 0|0 0 0 1", "The category '5.0' stands twice")]
    [InlineData("1 2 5", "1 0 2|0 1 0|2 0 1", "The weight of '1' and '5' is 2")]
    [InlineData("1 2 5", "1 0 0|0 0.5 0|0 0 1", "a category agrees with itself")]
    [InlineData("1 2 5", "1 0.5 0|0 1 0|0 0 1", "weights are symmetric")]
    public void A_matrix_that_is_none_is_refused(string categories, string rows, string reason)
    {
        double[][] matrix = [.. rows.Split('|').Select(row => row.Split(' ').Select(ReferenceCase.Number).ToArray())];

        var refusal = Assert.Throws<ArgumentException>(() =>
            AgreementWeights.Custom(Table.Of("12", "55"), categories.Split(' '), matrix)
        );

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_2000_grades_only_unweighted_agreement_is_left()
    {
        var builder = new RatingsBuilder();
        for (var item = 0; item < 2001; item++)
        {
            builder.TryAdd($"{item}", "a", (double)item);
            builder.TryAdd($"{item}", "b", (double)item);
        }
        var ratings = builder.Build();

        Assert.Contains(
            "2000",
            AgreementWeights.Of(ratings, AgreementWeighting.Linear).UndefinedBecause,
            StringComparison.Ordinal
        );
        var kappa = CohenKappa.Of(ratings, AgreementWeights.Of(ratings, AgreementWeighting.Unweighted));
        Assert.Equal(1, kappa.Estimate.Value);
        // For equal uniform margins the error of no agreement is 1 / √(items · (categories − 1)).
        Assert.Equal(1 / Math.Sqrt(2001.0 * 2000), kappa.NullStandardError!.Value, 1e-9);
    }
}
