using Concord.Core.Statistics;

namespace Concord.Core.Domain.Consensus;

/// <summary>What a rater model says of an output's true score.</summary>
/// <param name="Mode">The most probable score, the lowest on a tie.</param>
/// <param name="Median">The posterior median; of nominal data the mode.</param>
/// <param name="Interval">The 95 % credible interval; null for nominal data.</param>
/// <param name="ExpectedLoss">The expected absolute error of the median, in score units; of nominal data the chance to be wrong, 0 to 1.</param>
/// <param name="InformationGain">What one more grade is expected to tell, in nats; null for models without confusion matrices.</param>
internal readonly record struct OutputPosterior(
    double Mode,
    double Median,
    ConfidenceInterval? Interval,
    double ExpectedLoss,
    double? InformationGain
);
