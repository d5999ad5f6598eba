using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>The account of a selection of outputs, in sentences for people.</summary>
public static class OutputReportText
{
    /// <summary>The result first, then every rule in the order applied, then what to do where nothing is left.</summary>
    /// <param name="report">The account.</param>
    /// <param name="recipe">The settings.</param>
    public static IReadOnlyList<string> Lines(OutputReport report, ExportRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(recipe);
        return
        [
            Result(report),
            .. report
                .Counts.Where(c => c.Removed > 0 || InForce(c.Rule, recipe))
                .Select(c => $"{Named(c.Rule, recipe)}: {c.Removed} of {Count(c.Before, "output")} left out."),
            .. Notes(report, recipe),
        ];
    }

    /// <summary>What a rule leaves out, and the option that governs it.</summary>
    internal static string Named(OutputRule rule, ExportRecipe recipe) => Reason(rule) + Option(rule, recipe);

    internal static bool InForce(OutputRule rule, ExportRecipe recipe) =>
        rule switch
        {
            OutputRule.OpenWeights => recipe.Rules.OpenWeightsOnly,
            OutputRule.Empty => false,
            _ => true,
        };

    private static string Result(OutputReport report)
    {
        var source = $"{Count(report.Candidates, "graded output")} of {Count(report.Challenges, "challenge")}";
        return report.Outputs == 0
            ? $"No rows ({source})."
            : $"{Count(report.Outputs, "row")} of {Count(report.Models, "model")} ({source}).";
    }

    /// <summary>What must be known of the outputs: scores that a lead decided.</summary>
    internal static IEnumerable<string> Caveats(OutputReport report)
    {
        if (report.Adjudicated > 0)
            yield return report.Adjudicated == 1
                ? "Of 1 output a score is a lead's decision instead of the graders' consensus."
                : $"Of {report.Adjudicated} outputs a score is a lead's decision instead of the graders' consensus.";
    }

    private static IEnumerable<string> Notes(OutputReport report, ExportRecipe recipe)
    {
        foreach (var sentence in Caveats(report))
            yield return sentence;
        if (report.Outputs > 0)
            yield break;
        if (report.EmptiedBy is not { } rule)
        {
            yield return "No output has a consensus yet. Grade more outputs.";
            yield break;
        }
        var nearest = Nearest(report, recipe);
        yield return $"The rule that left nothing: {Named(rule, recipe)}.{(nearest is null ? "" : $" The nearest setting that would leave a row: {nearest}.")}";
    }

    /// <summary>The option that would leave a row; null where none would.</summary>
    internal static string? Nearest(OutputReport report, ExportRecipe recipe) =>
        (report.EmptiedBy, report.Nearest) switch
        {
            (OutputRule.OpenWeights, _) => "without --open-weights-only",
            (OutputRule.Votes, { } votes) => $"--min-votes {NumberText.Of(votes)}",
            (OutputRule.MinChosen, { } score) => $"--min-chosen {NumberText.Of(score)}",
            (OutputRule.Between, { } score) when score > recipe.Bad => $"--good {NumberText.Of(score)}",
            _ => null,
        };

    private static string Reason(OutputRule rule) =>
        rule switch
        {
            OutputRule.Votes => "Too few votes",
            OutputRule.OpenWeights => "Licence not known to be open",
            OutputRule.Empty => "No text of its own",
            OutputRule.Between => "Neither good nor bad",
            OutputRule.NotBest => "Another output of the challenge is better",
            OutputRule.MinChosen => "The best output not good enough",
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule."),
        };

    private static string Option(OutputRule rule, ExportRecipe recipe) =>
        rule switch
        {
            OutputRule.Votes => $" (--min-votes {recipe.Rules.MinVotes})",
            OutputRule.OpenWeights => " (--open-weights-only)",
            OutputRule.Between => $" (--good {NumberText.Of(recipe.Good)} --bad {NumberText.Of(recipe.Bad)})",
            OutputRule.MinChosen => $" (--min-chosen {NumberText.Of(recipe.Rules.MinChosen)})",
            _ => "",
        };

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
