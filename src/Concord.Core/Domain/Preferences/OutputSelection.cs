namespace Concord.Core.Domain.Preferences;

/// <summary>Selects single outputs for datasets whose rows are no pairs. Pure: the same candidates in any order give the same outputs.</summary>
public static class OutputSelection
{
    /// <summary>Every output with enough votes.</summary>
    /// <param name="candidates">Outputs, in any order.</param>
    /// <param name="rules">Of which the votes and the licence are looked at.</param>
    /// <returns>By challenge, the best first; and the account of what was left out.</returns>
    public static (IReadOnlyList<Candidate> Outputs, OutputReport Report) Rated(
        IEnumerable<Candidate> candidates,
        PairRules rules
    ) => Select(candidates, Common(rules));

    /// <summary>The outputs that are good or bad; those between teach nothing.</summary>
    /// <param name="candidates">Outputs, in any order.</param>
    /// <param name="rules">Of which the votes and the licence are looked at.</param>
    /// <param name="good">The least score of a good one, in score units.</param>
    /// <param name="bad">The highest score of a bad one, below <paramref name="good"/>.</param>
    /// <returns>As <see cref="Rated"/>.</returns>
    public static (IReadOnlyList<Candidate> Outputs, OutputReport Report) Labelled(
        IEnumerable<Candidate> candidates,
        PairRules rules,
        double good,
        double bad
    ) =>
        Select(
            candidates,
            [
                .. Common(rules),
                (OutputRule.Between, (c, _) => c.Overall >= good - PairRules.Tolerance || c.Overall <= bad + PairRules.Tolerance),
            ]
        );

    /// <summary>The best output of each challenge, where it is good enough.</summary>
    /// <param name="candidates">Outputs, in any order.</param>
    /// <param name="rules">Of which the votes, the licence and the least score of a chosen output are looked at.</param>
    /// <returns>As <see cref="Rated"/>.</returns>
    public static (IReadOnlyList<Candidate> Outputs, OutputReport Report) Best(
        IEnumerable<Candidate> candidates,
        PairRules rules
    ) =>
        Select(
            candidates,
            [
                .. Common(rules),
                (OutputRule.NotBest, (c, ranked) => ReferenceEquals(c, ranked[0])),
                (OutputRule.MinChosen, (c, _) => c.Overall >= rules.MinChosen - PairRules.Tolerance),
            ]
        );

    private static (OutputRule, Func<Candidate, IReadOnlyList<Candidate>, bool>)[] Common(PairRules rules) =>
        [
            (OutputRule.Votes, (c, _) => rules.EnoughVotes(c)),
            (OutputRule.OpenWeights, (c, _) => rules.OpenEnough(c)),
            (OutputRule.Empty, (c, _) => c.Text.Length > 0),
        ];

    private static (IReadOnlyList<Candidate>, OutputReport) Select(
        IEnumerable<Candidate> candidates,
        (OutputRule Rule, Func<Candidate, IReadOnlyList<Candidate>, bool> Keep)[] rules
    )
    {
        Candidate[] all = [.. candidates];
        var left = all.GroupBy(c => c.Key.Challenge).OrderBy(g => g.Key).Select(CandidateRanking.Of).ToArray();
        var challenges = left.Length;
        var counts = new List<OutputRuleCount>();
        double? nearest = null;
        foreach (var (rule, keep) in rules)
        {
            var before = left.Sum(c => c.Count);
            if (before > 0)
                nearest = Best(rule, left.SelectMany(c => c));
            left = [.. left.Select(ranked => (IReadOnlyList<Candidate>)[.. ranked.Where(c => keep(c, ranked))])];
            counts.Add(new(rule, before, before - left.Sum(c => c.Count)));
        }
        Candidate[] outputs = [.. left.SelectMany(c => c)];
        return (
            outputs,
            new(
                challenges,
                all.Length,
                counts,
                outputs.Length,
                outputs.Select(c => c.Key.Model.Model).Distinct(StringComparer.Ordinal).Count()
            )
            {
                Adjudicated = outputs.Count(c => c.Adjudicated),
                Nearest = outputs.Length == 0 ? nearest : null,
            }
        );
    }

    // Scores are cut downwards, so that the limit as printed lets the output through.
    private static double? Best(OutputRule rule, IEnumerable<Candidate> outputs) =>
        rule switch
        {
            OutputRule.Votes => outputs.Max(o => o.Votes),
            OutputRule.Between or OutputRule.MinChosen => Math.Floor((outputs.Max(o => o.Overall) + PairRules.Tolerance) * 100)
                / 100,
            _ => null,
        };
}
