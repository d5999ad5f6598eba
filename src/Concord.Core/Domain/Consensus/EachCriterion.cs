namespace Concord.Core.Domain.Consensus;

/// <summary>The criteria know nothing of each other, so each may have a processor of its own.</summary>
internal static class EachCriterion
{
    /// <summary>Computes something for each criterion.</summary>
    /// <param name="benchmark">The rubric.</param>
    /// <param name="compute">Takes a criterion and its place; writes to nothing that another one reads.</param>
    /// <returns>What was computed, in rubric order.</returns>
    public static T[] AtOnce<T>(Benchmark benchmark, Func<Criterion, int, T> compute)
    {
        var results = new T[benchmark.Criteria.Count];
        Parallel.For(0, results.Length, i => results[i] = compute(benchmark.Criteria[i], i));
        return results;
    }
}
