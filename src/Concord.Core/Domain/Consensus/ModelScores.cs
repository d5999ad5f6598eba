using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>A model's score on a challenge: the mean of its samples' consensus, so that every challenge counts the same.</summary>
internal sealed class ModelScores(IReadOnlyList<ResultRow> results, IReadOnlyList<Criterion> rubric, ConsensusPolicy policy)
{
    private readonly Dictionary<OutputKey, ResultRow> _byKey = results.ToDictionary(r => r.Key);
    private readonly double?[] _minimum = [.. rubric.Select(c => (double?)c.Scale.Min)];

    /// <summary>The scores of one model's outputs.</summary>
    /// <param name="outputs">All outputs of the model; failed ones count as the policy says.</param>
    /// <param name="criterion">Index into the rubric; null is overall.</param>
    /// <returns>The challenges on which there is a score, in order.</returns>
    public SortedDictionary<ChallengeId, double> ByChallenge(IEnumerable<Output> outputs, int? criterion)
    {
        var means = new SortedDictionary<ChallengeId, double>();
        foreach (var challenge in outputs.GroupBy(o => o.Key.Challenge))
            if (Mean.Of([.. challenge.Select(o => Score(o, criterion)).OfType<double>()]) is { } mean)
                means[challenge.Key] = mean;
        return means;
    }

    private double? Score(Output output, int? criterion)
    {
        if (output.Id is not null)
            return criterion is { } c ? _byKey[output.Key].Criteria[c] : _byKey[output.Key].Overall;
        if (policy.FailedOutputs != FailedOutputs.Minimum)
            return null;
        return criterion is { } index ? _minimum[index] : OutputVotes.WeightedMean(_minimum, rubric);
    }
}
