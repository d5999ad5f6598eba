using Concord.Core.Statistics.RaterModels;

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
/// <param name="RaterModels">The rater model of each criterion, in rubric order.</param>
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
    IReadOnlyList<RaterModelNote> RaterModels,
    ConsensusPolicy Policy,
    string InputsDigest
)
{
    /// <summary>How many automatic checks are left out, because they are of other files than their output has.</summary>
    public int StaleChecks { get; private init; }

    /// <summary>What leads decided over it.</summary>
    public Adjudication Adjudication { get; private init; } = Adjudication.None;

    /// <summary>What rater models found whose end does not depend on their start, by criterion: where a later computation can begin.</summary>
    public IReadOnlyDictionary<CriterionId, RaterModelStart> Starts { get; private init; } =
        new Dictionary<CriterionId, RaterModelStart>();

    /// <summary>Computes everything from a workspace. Pure: the same workspace gives the same tables.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="policy">The method; null takes the benchmark's.</param>
    /// <param name="includeStale">Whether grades of earlier files count where there is no newer one.</param>
    /// <param name="earlier">What fits of earlier grades found, by criterion, for rater models to start from: quicker, and the same but for the
    /// last digits, so what is committed starts without. Null starts cold.</param>
    /// <returns>The tables.</returns>
    public static ConsensusTables Of(
        Workspace workspace,
        ConsensusPolicy? policy = null,
        bool includeStale = false,
        IReadOnlyDictionary<CriterionId, RaterModelStart>? earlier = null
    )
    {
        policy ??= workspace.Benchmark.Consensus;
        var benchmark = workspace.Benchmark with { Consensus = policy };
        var ballot = Ballot.Of(workspace, includeStale);
        var adjudication = Adjudication.Of(workspace);
        var ratings = GraderAgreement.Ratings(ballot, benchmark);
        var models = EachCriterion.AtOnce(
            benchmark,
            (c, i) => CriterionModel.Of(ratings[i], c, policy, earlier?.GetValueOrDefault(c.Id))
        );
        var (consensus, agreement, graders) = (
            (IReadOnlyList<ConsensusRow>)[],
            (IReadOnlyList<AgreementRow>)[],
            (IReadOnlyList<GraderRow>)[]
        );
        // Neither reads what the other writes.
        Parallel.Invoke(
            () => consensus = OutputConsensus.Rows(ballot, models, benchmark, adjudication),
            () =>
            {
                agreement = GraderAgreement.Rows(ratings, benchmark);
                graders = GraderProfiles.Rows(ballot, ratings, models, benchmark);
            }
        );
        var results = OutputConsensus.Results(consensus, benchmark);
        return new(
            ballot,
            consensus,
            results,
            ModelStandings.Rows(workspace, ballot, results, policy),
            agreement,
            graders,
            ReviewQueue.Rows(consensus, ballot, models, benchmark, adjudication),
            [
                .. workspace.Outputs.SelectMany(o =>
                    o.Checks.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new AutomaticRow(o.Key, o.Id, c))
                ),
            ],
            [.. models.Select(m => m.Note)],
            policy,
            InputDigest.Of(workspace, policy, includeStale, adjudication)
        )
        {
            StaleChecks = workspace.Outputs.Sum(o => o.StaleChecks),
            Adjudication = adjudication,
            Starts = models
                .Select(m => (m.Note.Criterion, m.Start))
                .Where(m => m.Start is not null)
                .ToDictionary(m => m.Criterion, m => m.Start!),
        };
    }
}
