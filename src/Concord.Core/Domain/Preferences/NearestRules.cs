namespace Concord.Core.Domain.Preferences;

/// <summary>Where rules leave no pair: the nearest rules that leave one.</summary>
internal static class NearestRules
{
    private const double Hundredth = 100;

    /// <summary>
    /// The rules of the pair that needs the fewest limits changed; among equals the one that keeps to open licences, keeps most votes, keeps
    /// dimension conflicts out, then falls least short of the margin, of the chosen score, of the confidence and of the length ratio. Ties and duplicates never
    /// serve. Where no limits do, every two outputs are looked at instead of those that the strategy compares. The share of a
    /// model is raised last, and only as far as it must be.
    /// </summary>
    /// <param name="challenges">The outputs of each challenge.</param>
    /// <param name="rules">The rules that leave no pair.</param>
    /// <returns>Rules that select at least one pair, decimals cut to hundredths; null where no limits would.</returns>
    public static PairRules? Of(IReadOnlyList<IReadOnlyList<Candidate>> challenges, PairRules rules) =>
        (WithStrategy(challenges, rules) ?? WithStrategy(challenges, rules with { Strategy = PairStrategy.All })) is { } nearest
            ? WithShare(challenges, nearest)
            : null;

    private static PairRules? WithStrategy(IReadOnlyList<IReadOnlyList<Candidate>> challenges, PairRules rules)
    {
        var duplicates = new DuplicatePairs();
        var lower = challenges.SelectMany(c => c).Select(c => c.Votes).Where(v => v < rules.MinVotes).Distinct();
        bool[] openOnly = rules.OpenWeightsOnly ? [true, false] : [false];
        return lower
            .Append(rules.MinVotes)
            .SelectMany(votes => openOnly.Select(open => rules with { MinVotes = votes, OpenWeightsOnly = open }))
            .SelectMany(loosened => challenges.SelectMany(c => Proposed(c, loosened)), (loosened, pair) => (loosened, pair))
            .Where(o => !o.pair.Tie)
            .Select(o => (Rules: Admitting(o.pair, o.loosened), o.pair))
            .OrderBy(o => Changes(rules, o.Rules))
            .ThenByDescending(o => o.Rules.OpenWeightsOnly)
            .ThenByDescending(o => o.Rules.MinVotes)
            .ThenBy(o => o.Rules.KeepConflicts)
            .ThenByDescending(o => o.Rules.MinCommon)
            .ThenByDescending(o => o.Rules.MinMargin)
            .ThenByDescending(o => o.Rules.MinChosen)
            .ThenByDescending(o => o.Rules.MinConfidence)
            .ThenBy(o => o.Rules.MaxLengthRatio == 0 ? double.PositiveInfinity : o.Rules.MaxLengthRatio)
            .FirstOrDefault(o => !duplicates.Contains(o.pair))
            .Rules;
    }

    // Without a limit nobody asks how sure a pair is, and a bootstrap of every pair takes its time.
    private static IEnumerable<PreferencePair> Proposed(IReadOnlyList<Candidate> outputs, PairRules rules)
    {
        var pairs = PairSelection.Propose(outputs, rules);
        return rules.MinConfidence == 0 ? pairs : pairs.Select(ChallengeConfidence.Of(outputs, rules).Tell);
    }

    private static PairRules WithShare(IReadOnlyList<IReadOnlyList<Candidate>> challenges, PairRules rules)
    {
        if (rules.MaxModelShare is 0)
            return rules;
        var pairs = PairSelection.BeforeShares(challenges, rules, new());
        if (ModelShare.Limit(pairs, rules.MaxModelShare).Length > 0)
            return rules;
        // A share of 1 leaves all.
        var (none, some) = ((int)(rules.MaxModelShare * Hundredth), (int)Hundredth);
        while (some - none > 1)
        {
            var middle = (none + some) / 2;
            if (ModelShare.Limit(pairs, middle / Hundredth).Length > 0)
                some = middle;
            else
                none = middle;
        }
        return rules with { MaxModelShare = some / Hundredth };
    }

    private static PairRules Admitting(PreferencePair pair, PairRules rules) =>
        rules with
        {
            MinCommon = rules.EnoughCommon(pair) ? rules.MinCommon : pair.CommonGraders,
            MinMargin = rules.EnoughMargin(pair) ? rules.MinMargin : Cut(pair.Margin),
            MinChosen = rules.GoodEnough(pair) ? rules.MinChosen : Cut(pair.Chosen.Overall),
            KeepConflicts = rules.KeepConflicts || pair.Conflicts,
            MaxLengthRatio = rules.SimilarLength(pair) ? rules.MaxLengthRatio : Raised(pair.LengthRatio),
            MinConfidence =
                rules.SureEnough(pair) ? rules.MinConfidence
                : pair.Confidence.Method is null ? 0
                : Cut(pair.Confidence.Value),
        };

    private static int Changes(PairRules rules, PairRules other) =>
        new[]
        {
            rules.MinVotes != other.MinVotes,
            rules.OpenWeightsOnly != other.OpenWeightsOnly,
            rules.MinCommon != other.MinCommon,
            rules.MinMargin != other.MinMargin,
            rules.MinChosen != other.MinChosen,
            rules.KeepConflicts != other.KeepConflicts,
            rules.MaxLengthRatio != other.MaxLengthRatio,
            rules.MinConfidence != other.MinConfidence,
        }.Count(changed => changed);

    // Downwards, so that the limit as printed lets the pair through.
    private static double Cut(double limit) => Math.Floor((limit + PairRules.Tolerance) * Hundredth) / Hundredth;

    // Upwards; no limit at all where one text is empty.
    private static double Raised(double ratio) =>
        double.IsFinite(ratio) ? Math.Ceiling((ratio - PairRules.Tolerance) * Hundredth) / Hundredth : 0;
}
