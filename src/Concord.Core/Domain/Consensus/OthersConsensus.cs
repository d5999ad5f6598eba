using System.Runtime.CompilerServices;
using Concord.Core.Statistics;

namespace Concord.Core.Domain.Consensus;

/// <summary>The consensus of one output's scores without one of them.</summary>
/// <remarks>A rater model would have to be fitted anew for every grader, so where one is the method, the median of the others stands in.</remarks>
internal sealed class OthersConsensus(IReadOnlyList<Grader> graders, MeasurementLevel level, ConsensusPolicy policy)
{
    private readonly ConsensusPolicy summary = CriterionConsensus.IsSummary(policy.Method)
        ? policy
        : policy with
        {
            Method = ConsensusMethod.Median,
        };
    private double[] _scores = [];
    private double[] _sorted = [];
    private double[] _weights = [];

    /// <summary>The consensus of the people but one grader; null where there is nobody else.</summary>
    /// <param name="people">What people gave.</param>
    /// <param name="grader">The index of the grader.</param>
    /// <param name="score">What the grader gave.</param>
    [MethodImpl(Hot.Loop)]
    public double? Without(OutputScores people, int grader, double score)
    {
        var counts = graders[grader].Counts;
        var left = people.Count - (counts ? 1 : 0);
        if (left == 0)
            return null;
        if (summary.Method == ConsensusMethod.Median && level != MeasurementLevel.Nominal)
            return MedianWithout(people.Sorted, left, counts ? score : double.PositiveInfinity);
        if (_scores.Length < left)
            (_scores, _sorted, _weights) = (new double[left], new double[left], new double[left]);
        var count = 0;
        for (var i = 0; i < people.Count; i++)
        {
            if (people.Graders[i] == grader)
                continue;
            _weights[count] = graders[people.Graders[i]].Weight;
            _scores[count++] = people.Scores[i];
        }
        var others = _scores.AsSpan(0, count);
        others.CopyTo(_sorted);
        return CriterionConsensus.Of(others, _sorted.AsSpan(0, count), _weights.AsSpan(0, count), level, summary).Value;
    }

    // Linear in the votes: which of equal scores goes makes no difference, so a score's place need not be found.
    private static double MedianWithout(ReadOnlySpan<double> sorted, int left, double score)
    {
        return (At(sorted, (left - 1) / 2) + At(sorted, left / 2)) / 2;

        double At(ReadOnlySpan<double> from, int index) => score > from[index] ? from[index] : from[index + 1];
    }
}
