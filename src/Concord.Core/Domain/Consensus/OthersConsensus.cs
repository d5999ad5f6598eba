using Concord.Core.Statistics;

namespace Concord.Core.Domain.Consensus;

/// <summary>The consensus of one output's scores without one of them.</summary>
internal sealed class OthersConsensus(Vote[] counted, int criterion, MeasurementLevel level, ConsensusPolicy policy)
{
    private readonly double[] _sorted = [.. counted.Select(v => v.Grade.Scores[criterion]!.Value).Order()];

    /// <summary>The consensus of the people but this vote's grader; null where there is nobody else.</summary>
    public double? Without(Vote vote)
    {
        if (policy.Method == ConsensusMethod.Median && level != MeasurementLevel.Nominal)
            return MedianWithout(
                vote.Grader.Counts ? Array.BinarySearch(_sorted, vote.Grade.Scores[criterion]!.Value) : _sorted.Length
            );
        Vote[] others = [.. counted.Where(v => v.Grader.Id != vote.Grader.Id)];
        return CriterionConsensus
            .Of(
                Array.ConvertAll(others, v => v.Grade.Scores[criterion]!.Value),
                Array.ConvertAll(others, v => v.Grader.Weight),
                level,
                policy
            )
            .Value;
    }

    // Sorted once an output, so that a benchmark of many graders does not sort once a grade.
    private double? MedianWithout(int left)
    {
        var count = left < _sorted.Length ? _sorted.Length - 1 : _sorted.Length;
        if (count == 0)
            return null;
        return (At((count - 1) / 2) + At(count / 2)) / 2;

        double At(int index) => _sorted[index < left ? index : index + 1];
    }
}
