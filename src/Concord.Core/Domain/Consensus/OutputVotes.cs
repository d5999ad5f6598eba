namespace Concord.Core.Domain.Consensus;

/// <summary>An output and the votes it got.</summary>
/// <param name="Output">The output; it has an id.</param>
/// <param name="Outdated">Whether the challenge has changed since the model was asked.</param>
/// <param name="HasStale">Whether somebody graded earlier files of it and not these.</param>
/// <param name="Votes">One vote a grader, sorted by grader, of every kind of grader.</param>
public sealed record OutputVotes(Output Output, bool Outdated, bool HasStale, IReadOnlyList<Vote> Votes)
{
    /// <summary>The votes of people, which make the consensus.</summary>
    public IEnumerable<Vote> Counted => Votes.Where(v => v.Grader.Counts);

    /// <summary>A grader's own weighted mean over the criteria of weight above 0.</summary>
    /// <param name="grade">The grade.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <returns>In score units; null where one of them was not scored, or none has a weight.</returns>
    public static double? WeightedMean(Grade grade, IReadOnlyList<Criterion> rubric) => WeightedMean(grade.Scores, rubric);

    /// <summary>The weighted mean over the criteria of weight above 0.</summary>
    /// <param name="scores">One a criterion, in rubric order.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <returns>In score units; null where one of them is null, or none has a weight.</returns>
    public static double? WeightedMean(IReadOnlyList<double?> scores, IReadOnlyList<Criterion> rubric)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < rubric.Count; i++)
        {
            if (rubric[i].Weight <= 0)
                continue;
            if (scores[i] is not { } score)
                return null;
            sum += rubric[i].Weight * score;
            weights += rubric[i].Weight;
        }
        return weights > 0 ? sum / weights : null;
    }
}
