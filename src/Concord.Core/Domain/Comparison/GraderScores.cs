using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics.Pairwise;

namespace Concord.Core.Domain.Comparison;

/// <summary>Whom each person graded higher on each challenge; of several samples of a model the mean counts.</summary>
internal sealed class GraderScores
{
    private const double Tolerance = 1e-9;

    private readonly Dictionary<string, int> _models = new(StringComparer.Ordinal);
    private readonly int[,] _higher;
    private readonly int[,] _equal;

    private GraderScores(Ballot ballot)
    {
        foreach (var output in ballot.Outputs)
            _models.TryAdd(output.Output.Key.Model.Model, _models.Count);
        (_higher, _equal) = (new int[_models.Count, _models.Count], new int[_models.Count, _models.Count]);
    }

    /// <summary>Counts them. O(grades log grades + pairs of grades).</summary>
    /// <param name="ballot">The votes.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <param name="criterion">Index into the rubric; null is the grader's own weighted mean.</param>
    public static GraderScores Of(Ballot ballot, IReadOnlyList<Criterion> rubric, int? criterion)
    {
        var scores = new GraderScores(ballot);
        var graders = new Dictionary<GraderId, int>();
        var given = new List<(int Grader, int Model, double Score)>();
        ChallengeId? challenge = null;
        foreach (var output in ballot.Outputs) // sorted by challenge
        {
            if (challenge != output.Output.Key.Challenge)
                scores.Count(given);
            challenge = output.Output.Key.Challenge;
            foreach (var vote in output.Counted)
            {
                var score = criterion is { } c ? vote.Grade.Scores[c] : ballot.Votes.WeightedMean(vote.Index, rubric);
                if (score is not { } value)
                    continue;
                if (!graders.TryGetValue(vote.Grader.Id, out var grader))
                    graders.Add(vote.Grader.Id, grader = graders.Count);
                given.Add((grader, scores._models[output.Output.Key.Model.Model], value));
            }
        }
        scores.Count(given);
        return scores;
    }

    public Tally Tally(string a, string b) =>
        _models.TryGetValue(a, out var i) && _models.TryGetValue(b, out var j)
            ? new(_higher[i, j], _equal[i, j], _higher[j, i])
            : new(0, 0, 0);

    public WinTable Wins(IReadOnlyList<string> models)
    {
        var builder = new WinTable.Builder();
        for (var a = 0; a < models.Count; a++)
        {
            builder.Know(models[a]);
            for (var b = a + 1; b < models.Count; b++)
            {
                var tally = Tally(models[a], models[b]);
                builder.Add(models[a], models[b], tally.Won, tally.Lost, tally.Tied);
            }
        }
        return builder.Build();
    }

    // The grades of one challenge; the list is empty afterwards.
    private void Count(List<(int Grader, int Model, double Score)> given)
    {
        given.Sort();
        var means = new List<(int Model, double Score)>();
        for (int from = 0, to; from < given.Count; from = to)
        {
            means.Clear();
            for (to = from; to < given.Count && given[to].Grader == given[from].Grader; )
            {
                var (model, sum, samples) = (given[to].Model, 0.0, 0);
                for (; to < given.Count && given[to].Grader == given[from].Grader && given[to].Model == model; to++, samples++)
                    sum += given[to].Score;
                means.Add((model, sum / samples));
            }
            for (var a = 0; a < means.Count; a++)
            {
                for (var b = a + 1; b < means.Count; b++)
                    Count(means[a], means[b]);
            }
        }
        given.Clear();
    }

    private void Count((int Model, double Score) a, (int Model, double Score) b)
    {
        if (Math.Abs(a.Score - b.Score) <= Tolerance)
        {
            _equal[a.Model, b.Model]++;
            _equal[b.Model, a.Model]++;
        }
        else if (a.Score > b.Score)
            _higher[a.Model, b.Model]++;
        else
            _higher[b.Model, a.Model]++;
    }
}
