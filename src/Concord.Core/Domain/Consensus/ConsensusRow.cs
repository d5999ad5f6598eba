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
/// <param name="ExpectedLoss">The rater model's expected absolute error, in score units; of nominal data the chance to be wrong; null without a rater model.</param>
/// <param name="InformationGain">What one more grade is expected to tell, in nats; null without a rater model.</param>
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
    double? InformationGain,
    IReadOnlyList<Flag> Flags
);
