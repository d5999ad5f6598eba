namespace Concord.Tests.Statistics;

/// <summary>Intraclass correlations, concordance, variance components and rating-scale models on the reference cases.</summary>
internal static class VarianceStatistics
{
    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        reference.Name switch
        {
            _ => [],
        };
}
