using Concord.Core.Statistics.RaterModels;

namespace Concord.Core.Statistics.Agreement;

/// <summary>The coefficients of agreement that rest on variances and ranks, by name.</summary>
public static class VarianceCoefficients
{
    /// <summary>Computes Kendall's W, the six intraclass correlations of complete tables and the two of variance components.</summary>
    /// <returns>Name, the name of its weights ("rank" or "interval"), and the estimate, undefined with its reason.</returns>
    public static IReadOnlyList<(string Name, string Weights, Estimate Estimate)> Of(Ratings ratings)
    {
        var components = VarianceComponents.Of(ratings);
        return
        [
            ("kendall-w", "rank", KendallW.Of(ratings).W),
            .. IntraclassCorrelation.Of(ratings).Select(icc => (Name(icc.Form), "interval", icc.Estimate)),
            ("icc-reml-1", "interval", components.Intraclass(1)),
            ("icc-reml-k", "interval", components.Intraclass(components.RatingsPerItem)),
        ];
    }

    private static string Name(IntraclassForm form) =>
        form switch
        {
            IntraclassForm.OneWaySingle => "icc-1-1",
            IntraclassForm.TwoWayRandomSingle => "icc-2-1",
            IntraclassForm.TwoWayMixedSingle => "icc-3-1",
            IntraclassForm.OneWayAverage => "icc-1-k",
            IntraclassForm.TwoWayRandomAverage => "icc-2-k",
            IntraclassForm.TwoWayMixedAverage => "icc-3-k",
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "Unknown intraclass correlation."),
        };
}
