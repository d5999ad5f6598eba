using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics.Agreement;

public class KappaDegenerateTests
{
    // Those of variances and ranks have tests of their own.
    private static readonly string[] Kappas =
    [
        .. AgreementCoefficient.Names.Where(n => !n.StartsWith("icc-", StringComparison.Ordinal) && n != "kendall-w"),
    ];

    [Fact]
    public void No_ratings_at_all_are_undefined() => AllUndefined(Table.Of());

    [Fact]
    public void One_rating_is_undefined() => AllUndefined(Table.Of("1"));

    [Fact]
    public void One_rater_alone_is_undefined() => AllUndefined(Table.Of("1", "2", "3"));

    [Fact]
    public void Raters_without_an_item_in_common_are_undefined() => AllUndefined(Table.Of("1.", ".2", "3."));

    [Fact]
    public void A_single_category_has_agreement_and_no_coefficient()
    {
        foreach (var c in Of(Table.Of("11", "11", "11")))
        {
            if (c.Name == AgreementCoefficient.Percent)
                Assert.Equal(1, c.Estimate.Value);
            else
                Assert.Contains(c.Name == "light-kappa" ? "is undefined" : "same category", Because(c), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_item_has_values_and_no_error()
    {
        foreach (var c in Of(Table.Of("12")).Where(c => c.Estimate.Value is not null))
        {
            Assert.Null(c.Estimate.StandardError);
            Assert.Null(c.Estimate.Interval);
        }
        Assert.Equal(-1, FleissKappa.OfEqualCounts(CountPatterns.Of(Table.Of("12"))).Estimate.Value);
    }

    [Fact]
    public void Words_have_unweighted_coefficients_only()
    {
        foreach (var c in Of(Table.Of("xy", "xx", "yy")).Where(c => c.Name != AgreementCoefficient.Alpha))
        {
            if (c.Weights == "unweighted")
                Assert.NotNull(c.Estimate.Value);
            else
                Assert.Contains("not numbers", Because(c), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ratio_weights_are_undefined_with_a_grade_of_zero()
    {
        foreach (var c in Of(Table.Of("01", "11", "22")).Where(c => c.Weights == "ratio" && c.Name != AgreementCoefficient.Alpha))
            Assert.Equal("Some ratings are zero or below, and ratio weights need numbers above zero.", Because(c));
    }

    [Fact]
    public void A_million_raters_with_a_rating_each_are_compared()
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < 1_000_000; rater++)
            builder.TryAdd($"{rater / 4}", $"{rater}", (double)(rater / 4 % 3 + rater % 4 / 3));
        var all = Of(builder.Build()).ToDictionary(c => (c.Name, c.Weights), c => c.Estimate);

        // Three of four agree in every item.
        Assert.Equal(0.5, all[("percent-agreement", "unweighted")].Value!.Value, 9);
        Assert.Equal(all[("fleiss-kappa", "linear")].Value!.Value, all[("conger-kappa", "linear")].Value!.Value, 1e-5);
        // Whoever gave one rating uses the categories as that rating does, so no error comes from chance; and observed agreement does not vary.
        Assert.Equal(0, all[("conger-kappa", "linear")].StandardError!.Value, 1e-9);
        Assert.StartsWith(
            "Some two raters share no item",
            all[("light-kappa", "unweighted")].UndefinedBecause,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_crowd_on_one_item_is_not_paired_up()
    {
        var builder = new RatingsBuilder();
        for (var rater = 0; rater < 20_000; rater++)
            builder.TryAdd("item", $"{rater}", (double)(rater % 2));
        var ratings = builder.Build();

        Assert.StartsWith("More than 100000000 pairs", LightKappa.Of(ratings).UndefinedBecause, StringComparison.Ordinal);
        Assert.Null(PairwiseAgreement.Of(ratings));
        Assert.Equal(-1.0 / 19_999, FleissKappa.OfEqualCounts(CountPatterns.Of(ratings)).Estimate.Value!.Value, 1e-12);
    }

    [Fact]
    public void One_dissenting_rating_in_a_million_leaves_Gwets_high_and_Fleiss_low()
    {
        var builder = new RatingsBuilder();
        for (var item = 0; item < 500_000; item++)
        {
            builder.TryAdd($"{item}", "a", 1.0);
            builder.TryAdd($"{item}", "b", item == 7 ? 2.0 : 1.0);
        }
        var patterns = CountPatterns.Of(builder.Build());
        var unweighted = AgreementWeights.Of(patterns, AgreementWeighting.Unweighted);

        Assert.Equal(1, GwetAgreement.Of(patterns, unweighted).Value!.Value, 1e-5);
        Assert.Equal(-1e-6, FleissKappa.Of(patterns, unweighted).Value!.Value, 1e-9);
    }

    [Theory]
    [InlineData(1e308, -1e308)]
    [InlineData(1e-308, 2e-308)]
    [InlineData(1, 1.0000000000000002)]
    public void Extreme_values_give_a_number_or_a_reason(double one, double other)
    {
        var builder = new RatingsBuilder();
        foreach (var (item, grades) in new[] { (one, one), (one, other), (other, other) }.Index())
        {
            builder.TryAdd($"{item}", "a", grades.Item1);
            builder.TryAdd($"{item}", "b", grades.Item2);
        }
        foreach (var c in Of(builder.Build()))
            Assert.True(c.Estimate.Value is { } value ? double.IsFinite(value) : c.Estimate.UndefinedBecause is not null);
        foreach (var weighting in Enum.GetValues<AgreementWeighting>())
        {
            var weights = AgreementWeights.Of(builder.Build(), weighting);
            Assert.True(weights.UndefinedBecause is not null || weights[0, 1] is >= 0 and <= 1);
        }
    }

    [Fact]
    public void Of_two_raters_are_only_two()
    {
        var three = Table.Of("123", "111");
        foreach (var c in Of(three).Where(c => c.Name is "cohen-kappa" or "scott-pi"))
            Assert.Equal("The coefficient compares two raters, and there are 3.", Because(c));
        Assert.Equal("The coefficient compares two raters, and there are 3.", SymmetryTest.Bowker(three).UndefinedBecause);
    }

    [Fact]
    public void Unequal_counts_leave_the_plain_and_exact_kappas_undefined()
    {
        var ratings = Table.Of("123", "11.", "222");
        var plain = FleissKappa.OfEqualCounts(CountPatterns.Of(ratings));
        Assert.Equal("The coefficient needs equally many ratings on every item.", plain.Estimate.UndefinedBecause);
        Assert.Contains("complete ratings", ExactFleissKappa.Of(ratings).UndefinedBecause, StringComparison.Ordinal);
        Assert.Contains("complete ratings", RobinsonA.Of(ratings).UndefinedBecause, StringComparison.Ordinal);
        Assert.All(
            FleissKappa.OfEachCategory(CountPatterns.Of(ratings)),
            k => Assert.Equal(plain.Estimate.UndefinedBecause, k.Estimate.UndefinedBecause)
        );
    }

    [Theory]
    [InlineData("123")]
    [InlineData("112")]
    [InlineData("1122")]
    public void Items_with_the_same_counts_have_a_Fleiss_kappa_of_minus_one_by_the_other_raters(string item)
    {
        var kappa = FleissKappa.OfEqualCounts(CountPatterns.Of(Table.Of(item, item, item)));

        Assert.Equal(-1.0 / (item.Length - 1), kappa.Estimate.Value!.Value, 12);
    }

    [Fact]
    public void Weights_of_other_ratings_are_refused()
    {
        var weights = AgreementWeights.Of(Table.Of("12"), AgreementWeighting.Linear);
        Assert.Throws<ArgumentException>(() => FleissKappa.Of(CountPatterns.Of(Table.Of("123")), weights));
        Assert.Throws<ArgumentException>(() => CohenKappa.Of(Table.Of("12", "13"), weights));
    }

    private static string Because(AgreementCoefficient c)
    {
        Assert.Null(c.Estimate.Value);
        return Assert.IsType<string>(c.Estimate.UndefinedBecause);
    }

    private static void AllUndefined(Ratings ratings) => Assert.All(Of(ratings), c => Because(c));

    private static IReadOnlyList<AgreementCoefficient> Of(Ratings ratings) =>
        AgreementCoefficient.Of(
            ratings,
            Kappas,
            Enum.GetValues<MeasurementLevel>(),
            ratings.CategoryValues is null ? [] : [AgreementDistance.OfUnits(1)],
            10,
            1
        );
}
