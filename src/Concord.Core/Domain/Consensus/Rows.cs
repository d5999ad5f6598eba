using Concord.Core.Statistics;

namespace Concord.Core.Domain.Consensus;

/// <summary>A row of consensus.csv: one output by one criterion, or by all of them together.</summary>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files.</param>
/// <param name="Criterion">A criterion's id, or <see cref="CriterionId.Overall"/>.</param>
/// <param name="Graders">How many people scored it.</param>
/// <param name="Consensus">In score units; null where nobody scored it.</param>
/// <param name="Median">In score units; of nominal data the mode, lowest first.</param>
/// <param name="Mean">In score units; null for nominal data.</param>
/// <param name="Sd">The standard deviation with n − 1; null for n = 1 and for nominal data.</param>
/// <param name="Min">The lowest score.</param>
/// <param name="Max">The highest score.</param>
/// <param name="Interval">The 95 % interval of <paramref name="Consensus"/>; null where there is none.</param>
/// <param name="IntervalMethod">How the interval was made; empty without one.</param>
/// <param name="ExpectedLoss">The rater model's expected absolute error, in score units; null without a rater model.</param>
/// <param name="Flags">Why it needs another look, in order.</param>
public sealed record ConsensusRow(
    OutputKey Key,
    OutputId Output,
    string Criterion,
    int Graders,
    double? Consensus,
    double? Median,
    double? Mean,
    double? Sd,
    double? Min,
    double? Max,
    ConfidenceInterval? Interval,
    string IntervalMethod,
    double? ExpectedLoss,
    IReadOnlyList<Flag> Flags
);

/// <summary>A row of results.csv: one output.</summary>
/// <param name="Rank">Within its challenge, from 1; ties share the lowest; null without an overall.</param>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files.</param>
/// <param name="Graders">How many people scored every weighted criterion.</param>
/// <param name="Overall">The weighted mean of the criteria's consensus, in score units; null where one is missing.</param>
/// <param name="Criteria">The consensus by criterion, in rubric order.</param>
/// <param name="Flags">The flags of any of its rows, in order.</param>
public sealed record ResultRow(
    int? Rank,
    OutputKey Key,
    OutputId Output,
    int Graders,
    double? Overall,
    IReadOnlyList<double?> Criteria,
    IReadOnlyList<Flag> Flags
);

/// <summary>A row of models.csv: one model over all challenges.</summary>
/// <param name="Rank">From 1; ties share the lowest; null without an overall.</param>
/// <param name="RankLow">The best rank that the data does not rule out; null where <paramref name="Rank"/> is.</param>
/// <param name="RankHigh">The worst rank that the data does not rule out; null where <paramref name="Rank"/> is.</param>
/// <param name="Model">The model, without a sample's number.</param>
/// <param name="Outputs">Outputs that could be graded.</param>
/// <param name="Failed">Outputs that the model failed to produce.</param>
/// <param name="Graders">How many people graded any of its outputs.</param>
/// <param name="Overall">The mean over challenges of the outputs' overall, in score units.</param>
/// <param name="Interval">A 95 % Student interval over challenges; null for fewer than three.</param>
/// <param name="Criteria">The same mean by criterion, in rubric order.</param>
public sealed record ModelRow(
    int? Rank,
    int? RankLow,
    int? RankHigh,
    string Model,
    int Outputs,
    int Failed,
    int Graders,
    double? Overall,
    ConfidenceInterval? Interval,
    IReadOnlyList<double?> Criteria
);

/// <summary>A row of agreement.csv: one coefficient for one criterion.</summary>
/// <param name="Criterion">The criterion.</param>
/// <param name="Coefficient">The coefficient's name, such as <c>krippendorff-alpha</c>.</param>
/// <param name="Weights">Which differences count: a level of measurement, or a weighting.</param>
/// <param name="Estimate">The value with its interval, or why it is undefined.</param>
/// <param name="Items">Outputs that two or more people scored.</param>
/// <param name="Raters">People who scored.</param>
/// <param name="Ratings">Scores on those outputs.</param>
/// <param name="Reading">What to make of it; empty where there is no rule.</param>
public sealed record AgreementRow(
    CriterionId Criterion,
    string Coefficient,
    string Weights,
    Estimate Estimate,
    int Items,
    int Raters,
    long Ratings,
    string Reading
);

/// <summary>A row of graders.csv: one grader by one criterion, against the consensus of the other people.</summary>
/// <param name="Grader">The grader.</param>
/// <param name="Criterion">The criterion.</param>
/// <param name="Graded">Outputs that the grader scored.</param>
/// <param name="Mean">The grader's mean score; null for nominal data.</param>
/// <param name="Bias">The mean of score − others' consensus, in score units; null where nobody else scored the same.</param>
/// <param name="Mae">The mean of |score − others' consensus|.</param>
/// <param name="Rmse">The root of the mean squared difference.</param>
/// <param name="Pearson">The linear correlation with the others' consensus, −1 to 1; null where undefined.</param>
/// <param name="Spearman">The rank correlation with the others' consensus, −1 to 1; null where undefined.</param>
/// <param name="AlphaWithout">Krippendorff's alpha at the criterion's level without this grader; null where undefined.</param>
/// <param name="Weight">The weight in the consensus; null where the method has none.</param>
public sealed record GraderRow(
    Grader Grader,
    CriterionId Criterion,
    int Graded,
    double? Mean,
    double? Bias,
    double? Mae,
    double? Rmse,
    double? Pearson,
    double? Spearman,
    double? AlphaWithout,
    double? Weight
);

/// <summary>A row of review.csv: what needs another look.</summary>
/// <param name="Rank">From 1, the most urgent first.</param>
/// <param name="Row">The row of consensus.csv.</param>
/// <param name="Reasons">Sentences with the numbers behind each flag.</param>
public sealed record ReviewRow(int Rank, ConsensusRow Row, IReadOnlyList<string> Reasons);

/// <summary>A row of automatic.csv: one automatic check of one output.</summary>
/// <param name="Key">The output.</param>
/// <param name="Output">The fingerprint of its files; null where it has none.</param>
/// <param name="Check">The result.</param>
public sealed record AutomaticRow(OutputKey Key, OutputId? Output, CheckResult Check);

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
        var results = OutputConsensus.Results(consensus, benchmark);
        return new(
            ballot,
            consensus,
            results,
            ModelStandings.Rows(workspace, ballot, results, policy),
            GraderAgreement.Rows(ballot, benchmark),
            GraderProfiles.Rows(ballot, benchmark),
            ReviewQueue.Rows(consensus, ballot, benchmark),
            [.. workspace.Outputs.SelectMany(o => o.Checks.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new AutomaticRow(o.Key, o.Id, c)))],
            policy,
            InputDigest.Of(workspace, policy, includeStale)
        );
    }
}
