using System.Text.Json;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics.Agreement;

public class TwoRaterTests
{
    [Theory]
    [InlineData("fleiss-1971-diagnoses", "2 3", ".r2r3")]
    [InlineData("krippendorff-nominal-2x12", "", "")]
    [InlineData("vision-4x4", "", "")]
    public void The_test_of_Cohens_kappa_is_that_of_the_other_tools(string name, string raters, string suffix)
    {
        var reference = ReferenceCase.Read(name);
        var ratings = reference.IsRatings ? reference.Ratings() : KappaStatistics.Table(reference);
        if (raters.Length > 0)
            ratings = KappaStatistics.Only(ratings, raters.Split(' '));
        foreach (
            var (id, weighting) in new[]
            {
                ("cohen.unweighted", AgreementWeighting.Unweighted),
                ("cohen.equal", AgreementWeighting.Linear),
                ("cohen.squared", AgreementWeighting.Quadratic),
            }
        )
        {
            var kappa = CohenKappa.Of(ratings, AgreementWeights.Of(ratings, weighting));
            var sources = reference.Expectations.Single(e => e.Id == id + suffix).Sources;
            Assert.Contains(sources, s => s.TryGetProperty("z", out _));
            foreach (var source in sources)
            {
                if (source.TryGetProperty("z", out var z))
                    Assert.Equal(z.GetDouble(), kappa.Z!.Value, 1e-7);
                if (source.TryGetProperty("p", out var p))
                    Assert.Equal(p.GetDouble(), kappa.P!.Value, 1e-9);
            }
        }
    }

    [Fact]
    public void The_tests_of_Fleiss_kappa_are_those_of_the_other_tools()
    {
        var reference = ReferenceCase.Read("fleiss-1971-diagnoses");
        JsonElement Source(string id) => reference.Expectations.Single(e => e.Id == id).Sources[0];
        var patterns = CountPatterns.Of(reference.Ratings());

        Assert.Equal(Source("fleiss_kappa").GetProperty("z").GetDouble(), FleissKappa.OfEqualCounts(patterns).Z!.Value, 1e-9);
        Assert.Equal(
            Source("fleiss_kappa.raters1to4").GetProperty("z").GetDouble(),
            FleissKappa.OfEqualCounts(CountPatterns.Of(KappaStatistics.Only(reference.Ratings(), "1", "2", "3", "4"))).Z!.Value,
            1e-9
        );
        Assert.Equal(
            Source("fleiss_kappa.detail").GetProperty("z").EnumerateArray().Select(z => z.GetDouble()),
            FleissKappa.OfEachCategory(patterns).Select(k => Math.Round(k.Z!.Value, 3))
        );
    }

    [Fact]
    public void A_rater_with_one_category_has_a_kappa_of_zero_and_no_error()
    {
        var ratings = Table.Of("11", "12", "13");
        foreach (var weighting in Enum.GetValues<AgreementWeighting>())
        {
            var kappa = CohenKappa.Of(ratings, AgreementWeights.Of(ratings, weighting));
            Assert.Equal(0, kappa.Estimate.Value!.Value, 12);
            Assert.Equal((null, null, null), (kappa.Estimate.StandardError, kappa.Z, kappa.P));
            Assert.StartsWith("One rater gave the same category", kappa.Estimate.NoIntervalBecause, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Items_that_one_rater_left_out_do_not_count()
    {
        var weights = (Ratings ratings) => AgreementWeights.Of(ratings, AgreementWeighting.Linear);
        var (whole, partial) = (Table.Of("11", "12", "33", "23"), Table.Of("11", "1.", "12", ".3", "33", "23"));

        Assert.Equal(CohenKappa.Of(whole, weights(whole)), CohenKappa.Of(partial, weights(partial)));
        Assert.Equal(ScottPi.Of(whole, weights(whole)), ScottPi.Of(partial, weights(partial)));
        Assert.Equal(SymmetryTest.Bhapkar(whole), SymmetryTest.Bhapkar(partial));
    }

    [Fact]
    public void The_tests_of_symmetry_have_the_degrees_and_probabilities_of_the_other_tools()
    {
        var reference = ReferenceCase.Read("vision-4x4");
        var ratings = KappaStatistics.Table(reference);
        foreach (
            var (id, test) in new[]
            {
                ("bowker_symmetry_chisq", SymmetryTest.Bowker(ratings)),
                ("stuart_maxwell_chisq", SymmetryTest.StuartMaxwell(ratings)),
                ("bhapkar_chisq", SymmetryTest.Bhapkar(ratings)),
            }
        )
        {
            var source = reference.Expectations.Single(e => e.Id == id).Sources.Single(s => s.TryGetProperty("df", out _));
            Assert.Equal(source.GetProperty("df").GetInt32(), test.Degrees);
            Assert.Equal(source.GetProperty("p").GetDouble(), test.P!.Value, 1e-10);
        }
    }

    [Fact]
    public void Two_categories_make_all_tests_of_symmetry_McNemars()
    {
        // 5 times one way, once the other: (5 − 1)² / 6.
        var ratings = Table.Of("12", "12", "12", "12", "12", "21", "11", "22");
        foreach (var test in new[] { SymmetryTest.Bowker(ratings), SymmetryTest.StuartMaxwell(ratings) })
        {
            Assert.Equal(1, test.Degrees);
            Assert.Equal(16 / 6.0, test.ChiSquared!.Value, 12);
            Assert.Equal(0.10247, test.P!.Value, 5e-5);
        }
    }

    [Fact]
    public void Categories_that_confusions_do_not_connect_are_tested_apart()
    {
        // 1 with 2 and 3 with 4: (2 − 1)² / 3 and (3 − 0)² / 3.
        var test = SymmetryTest.StuartMaxwell(Table.Of("12", "12", "21", "34", "34", "34", "55"));

        Assert.Equal((10 / 3.0, 2), (Math.Round(test.ChiSquared!.Value, 12), test.Degrees), new Near());
        Assert.Equal(2, SymmetryTest.Bowker(Table.Of("12", "12", "21", "34", "34", "34", "55")).Degrees);
    }

    [Fact]
    public void Raters_who_never_differ_or_always_alike_leave_nothing_to_test()
    {
        Assert.StartsWith(
            "The two raters never differ",
            SymmetryTest.Bowker(Table.Of("11", "22")).UndefinedBecause,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "The two raters never differ",
            SymmetryTest.Bhapkar(Table.Of("11")).UndefinedBecause,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "The raters differ on every item",
            SymmetryTest.Bhapkar(Table.Of("12", "12")).UndefinedBecause,
            StringComparison.Ordinal
        );
    }

    private sealed class Near : IEqualityComparer<(double, int)>
    {
        public bool Equals((double, int) x, (double, int) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && x.Item2 == y.Item2;

        public int GetHashCode((double, int) pair) => pair.Item2;
    }
}
