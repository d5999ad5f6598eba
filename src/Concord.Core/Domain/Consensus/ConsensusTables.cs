namespace Concord.Core.Domain.Consensus;

/// <summary>Everything that consensus/ holds.</summary>
/// <param name="Ballot">The votes behind it.</param>
/// <param name="Consensus">consensus.csv.</param>
/// <param name="Results">results.csv.</param>
/// <param name="Models">models.csv.</param>
/// <param name="Agreement">agreement.csv.</param>
/// <param name="Graders">graders.csv.</param>
/// <param name="Review">review.csv.</param>
/// <param name="Automatic">automatic.csv.</param>
/// <param name="Policy">The method and seed that made it.</param>
/// <param name="InputsDigest">SHA-256 of the canonical inputs, in hex.</param>
public sealed record ConsensusTables(
    Ballot Ballot,
    IReadOnlyList<ConsensusRow> Consensus,
    IReadOnlyList<ResultRow> Results,
    IReadOnlyList<ModelRow> Models,
    IReadOnlyList<AgreementRow> Agreement,
    IReadOnlyList<GraderRow> Graders,
    IReadOnlyList<ReviewRow> Review,
    IReadOnlyList<AutomaticRow> Automatic,
    ConsensusPolicy Policy,
    string InputsDigest
)
{
    /// <summary>Computes everything from a workspace. Pure: the same workspace gives the same tables.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="policy">The method; null takes the benchmark's.</param>
    /// <param name="includeStale">Whether grades of earlier files count where there is no newer one.</param>
    /// <returns>The tables.</returns>
    public static ConsensusTables Of(Workspace workspace, ConsensusPolicy? policy = null, bool includeStale = false)
    {
        policy ??= workspace.Benchmark.Consensus;
        var benchmark = workspace.Benchmark with { Consensus = policy };
        var ballot = Ballot.Of(workspace, includeStale);
        var consensus = OutputConsensus.Rows(ballot, benchmark);
        var ratings = GraderAgreement.Ratings(ballot, benchmark);
        var results = OutputConsensus.Results(consensus, benchmark);
        return new(
            ballot,
            consensus,
            results,
            ModelStandings.Rows(workspace, ballot, results, policy),
            GraderAgreement.Rows(ratings, benchmark),
            GraderProfiles.Rows(ballot, ratings, benchmark),
            ReviewQueue.Rows(consensus, ballot, benchmark),
            [
                .. workspace.Outputs.SelectMany(o =>
                    o.Checks.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new AutomaticRow(o.Key, o.Id, c))
                ),
            ],
            policy,
            InputDigest.Of(workspace, policy, includeStale)
        );
    }
}
