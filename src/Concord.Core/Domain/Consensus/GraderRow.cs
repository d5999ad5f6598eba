namespace Concord.Core.Domain.Consensus;

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
/// <param name="Infit">The information-weighted mean square of the rating-scale model, given outputs' totals; 1 is as expected; null where undefined.</param>
/// <param name="Outfit">The same unweighted, so that single wild scores count more.</param>
/// <param name="Weight">The declared weight under the method weighted, else what one more score is worth to the rater model; null without either.</param>
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
    double? Infit,
    double? Outfit,
    double? Weight
);
