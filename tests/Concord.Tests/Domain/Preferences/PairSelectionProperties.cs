using Concord.Core.Domain.Preferences;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Domain.Preferences;

public sealed class PairSelectionProperties
{
    [Fact]
    public void The_order_of_the_candidates_does_not_matter() =>
        Prop.ForAll(
                Cases,
                given =>
                {
                    var (forth, first) = PairSelection.Select(given.Candidates, given.Rules);
                    var (back, second) = PairSelection.Select(given.Candidates.Reverse(), given.Rules);
                    return Given.Names(forth).SequenceEqual(Given.Names(back))
                        && first.Counts.SequenceEqual(second.Counts)
                        && (first.EmptiedBy, first.Nearest) == (second.EmptiedBy, second.Nearest);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Every_selected_pair_obeys_every_rule() =>
        Prop.ForAll(
                Cases,
                given =>
                {
                    var (pairs, _) = PairSelection.Select(given.Candidates, given.Rules);
                    return pairs.All(p =>
                            p.Chosen.Overall - p.Rejected.Overall > 1e-9
                            && p.Margin >= given.Rules.MinMargin - 1e-9
                            && p.CommonGraders >= given.Rules.MinCommon
                            && Math.Min(p.Chosen.Votes, p.Rejected.Votes) >= given.Rules.MinVotes
                            && (given.Rules.MinChosen == 0 || p.Chosen.Overall >= given.Rules.MinChosen - 1e-9)
                            && (given.Rules.MinConfidence == 0 || p.Confidence.Value >= given.Rules.MinConfidence - 1e-9)
                            && (given.Rules.MaxLengthRatio == 0 || p.LengthRatio <= given.Rules.MaxLengthRatio + 1e-9)
                            && (!given.Rules.OpenWeightsOnly || p.OpenWeights)
                        )
                        && (given.Rules.MaxModelShare == 0 || LargestShare(pairs) <= given.Rules.MaxModelShare + 1e-9)
                        && (
                            given.Rules.MaxPerPrompt == 0
                            || pairs.CountBy(p => p.Challenge).All(c => c.Value <= given.Rules.MaxPerPrompt)
                        );
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Where_no_pair_is_left_the_nearest_rules_leave_one() =>
        Prop.ForAll(
                Cases,
                given =>
                {
                    var report = PairSelection.Select(given.Candidates, given.Rules).Report;
                    return report.Nearest is null
                        ? report.Pairs > 0 || PairSelection.Select(given.Candidates, Given.NoLimits).Pairs.Count == 0
                        : report.Pairs == 0 && PairSelection.Select(given.Candidates, report.Nearest).Pairs.Count > 0;
                }
            )
            .QuickCheckThrowOnFailure();

    private static double LargestShare(IReadOnlyList<PreferencePair> pairs) =>
        pairs.Count == 0
            ? 0
            : new[] { pairs.Select(p => p.Chosen), pairs.Select(p => p.Rejected) }.Max(side =>
                (double)side.CountBy(c => c.Key.Model.Model).Max(c => c.Value) / pairs.Count
            );

    private static Arbitrary<(Candidate[] Candidates, PairRules Rules)> Cases { get; } =
        Arb.From(
            from outputs in (
                from overall in Gen.Choose(0, 10)
                from graders in Gen.Elements("ann", "bob", "ann bob", "bob cat", "ann bob cat")
                from criteria in Gen.Choose(0, 5).ArrayOf(2)
                from text in Gen.Choose(1, 4)
                from license in Gen.Elements("MIT", "proprietary", null)
                select (overall, graders, criteria, text, license)
            ).ArrayOf()
            from limits in Gen.Choose(0, 3).ArrayOf(5)
            from further in Gen.Choose(0, 3).ArrayOf(4)
            from method in Gen.Elements(Enum.GetValues<ConfidenceMethod>())
            from strategy in Gen.Elements(Enum.GetValues<PairStrategy>())
            select (
                outputs
                    .Select(
                        (o, i) =>
                            Given.Candidate(
                                $"m{i}",
                                o.overall / 2.0,
                                [.. o.criteria.Select(c => (double?)c)],
                                o.graders,
                                $"reply {o.text} {new string('x', 9 * o.text)}",
                                i % 3 == 0 ? "lines" : "bars"
                            ) with
                            {
                                License = o.license,
                                Prompt = "the same everywhere",
                            }
                    )
                    .ToArray(),
                new PairRules
                {
                    Strategy = strategy,
                    MinVotes = limits[0],
                    MinCommon = limits[1],
                    MinMargin = limits[2] / 2.0,
                    MinChosen = limits[3] * 1.5,
                    MaxPerPrompt = limits[4],
                    KeepConflicts = limits[0] % 2 == 0,
                    MinConfidence = further[0] / 4.0,
                    Confidence = method,
                    Replicates = 20,
                    MaxLengthRatio = further[1] == 0 ? 0 : 0.8 + (further[1] * 0.4),
                    MaxModelShare = further[2] / 3.0,
                    OpenWeightsOnly = further[3] == 3,
                }
            )
        );
}
