using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics.Pairwise;

namespace Concord.Core.Domain.Comparison;

/// <summary>Whom people graded higher overall, every model against every other.</summary>
public sealed class GradeWins
{
    private readonly GraderScores _scores;

    private GradeWins(GraderScores scores, BradleyTerryFit strengths) => (_scores, Strengths) = (scores, strengths);

    /// <summary>Bradley-Terry over the comparisons, without a prior.</summary>
    public BradleyTerryFit Strengths { get; }

    /// <summary>Counts, for every two models, the grades that one person gave to both on one challenge.</summary>
    /// <param name="ballot">The votes.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <param name="models">The models to compare, without a sample's number.</param>
    /// <returns>The wins.</returns>
    public static GradeWins Of(Ballot ballot, IReadOnlyList<Criterion> rubric, IReadOnlyList<string> models)
    {
        var scores = GraderScores.Of(ballot, rubric, null);
        return new(scores, BradleyTerry.Fit(scores.Wins(models)));
    }

    /// <summary>How often the first was graded higher, equal and lower than the second.</summary>
    /// <param name="a">The first model.</param>
    /// <param name="b">The second model.</param>
    /// <returns>Zeros where nobody graded both.</returns>
    public Tally Between(string a, string b) => _scores.Tally(a, b);
}
