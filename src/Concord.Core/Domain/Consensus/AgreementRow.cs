using Concord.Core.Statistics;

namespace Concord.Core.Domain.Consensus;

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
