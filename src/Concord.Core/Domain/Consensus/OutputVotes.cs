namespace Concord.Core.Domain.Consensus;

/// <summary>An output and the votes it got.</summary>
/// <param name="Output">The output; it has an id.</param>
/// <param name="Outdated">Whether the challenge has changed since the model was asked.</param>
/// <param name="HasStale">Whether somebody graded earlier files of it and not these.</param>
/// <param name="Table">The votes of all outputs.</param>
/// <param name="Index">Which output of the ballot this is.</param>
public sealed record OutputVotes(Output Output, bool Outdated, bool HasStale, VoteTable Table, int Index)
{
    /// <summary>Where its votes start in the table.</summary>
    public int Start => Table.StartOf[Index];

    /// <summary>Where they end: one past the last.</summary>
    public int End => Table.StartOf[Index + 1];

    /// <summary>One vote a grader, sorted by grader, of every kind of grader.</summary>
    public IEnumerable<Vote> Votes => Enumerable.Range(Start, End - Start).Select(v => new Vote(Table, v));

    /// <summary>The votes of people, which make the consensus.</summary>
    public IEnumerable<Vote> Counted => Votes.Where(v => Table.Counts(v.Index));

    /// <summary>How many people voted.</summary>
    public int People
    {
        get
        {
            var (people, end) = (0, End);
            for (var vote = Start; vote < end; vote++)
                people += Table.Counts(vote) ? 1 : 0;
            return people;
        }
    }

    /// <summary>Whether one of the people asks for another look.</summary>
    public bool IsFlagged
    {
        get
        {
            var end = End;
            var status = Table.Status;
            for (var vote = Start; vote < end; vote++)
                if (status[vote] == GradeStatus.Flagged && Table.Counts(vote))
                    return true;
            return false;
        }
    }

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
