using Concord.Core.Statistics;
using Concord.Core.Statistics.Comparison;
using Concord.Core.Statistics.Summary;

namespace Concord.Core.Domain.Consensus;

/// <summary>The rows of models.csv: every challenge counts the same, however many samples it has.</summary>
internal static class ModelStandings
{
    private const double Significance = 0.05;

    public static IReadOnlyList<ModelRow> Rows(
        Workspace workspace,
        Ballot ballot,
        IReadOnlyList<ResultRow> results,
        ConsensusPolicy policy
    )
    {
        var rubric = workspace.Benchmark.Criteria;
        var scores = new ModelScores(results, rubric, policy);
        var graders = ballot.Outputs.ToLookup(o => o.Output.Key.Model.Model, StringComparer.Ordinal);
        var decided = results
            .Where(r => r.Flags.Contains(Flag.Adjudicated))
            .CountBy(r => r.Key.Model.Model, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        var models = workspace
            .Outputs.GroupBy(o => o.Key.Model.Model, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(model =>
            {
                var means = scores.ByChallenge(model, null);
                var row = new ModelRow(
                    null,
                    null,
                    null,
                    model.Key,
                    model.Count(o => o.Id is not null),
                    model.Count(o => o.Id is null),
                    People(graders[model.Key], ballot.Votes),
                    Mean.Of([.. means.Values]),
                    Mean.StudentInterval([.. means.Values]),
                    [
                        .. Enumerable
                            .Range(0, rubric.Count)
                            .Select(i =>
                                rubric[i].Scale.Level == MeasurementLevel.Nominal
                                    ? null
                                    : Mean.Of([.. scores.ByChallenge(model, i).Values])
                            ),
                    ]
                )
                {
                    Adjudicated = decided.GetValueOrDefault(model.Key),
                };
                return (Row: row, Means: means);
            })
            .ToArray();
        var ranked = Ranking.Of(models, m => m.Row.Overall);
        var open = RankIntervals.Of([.. ranked.Select(m => m.Rank)], Better([.. models.Select(m => m.Means)], policy.Seed));
        return
        [
            .. ranked
                .Select((m, i) => m.Row.Row with { Rank = m.Rank, RankLow = open[i]?.Low, RankHigh = open[i]?.High })
                .OrderBy(r => r.Rank ?? int.MaxValue)
                .ThenBy(r => r.Model, StringComparer.Ordinal),
        ];
    }

    private static int People(IEnumerable<OutputVotes> outputs, VoteTable votes)
    {
        var voted = new bool[votes.Graders.Count];
        foreach (var output in outputs)
            for (var vote = output.Start; vote < output.End; vote++)
                voted[votes.GraderOf[vote]] |= votes.Counts(vote);
        return voted.Count(v => v);
    }

    // Random sign assignments cannot reach the small p-values that many pairs ask for, so above the exact test's reach
    // Student's test stands in; where it is undefined all differences are equal, and only sign assignments can tell.
    private static double? P(double[] differences, ulong seed) =>
        (differences.Length > SignFlipTest.ExactUpTo ? PairedT.TwoSidedP(differences) : null)
        ?? SignFlipTest.TwoSidedP(differences, seed);

    // Pairs whose paired difference over shared challenges is significant after Holm. Ranks are by all challenges of a model, so a
    // difference on the shared ones may point against them: RankIntervals passes over it.
    private static (int Winner, int Loser)[] Better(SortedDictionary<ChallengeId, double>[] models, ulong seed)
    {
        ChallengeId[] challenges = [.. models.SelectMany(m => m.Keys).Distinct().Order()];
        var means = Array.ConvertAll(
            models,
            m => Array.ConvertAll(challenges, c => m.TryGetValue(c, out var mean) ? mean : (double?)null)
        );
        var pairs = new List<(int A, int B, double Difference, double P)>();
        for (var a = 0; a < models.Length; a++)
        {
            for (var b = a + 1; b < models.Length; b++)
            {
                double[] differences = [.. means[a].Zip(means[b], (x, y) => x - y).OfType<double>()];
                if (P(differences, seed) is { } p)
                    pairs.Add((a, b, differences.Sum(), p));
            }
        }
        var adjusted = Holm.Adjust([.. pairs.Select(p => p.P)]);
        return [.. pairs.Where((_, i) => adjusted[i] < Significance).Select(p => p.Difference > 0 ? (p.A, p.B) : (p.B, p.A))];
    }
}
