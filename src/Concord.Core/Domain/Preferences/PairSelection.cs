namespace Concord.Core.Domain.Preferences;

/// <summary>Chooses preference pairs from graded outputs and accounts for everything it leaves out.</summary>
public static class PairSelection
{
    /// <summary>
    /// Ranks each challenge's outputs with enough votes, proposes pairs by the strategy and leaves out what the rules
    /// forbid, in the order of <see cref="PairRule"/>. The cap keeps the widest margins, then the most common graders.
    /// </summary>
    /// <param name="candidates">Current outputs with a consensus, of any challenges, in any order.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>The pairs by challenge, rank of the chosen and rank of the rejected output, which do not depend on the
    /// order given; and the account.</returns>
    /// <exception cref="ArgumentException">An output is given twice, or its overall score is not finite.</exception>
    public static (IReadOnlyList<PreferencePair> Pairs, PairReport Report) Select(
        IEnumerable<Candidate> candidates,
        PairRules rules
    )
    {
        Candidate[] all = [.. candidates];
        if (all.DistinctBy(c => (c.Key, c.Id)).Count() != all.Length)
            throw new ArgumentException("An output is given twice.", nameof(candidates));
        if (!all.All(c => double.IsFinite(c.Overall)))
            throw new ArgumentException("An overall score is not finite.", nameof(candidates));

        Candidate[][] challenges = [.. all.GroupBy(c => c.Key.Challenge).OrderBy(g => g.Key).Select(g => g.ToArray())];
        var account = new Account();
        PreferencePair[] pairs = [.. challenges.SelectMany(outputs => SelectOne(outputs, rules, account))];
        var emptiedBy = pairs.Length > 0 ? null : EmptiedBy(challenges, account);
        var nearest = pairs.Length > 0 ? null : NearestRules.Of(challenges, rules);
        var models = pairs
            .SelectMany(p => new[] { p.Chosen, p.Rejected })
            .Select(c => c.Key.Model.Model)
            .Distinct(StringComparer.Ordinal)
            .Count();
        return (
            pairs,
            new(
                rules,
                challenges.Length,
                all.Length,
                account.Counts,
                pairs.Length,
                models,
                emptiedBy,
                nearest,
                DifferentPrompts: 0
            )
            {
                Adjudicated = pairs.Count(p => p.Chosen.Adjudicated || p.Rejected.Adjudicated),
            }
        );
    }

    /// <summary>The pairs that the strategy proposes among the outputs of one challenge with enough votes.</summary>
    internal static IEnumerable<PreferencePair> Propose(IEnumerable<Candidate> outputs, PairRules rules) =>
        CandidateRanking
            .Pairs(CandidateRanking.Of(outputs.Where(rules.EnoughVotes)), rules.Strategy)
            .Select(p => PreferencePair.Of(p.Higher, p.Lower));

    private static PreferencePair[] SelectOne(Candidate[] outputs, PairRules rules, Account account)
    {
        account.Add(PairRule.Votes, outputs.Length, outputs.Count(rules.EnoughVotes));
        PreferencePair[] pairs = [.. Propose(outputs, rules)];
        var duplicates = new DuplicatePairs();
        Apply(PairRule.CommonGraders, rules.EnoughCommon);
        Apply(PairRule.Ties, pair => !pair.Tie);
        Apply(PairRule.Margin, rules.EnoughMargin);
        Apply(PairRule.MinChosen, rules.GoodEnough);
        Apply(PairRule.DimensionConflict, rules.Agrees);
        Apply(PairRule.Duplicates, pair => !duplicates.Contains(pair));
        var kept = Widest(pairs, rules.MaxPerPrompt);
        Apply(PairRule.Cap, kept.Contains);
        return pairs;

        void Apply(PairRule rule, Func<PreferencePair, bool> keep)
        {
            var before = pairs.Length;
            pairs = [.. pairs.Where(keep)];
            account.Add(rule, before, pairs.Length);
        }
    }

    // The pairs come in rank order, and OrderBy is stable: equals keep it.
    private static HashSet<PreferencePair> Widest(PreferencePair[] pairs, int limit) =>
        pairs
            .OrderByDescending(p => Math.Round(p.Margin, 9))
            .ThenByDescending(p => p.CommonGraders)
            .Take(limit == 0 ? int.MaxValue : limit)
            .ToHashSet<PreferencePair>(ReferenceEqualityComparer.Instance);

    private static PairRule? EmptiedBy(Candidate[][] challenges, Account account)
    {
        var culprit = account.Counts.Skip(1).FirstOrDefault(c => c.Before > 0 && c.Removed == c.Before);
        if (culprit.Before > 0)
            return culprit.Rule;
        return challenges.Any(outputs => outputs.Length > 1) ? PairRule.Votes : null;
    }

    private sealed class Account
    {
        private static readonly PairRule[] Rules = Enum.GetValues<PairRule>();
        private readonly int[] before = new int[Rules.Length];
        private readonly int[] after = new int[Rules.Length];

        public IReadOnlyList<RuleCount> Counts =>
            [.. Rules.Select(r => new RuleCount(r, before[(int)r], before[(int)r] - after[(int)r]))];

        public void Add(PairRule rule, int seen, int kept)
        {
            before[(int)rule] += seen;
            after[(int)rule] += kept;
        }
    }
}
