using Concord.Core.Domain;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;

namespace Concord.Tests.Statistics;

/// <summary>The chance-corrected coefficients of agreement on the reference cases.</summary>
internal static class KappaStatistics
{
    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        Estimates(reference)
            .ToDictionary(e => e.Key, e => (Func<List<double?>>)(() => [e.Value().Value]))
            .Concat(Tests(reference))
            .ToDictionary();

    /// <summary>The ids that have a standard error and an interval as well.</summary>
    public static Dictionary<string, Func<Estimate>> Estimates(ReferenceCase reference) =>
        reference.Name switch
        {
            "cohen-1968" => Cohen1968(reference),
            "edge-cases" => new()
            {
                ["fleiss.one_category"] = () => Fleiss(OneCategory()),
                ["cohen.one_category"] = CohenOf(OneCategory(), "")["cohen.unweighted"],
            },
            "vision-4x4" => CohenOf(Table(reference), ""),
            "gwet-cont3x3abstractors" => TwoRaters(Table(reference)),
            "synthetic-20k" => new() { ["fleiss_kappa"] = () => Fleiss(new SyntheticRatings(20_000).Ratings()) },
            "synthetic-200k" => new() { ["fleiss"] = () => Fleiss(new SyntheticRatings(200_000).Ratings()) },
            "fleiss-1971-diagnoses" => Family(reference.Ratings())
                .Concat(CohenOf(Only(reference.Ratings(), "2", "3"), ".r2r3"))
                .Append(new("conger_exact_kappa", () => ExactFleissKappa.Of(reference.Ratings())))
                .Append(new("fleiss_kappa.raters1to4", () => Fleiss(Only(reference.Ratings(), "1", "2", "3", "4"))))
                .ToDictionary(),
            "irr-video" => Family(reference.Ratings())
                .Concat(CohenOf(Only(reference.Ratings(), "1", "2"), ".r1r2"))
                .ToDictionary(),
            "krippendorff-nominal-2x12" => Family(reference.Ratings()).Concat(CohenOf(reference.Ratings(), "")).ToDictionary(),
            _ when reference.IsRatings && reference.Name is not ("consensus-small-a" or "crowdkit-toy") => Family(
                reference.Ratings()
            ),
            _ => [],
        };

    private static Dictionary<string, Func<List<double?>>> Tests(ReferenceCase reference) =>
        reference.Name switch
        {
            "vision-4x4" => new()
            {
                ["bhapkar_chisq"] = () => [SymmetryTest.Bhapkar(Table(reference)).ChiSquared],
                ["stuart_maxwell_chisq"] = () => [SymmetryTest.StuartMaxwell(Table(reference)).ChiSquared],
                ["bowker_symmetry_chisq"] = () => [SymmetryTest.Bowker(Table(reference)).ChiSquared],
            },
            "fleiss-1971-diagnoses" => new()
            {
                ["fleiss_kappa.detail"] = () =>
                    [.. FleissKappa.OfEachCategory(CountPatterns.Of(reference.Ratings())).Select(k => k.Estimate.Value)],
            },
            _ => [],
        };

    private static Dictionary<string, Func<Estimate>> Family(Ratings ratings)
    {
        var patterns = CountPatterns.Of(ratings);
        Dictionary<string, Func<Estimate>> statistics = new()
        {
            ["fleiss_kappa"] = () => Fleiss(ratings),
            ["light_kappa"] = () => LightKappa.Of(ratings),
            ["robinsonA"] = () => RobinsonA.Of(ratings),
            ["mean_pearson"] = () => MeanCorrelation.Pearson(ratings),
            ["mean_spearman"] = () => MeanCorrelation.Spearman(ratings),
        };
        for (var tolerance = 0; tolerance <= 2; tolerance++)
        {
            var distance = tolerance;
            statistics[$"percent_agree.tol{tolerance}"] = () => PercentAgreement.OfAllRaters(patterns, distance);
        }
        foreach (var weighting in Enum.GetValues<AgreementWeighting>())
        {
            var weights = AgreementWeights.Of(ratings, weighting);
            var name = Names.Of(weighting);
            statistics["irrcac.gwet." + name] = () => GwetAgreement.Of(patterns, weights);
            statistics["irrcac.fleiss." + name] = () => FleissKappa.Of(patterns, weights);
            statistics["irrcac.conger." + name] = () => CongerKappa.Of(ratings, weights);
            statistics["irrcac.kripp." + name] = () => IrrcacAlpha.Of(patterns, weights);
            statistics["irrcac.bp." + name] = () => BrennanPrediger.Of(patterns, weights);
            statistics["irrcac.pa." + name] = () => PercentAgreement.Weighted(patterns, weights);
        }
        return statistics;
    }

    private static Dictionary<string, Func<Estimate>> TwoRaters(Ratings ratings)
    {
        var patterns = CountPatterns.Of(ratings);
        var statistics = new Dictionary<string, Func<Estimate>>();
        foreach (
            var weighting in new[] { AgreementWeighting.Unweighted, AgreementWeighting.Linear, AgreementWeighting.Quadratic }
        )
        {
            var weights = AgreementWeights.Of(ratings, weighting);
            var name = Names.Of(weighting);
            statistics["kappa2." + name] = () => CohenKappa.Of(ratings, weights).Estimate;
            statistics["scott2." + name] = () => ScottPi.Of(ratings, weights);
            statistics["gwet.ac1." + name] = () => GwetAgreement.Of(patterns, weights);
            statistics["bp2." + name] = () => BrennanPrediger.Of(patterns, weights);
            statistics["krippen2." + name] = () => IrrcacAlpha.Of(patterns, weights);
            statistics["pa2." + name] = () => PercentAgreement.Weighted(patterns, weights);
        }
        return statistics;
    }

    private static Dictionary<string, Func<Estimate>> CohenOf(Ratings ratings, string suffix)
    {
        Func<Estimate> Kappa(AgreementWeighting weighting) =>
            () => CohenKappa.Of(ratings, AgreementWeights.Of(ratings, weighting)).Estimate;
        return new()
        {
            ["cohen.unweighted" + suffix] = Kappa(AgreementWeighting.Unweighted),
            ["cohen.equal" + suffix] = Kappa(AgreementWeighting.Linear),
            ["cohen.squared" + suffix] = Kappa(AgreementWeighting.Quadratic),
        };
    }

    private static Dictionary<string, Func<Estimate>> Cohen1968(ReferenceCase reference)
    {
        // Shares of 200 items. Cohen weighs disagreement 0 to 6; agreement is what is left of 6.
        var ratings = Table(reference, 200, first: 0);
        double[][] disagreement =
        [
            [0, 1, 3],
            [1, 0, 6],
            [3, 6, 0],
        ];
        var weights = AgreementWeights.Custom(
            ratings,
            ["1", "2", "3"],
            [.. disagreement.Select(row => row.Select(d => 1 - d / 6).ToArray())]
        );
        return new()
        {
            ["cohen.unweighted"] = CohenOf(ratings, "")["cohen.unweighted"],
            ["cohen.weighted_custom"] = () => CohenKappa.Of(ratings, weights).Estimate,
        };
    }

    private static Ratings OneCategory()
    {
        var builder = new RatingsBuilder();
        for (var item = 0; item < 5; item++)
        for (var rater = 0; rater < 2; rater++)
            builder.TryAdd($"{item}", $"{rater}", 1.0);
        return builder.Build();
    }

    private static Estimate Fleiss(Ratings ratings) => FleissKappa.OfEqualCounts(CountPatterns.Of(ratings)).Estimate;

    public static Ratings Only(Ratings ratings, params string[] raters)
    {
        var builder = new RatingsBuilder();
        for (var row = 0; row < ratings.Count; row++)
            if (raters.Contains(ratings.Raters[ratings.RaterOf[row]]))
                Assert.True(
                    builder.TryAdd(
                        ratings.Items[ratings.ItemOf[row]],
                        ratings.Raters[ratings.RaterOf[row]],
                        ratings.Categories[ratings.CategoryOf[row]]
                    )
                );
        return builder.Build();
    }

    // A table of counts, or of shares of a number of items: rows are the first rater's categories, columns the second's, both by place.
    public static Ratings Table(ReferenceCase reference, int items = 1, int first = 1)
    {
        var builder = new RatingsBuilder();
        var item = 0;
        foreach (var (row, line) in reference.Rows.Skip(1).Index())
        foreach (var (column, cell) in line.Skip(first).Index())
            for (var count = Math.Round(items * ReferenceCase.Number(cell)); count > 0; count--, item++)
            {
                builder.TryAdd($"{item}", "first", row + 1.0);
                builder.TryAdd($"{item}", "second", column + 1.0);
            }
        return builder.Build();
    }
}
