namespace Concord.Tests.Statistics;

/// <summary>Comparisons of two samples and of pairwise wins on the reference cases.</summary>
internal static class ComparisonStatistics
{
    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        reference.Name switch
        {
            _ => [],
        };
}
