namespace Concord.Core.Domain.Preferences;

/// <summary>Chooses preference pairs from graded outputs and accounts for everything it leaves out.</summary>
public static class PairSelection
{
    /// <summary>
    /// Ranks each challenge's outputs that may take part, proposes pairs by the strategy and leaves out what the rules
    /// forbid, in the order of <see cref="PairRule"/>. The cap keeps the widest margins, then the most common graders; the
    /// share of a model is a rule of the whole dataset and comes last.
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
        var pairs = BeforeShares(challenges, rules, account);
        var before = pairs.Length;
        pairs = ModelShare.Limit(pairs, rules.MaxModelShare);
        account.Add(PairRule.ModelShare, before, pairs.Length);
        var emptiedBy = pairs.Length > 0 ? null : EmptiedBy(challenges, rules, account);
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

    /// <summary>The pairs that the strategy proposes among the outputs of one challenge that may take part.</summary>
    internal static IEnumerable<PreferencePair> Propose(IEnumerable<Candidate> outputs, PairRules rules) =>
        CandidateRanking
            .Pairs(CandidateRanking.Of(outputs.Where(rules.TakesPart)), rules.Strategy)
            .Select(p => PreferencePair.Of(p.Higher, p.Lower));

    /// <summary>What all rules leave but that on the share of a model.</summary>
    internal static PreferencePair[] BeforeShares(
        IReadOnlyList<IReadOnlyList<Candidate>> challenges,
        PairRules rules,
        Account account
    )
    {
        var sayings = new Sayings(challenges.SelectMany(c => c));
        var repeats = new RepeatedPairs(sayings);
        return [.. challenges.SelectMany(outputs => SelectOne(outputs, rules, sayings, repeats, account))];
    }

    private static List<PreferencePair> SelectOne(
        IReadOnlyList<Candidate> outputs,
        PairRules rules,
        Sayings sayings,
        RepeatedPairs repeats,
        Account account
    )
    {
        var voted = outputs.Count(rules.EnoughVotes);
        account.Add(PairRule.Votes, outputs.Count, voted);
        var open = outputs.Count(o => rules.EnoughVotes(o) && rules.OpenEnough(o));
        account.Add(PairRule.OpenWeights, voted, open);
        account.Add(PairRule.Empty, open, outputs.Count(rules.TakesPart));
        List<PreferencePair> pairs = [.. Propose(outputs, rules)];
        var (duplicates, here) = (new DuplicatePairs(), new RepeatedPairs(sayings));
        var confidence = ChallengeConfidence.Of(outputs, rules);
        Apply(PairRule.CommonGraders, rules.EnoughCommon);
        Apply(PairRule.Ties, pair => !pair.Tie);
        Apply(PairRule.Margin, rules.EnoughMargin);
        Apply(PairRule.MinChosen, rules.GoodEnough);
        Apply(PairRule.DimensionConflict, rules.Agrees);
        Apply(PairRule.LengthRatio, rules.SimilarLength);
        for (var i = 0; i < pairs.Count; i++)
            pairs[i] = confidence.Tell(pairs[i]);
        Apply(PairRule.MinConfidence, rules.SureEnough);
        Apply(PairRule.Duplicates, pair => !duplicates.Contains(pair) && !repeats.Contains(pair) && here.Add(pair));
        var kept = rules.MaxPerPrompt == 0 || pairs.Count <= rules.MaxPerPrompt ? null : Widest(pairs, rules.MaxPerPrompt);
        Apply(PairRule.Cap, pair => kept?.Contains(pair) ?? true);
        foreach (var pair in pairs)
            repeats.Add(pair);
        return pairs;

        void Apply(PairRule rule, Func<PreferencePair, bool> keep)
        {
            var before = pairs.Count;
            pairs.RemoveAll(pair => !keep(pair));
            account.Add(rule, before, pairs.Count);
        }
    }

    // The pairs come in rank order, and OrderBy is stable: equals keep it.
    private static HashSet<PreferencePair> Widest(List<PreferencePair> pairs, int limit) =>
        pairs
            .OrderByDescending(p => Math.Round(p.Margin, 9))
            .ThenByDescending(p => p.CommonGraders)
            .Take(limit)
            .ToHashSet<PreferencePair>(ReferenceEqualityComparer.Instance);

    private static PairRule? EmptiedBy(Candidate[][] challenges, PairRules rules, Account account)
    {
        var culprit = account.Counts.FirstOrDefault(c => !c.OfOutputs && c.Before > 0 && c.Removed == c.Before);
        if (culprit.Before > 0)
            return culprit.Rule;
        if (!challenges.Any(outputs => outputs.Length > 1))
            return null;
        return !Two(rules.EnoughVotes) ? PairRule.Votes
            : !Two(o => rules.EnoughVotes(o) && rules.OpenEnough(o)) ? PairRule.OpenWeights
            : PairRule.Empty;

        bool Two(Func<Candidate, bool> mayTakePart) => challenges.Any(outputs => outputs.Count(mayTakePart) > 1);
    }

    internal sealed class Account
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
