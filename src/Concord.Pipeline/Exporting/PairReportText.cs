using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>The account of a selection, in sentences for people.</summary>
public static class PairReportText
{
    /// <summary>The result first, then every rule in force in the order applied, then what to know or to do.</summary>
    /// <param name="report">The account.</param>
    /// <returns>One sentence or two a line, without line ends.</returns>
    public static IReadOnlyList<string> Lines(PairReport report) =>
        [
            Result(report),
            .. report.Counts.Where(c => c.Removed > 0 || InForce(c.Rule, report.Rules)).Select(c => Line(c, report.Rules)),
            .. Notes(report),
        ];

    private static string Result(PairReport report)
    {
        var source =
            $"{Count(report.Candidates, "graded output")} of {Count(report.Challenges, "challenge")}, pairs {Names.Of(report.Rules.Strategy)}";
        return report.Pairs == 0
            ? $"No pairs ({source})."
            : $"{Count(report.Pairs, "pair")} over {Count(report.Models, "model")} ({source}).";
    }

    private static string Line(RuleCount count, PairRules rules)
    {
        var of = Count(count.Before, count.OfOutputs ? "output" : "pair");
        return $"{Named(count.Rule, rules)}: {count.Removed} of {of} left out.";
    }

    /// <summary>What must be known of the pairs: prompts that differ, scores that a lead decided.</summary>
    internal static IEnumerable<string> Caveats(PairReport report)
    {
        if (report.DifferentPrompts > 0)
            yield return report.DifferentPrompts == 1
                ? "In 1 pair the two models were asked differently; it has the challenge's own prompt."
                : $"In {report.DifferentPrompts} pairs the two models were asked differently; they have the challenge's own prompt.";
        if (report.Adjudicated > 0)
            yield return report.Adjudicated == 1
                ? "In 1 pair a score is a lead's decision instead of the graders' consensus."
                : $"In {report.Adjudicated} pairs a score is a lead's decision instead of the graders' consensus.";
    }

    private static IEnumerable<string> Notes(PairReport report)
    {
        foreach (var sentence in Caveats(report))
            yield return sentence;
        if (report.Pairs > 0)
            yield break;
        if (report.EmptiedBy is not { } rule)
        {
            yield return "No challenge has two graded outputs, so there is nothing to compare. Grade more outputs.";
            yield break;
        }
        var culprit = $"The rule that left nothing: {Named(rule, report.Rules)}.";
        yield return report.Nearest is { } nearest
            ? $"{culprit} The nearest setting that would leave a pair: {Changes(report.Rules, nearest)}."
            : $"{culprit} No setting would leave a pair: all that can be compared are ties or duplicates.";
    }

    // Of the rules that are no part of the defaults, those that were not asked for would be four lines about nothing.
    internal static bool InForce(PairRule rule, PairRules rules) =>
        rule switch
        {
            PairRule.OpenWeights => rules.OpenWeightsOnly,
            PairRule.Empty => false,
            PairRule.LengthRatio => rules.MaxLengthRatio > 0,
            PairRule.MinConfidence => rules.MinConfidence > 0,
            PairRule.ModelShare => rules.MaxModelShare > 0,
            _ => true,
        };

    /// <summary>The options that other rules differ by.</summary>
    internal static string Changes(PairRules rules, PairRules nearest) =>
        string.Join(
            ' ',
            Options(nearest)
                .Except(Options(rules))
                .Concat(rules.OpenWeightsOnly && !nearest.OpenWeightsOnly ? ["without --open-weights-only"] : [])
        );

    private static IEnumerable<string> Options(PairRules rules) =>
        Enum.GetValues<PairRule>().Select(r => Option(r, rules)).OfType<string>().Prepend($"--pairs {Names.Of(rules.Strategy)}");

    /// <summary>What a rule leaves out, and the option that governs it.</summary>
    internal static string Named(PairRule rule, PairRules rules) =>
        Option(rule, rules) is { } option ? $"{Reason(rule)} ({option})" : Reason(rule);

    private static string Reason(PairRule rule) =>
        rule switch
        {
            PairRule.Votes => "Too few votes",
            PairRule.OpenWeights => "Licence not known to be open",
            PairRule.Empty => "No text of its own",
            PairRule.CommonGraders => "Too few graders in common",
            PairRule.Ties => "Ties",
            PairRule.Margin => "Margin too small",
            PairRule.MinChosen => "Chosen output not good enough",
            PairRule.DimensionConflict => "Better overall but worse on a criterion",
            PairRule.LengthRatio => "Lengths too different",
            PairRule.MinConfidence => "Confidence too low",
            PairRule.Duplicates => "Exact or near duplicates",
            PairRule.Cap => "More pairs than a prompt may have",
            PairRule.ModelShare => "Model with too large a share of the chosen or of the rejected",
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule."),
        };

    // Null where no option governs the rule.
    private static string? Option(PairRule rule, PairRules rules) =>
        rule switch
        {
            PairRule.Votes => $"--min-votes {rules.MinVotes}",
            PairRule.CommonGraders => $"--min-common {rules.MinCommon}",
            PairRule.Margin => $"--min-margin {NumberText.Of(rules.MinMargin)}",
            PairRule.MinChosen => $"--min-chosen {NumberText.Of(rules.MinChosen)}",
            PairRule.DimensionConflict => rules.KeepConflicts ? "--keep-conflicts" : null,
            PairRule.OpenWeights => rules.OpenWeightsOnly ? "--open-weights-only" : null,
            PairRule.LengthRatio => $"--max-length-ratio {NumberText.Of(rules.MaxLengthRatio)}",
            PairRule.MinConfidence => $"--min-confidence {NumberText.Of(rules.MinConfidence)}",
            PairRule.ModelShare => $"--max-model-share {NumberText.Of(rules.MaxModelShare)}",
            PairRule.Cap => $"--max-per-prompt {rules.MaxPerPrompt}",
            PairRule.Empty or PairRule.Ties or PairRule.Duplicates => null,
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule."),
        };

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
