namespace Concord.Tests.Statistics;

/// <summary>The rater models on the reference cases.</summary>
internal static class RaterModelStatistics
{
    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        reference.Name switch
        {
            _ => [],
        };
}
