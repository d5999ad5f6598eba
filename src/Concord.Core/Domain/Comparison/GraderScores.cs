using Concord.Core.Domain.Consensus;
using Concord.Core.Statistics.Pairwise;

namespace Concord.Core.Domain.Comparison;

/// <summary>What each person gave each model on each challenge: the mean over the model's samples.</summary>
internal sealed class GraderScores
{
    private readonly List<SortedDictionary<string, double>> _sheets;

    private GraderScores(List<SortedDictionary<string, double>> sheets) => _sheets = sheets;

    /// <summary>Gathers them, one entry for each challenge and grader.</summary>
    /// <param name="ballot">The votes.</param>
    /// <param name="rubric">The criteria, in order.</param>
    /// <param name="criterion">Index into the rubric; null is the grader's own weighted mean.</param>
    public static GraderScores Of(Ballot ballot, IReadOnlyList<Criterion> rubric, int? criterion) =>
        new(
            [
                .. ballot
                    .Outputs.SelectMany(o =>
                        o.Counted.Select(v =>
                            (
                                o.Output.Key,
                                v.Grader.Id,
                                Score: criterion is { } c ? v.Grade.Scores[c] : ballot.Votes.WeightedMean(v.Index, rubric)
                            )
                        )
                    )
                    .Where(v => v.Score is not null)
                    .GroupBy(v => (v.Key.Challenge, v.Id))
                    .Select(sheet => new SortedDictionary<string, double>(
                        sheet
                            .GroupBy(v => v.Key.Model.Model, v => v.Score!.Value, StringComparer.Ordinal)
                            .ToDictionary(m => m.Key, m => m.Average()),
                        StringComparer.Ordinal
                    )),
            ]
        );

    public Tally Tally(string a, string b) =>
        Comparison.Tally.Of(_sheets.Where(s => s.ContainsKey(a) && s.ContainsKey(b)).Select(s => (s[a], s[b])));

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
}
