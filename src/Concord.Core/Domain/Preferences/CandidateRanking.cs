namespace Concord.Core.Domain.Preferences;

/// <summary>The order of a challenge's outputs, and the pairs that a strategy proposes from it.</summary>
public static class CandidateRanking
{
    private const int Decimals = 9;

    /// <summary>
    /// Highest overall score first (to 9 decimals); equals by more votes, then by output id, which is a digest of the files
    /// and so favours no model by its name, then by key.
    /// </summary>
    /// <param name="candidates">Outputs of one challenge, in any order.</param>
    /// <returns>The same outputs; the order does not depend on the order given.</returns>
    public static IReadOnlyList<Candidate> Of(IEnumerable<Candidate> candidates) =>
        [
            .. candidates
                .OrderByDescending(c => Math.Round(c.Overall, Decimals))
                .ThenByDescending(c => c.Votes)
                .ThenBy(c => c.Id)
                .ThenBy(c => c.Key),
        ];

    /// <summary>The pairs that a strategy compares, the higher-ranked output first.</summary>
    /// <param name="ranked">The outputs of one challenge, ranked.</param>
    /// <param name="strategy">The strategy.</param>
    /// <returns>Ordered by the ranks of the first and the second; empty for fewer than two outputs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The strategy is not defined.</exception>
    public static IEnumerable<(Candidate Higher, Candidate Lower)> Pairs(IReadOnlyList<Candidate> ranked, PairStrategy strategy)
    {
        if (ranked.Count < 2)
            return [];
        return strategy switch
        {
            PairStrategy.BestVsRest => ranked.Skip(1).Select(rest => (ranked[0], rest)),
            PairStrategy.All => ranked.SelectMany((higher, i) => ranked.Skip(i + 1).Select(lower => (higher, lower))),
            PairStrategy.BestVsWorst => [(ranked[0], ranked[^1])],
            PairStrategy.Adjacent => ranked.Zip(ranked.Skip(1)),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Not a pair strategy."),
        };
    }
}
