using Concord.Core.Statistics.Comparison;

namespace Concord.Core.Domain.Comparison;

/// <summary>Two models on one criterion. Differences are the first less the second.</summary>
/// <param name="A">The first model.</param>
/// <param name="B">The second model.</param>
/// <param name="Paired">Everything about the scores on the challenges that both have; in score units.</param>
/// <param name="AdjustedP">The p-value of the sign-flip test, adjusted over all pairs of the criterion; null where that is undefined.</param>
/// <param name="ScaleWidth">How far apart the ends of the scale are, in score units.</param>
/// <param name="Challenges">Who scored higher, challenge by challenge.</param>
/// <param name="Grades">Whom each grader graded higher, challenge by challenge, both graded by that grader.</param>
/// <param name="Passes">Who passed which challenge; null where no threshold was given.</param>
public sealed record ModelPair(
    string A,
    string B,
    PairedAnalysis Paired,
    double? AdjustedP,
    double ScaleWidth,
    Tally Challenges,
    Tally Grades,
    PassTable? Passes
)
{
    /// <summary>The difference in percent of the second's mean; null where that is not above zero.</summary>
    public double? Relative => Paired is { Difference.Value: { } d, MeanB: > 0 and var b } ? 100 * d / b : null;

    /// <summary>The difference in percent of the scale's width; null without a difference.</summary>
    public double? ShareOfScale => 100 * Paired.Difference.Value / ScaleWidth;

    /// <summary>Why nothing can be said; null where there is a difference.</summary>
    public string? UndefinedBecause => Paired.Pairs == 0 ? "The two share no challenge on which both have a score." : null;
}
