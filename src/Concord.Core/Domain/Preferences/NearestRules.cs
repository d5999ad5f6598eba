namespace Concord.Core.Domain.Preferences;

/// <summary>Where rules leave no pair: the nearest rules that leave one.</summary>
internal static class NearestRules
{
    private const double Hundredth = 100;

    /// <summary>
    /// The rules of the pair that needs the fewest limits changed; among equals the one that keeps most votes, keeps
    /// dimension conflicts out, then falls least short of the margin and of the chosen score. Ties and duplicates never
    /// serve. Where no limits do, every two outputs are looked at instead of those that the strategy compares.
    /// </summary>
    /// <param name="challenges">The outputs of each challenge.</param>
    /// <param name="rules">The rules that leave no pair.</param>
    /// <returns>Rules that select at least one pair, decimals cut to hundredths; null where no limits would.</returns>
    public static PairRules? Of(IReadOnlyList<IReadOnlyList<Candidate>> challenges, PairRules rules) =>
        WithStrategy(challenges, rules) ?? WithStrategy(challenges, rules with { Strategy = PairStrategy.All });

    private static PairRules? WithStrategy(IReadOnlyList<IReadOnlyList<Candidate>> challenges, PairRules rules)
    {
        var duplicates = new DuplicatePairs();
        var lower = challenges.SelectMany(c => c).Select(c => c.Votes).Where(v => v < rules.MinVotes).Distinct();
        return lower
            .Append(rules.MinVotes)
            .Select(votes => rules with { MinVotes = votes })
            .SelectMany(
                loosened => challenges.SelectMany(c => PairSelection.Propose(c, loosened)),
                (loosened, pair) => (loosened, pair)
            )
            .Where(o => !o.pair.Tie)
            .Select(o => (Rules: Admitting(o.pair, o.loosened), o.pair))
            .OrderBy(o => Changes(rules, o.Rules))
            .ThenByDescending(o => o.Rules.MinVotes)
            .ThenBy(o => o.Rules.KeepConflicts)
            .ThenByDescending(o => o.Rules.MinCommon)
            .ThenByDescending(o => o.Rules.MinMargin)
            .ThenByDescending(o => o.Rules.MinChosen)
            .FirstOrDefault(o => !duplicates.Contains(o.pair))
            .Rules;
    }

    private static PairRules Admitting(PreferencePair pair, PairRules rules) =>
        rules with
        {
            MinCommon = rules.EnoughCommon(pair) ? rules.MinCommon : pair.CommonGraders,
            MinMargin = rules.EnoughMargin(pair) ? rules.MinMargin : Cut(pair.Margin),
            MinChosen = rules.GoodEnough(pair) ? rules.MinChosen : Cut(pair.Chosen.Overall),
            KeepConflicts = rules.KeepConflicts || pair.Conflicts,
        };

    private static int Changes(PairRules rules, PairRules other) =>
        new[]
        {
            rules.MinVotes != other.MinVotes,
            rules.MinCommon != other.MinCommon,
            rules.MinMargin != other.MinMargin,
            rules.MinChosen != other.MinChosen,
            rules.KeepConflicts != other.KeepConflicts,
        }.Count(changed => changed);

    // Downwards, so that the limit as printed lets the pair through.
    private static double Cut(double limit) => Math.Floor((limit + PairRules.Tolerance) * Hundredth) / Hundredth;
}
