namespace Concord.Core.Statistics.Agreement;

/// <summary>How two raters agree on the items that both rated.</summary>
/// <param name="First">The rater whose name is first.</param>
/// <param name="Second">The other.</param>
/// <param name="Items">Items that both rated, 1 or more.</param>
/// <param name="Exact">The share of them with the same category, 0 to 1.</param>
/// <param name="Within">The share of them with grades at most the asked distance apart, 0 to 1; null where categories are not numbers.</param>
/// <param name="Kappa">Cohen's kappa with quadratic weights, at most 1; null where categories are not numbers or both gave one and the same throughout.</param>
/// <param name="Pearson">The correlation, −1 to 1; null where categories are not numbers, below two items, or where one side does not vary.</param>
/// <param name="Spearman">The rank correlation; null as <paramref name="Pearson"/>.</param>
/// <param name="MeanDifference">The mean of the first's grade less the second's, in their unit; null where categories are not numbers.</param>
public sealed record RaterPair(
    string First,
    string Second,
    int Items,
    double Exact,
    double? Within,
    double? Kappa,
    double? Pearson,
    double? Spearman,
    double? MeanDifference
);
