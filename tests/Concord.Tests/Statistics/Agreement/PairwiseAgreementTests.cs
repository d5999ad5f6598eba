using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Core.Statistics.Comparison;

namespace Concord.Tests.Statistics.Agreement;

public class PairwiseAgreementTests
{
    [Fact]
    public void Each_pair_is_what_the_two_are_alone()
    {
        var ratings = new SyntheticRatings(60, Raters: 200).Ratings();
        var pairs = PairwiseAgreement.Of(ratings)!;

        Assert.True(pairs.Count > 300);
        Assert.Equal(pairs.Select(p => (p.First, p.Second)).Order(), pairs.Select(p => (p.First, p.Second)));
        foreach (var pair in pairs.Where(p => p.Items > 1))
        {
            var two = KappaStatistics.Only(ratings, pair.First, pair.Second);
            var shared = CountPatterns.Of(two);
            var kappa = CohenKappa.Of(two, AgreementWeights.Of(two, AgreementWeighting.Quadratic)).Estimate.Value;
            Assert.Equal(
                (shared.Units, PercentAgreement.Exact(shared).Value, PercentAgreement.Within(shared, 1).Value),
                (pair.Items, pair.Exact, pair.Within)
            );
            Assert.Equal(kappa is null, pair.Kappa is null);
            Assert.Equal(kappa ?? 0, pair.Kappa ?? 0, 1e-9);
        }
    }

    [Fact]
    public void The_numbers_are_those_of_a_pencil()
    {
        var pair = Assert.Single(PairwiseAgreement.Of(Table.Of("13", "22", "5.", "34", "11"), 1)!);

        Assert.Equal(("0", "1", 4), (pair.First, pair.Second, pair.Items));
        Assert.Equal((0.5, 0.75, -0.75), (pair.Exact, pair.Within, pair.MeanDifference));
        Assert.Equal(Correlation.Pearson([1, 2, 3, 1], [3, 2, 4, 1]), pair.Pearson);
        Assert.Equal(Correlation.Spearman([1, 2, 3, 1], [3, 2, 4, 1])!.Value, pair.Spearman!.Value, 12);
    }

    [Fact]
    public void Raters_who_share_nothing_are_no_pair() => Assert.Empty(PairwiseAgreement.Of(Table.Of("1.", ".2"))!);

    [Fact]
    public void Words_are_compared_for_equality_only()
    {
        var pair = Assert.Single(PairwiseAgreement.Of(Table.Of("xx", "xy"))!);

        Assert.Equal(0.5, pair.Exact);
        Assert.Equal((null, null, null, null, null), (pair.Within, pair.Kappa, pair.Pearson, pair.Spearman, pair.MeanDifference));
    }

    [Fact]
    public void A_mean_over_pairs_needs_every_pair()
    {
        Assert.Equal(
            "Some two raters share no item, and the coefficient is a mean over all pairs of raters.",
            LightKappa.Of(Table.Of("12.", ".12", "22.")).UndefinedBecause
        );
        Assert.Equal("Cohen's kappa of '0' and '1' is undefined.", LightKappa.Of(Table.Of("112", "112")).UndefinedBecause);
        Assert.Equal(
            "The correlation of '0' and '1' is undefined.",
            MeanCorrelation.Pearson(Table.Of("112", "123")).UndefinedBecause
        );
    }

    [Fact]
    public void A_mean_of_correlations_is_their_mean()
    {
        var ratings = ReferenceCase.Read("fleiss-1971-diagnoses");
        foreach (
            var (id, ours) in new[]
            {
                ("pairwise.pearson", MeanCorrelation.Pearson(ratings.Ratings())),
                ("pairwise.spearman", MeanCorrelation.Spearman(ratings.Ratings())),
            }
        )
            Assert.Equal(
                ratings.Expectations.Single(e => e.Id == id).Value.EnumerateArray().Average(r => r.GetDouble()),
                ours.Value!.Value,
                1e-9
            );
    }
}
