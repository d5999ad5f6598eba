namespace Concord.Tests.Statistics;

/// <summary>The chance-corrected coefficients of agreement on the reference cases.</summary>
internal static class KappaStatistics
{
    public static Dictionary<string, Func<List<double?>>> Of(ReferenceCase reference) =>
        reference.Name switch
        {
            _ => [],
        };
}
