using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;

namespace Concord.Pipeline.Exporting;

/// <summary>From a graded workspace to a dataset. The same source and recipe give the same rows, notes under a fresh key apart.</summary>
public static class DatasetExport
{
    /// <summary>Selects, and makes ready to write.</summary>
    /// <param name="source">What to make it from; it is read until the rows are written.</param>
    /// <param name="recipe">How.</param>
    /// <param name="key">The key of graders' pseudonyms; null leaves notes out.</param>
    /// <returns>The dataset, without rows where the rules left none; and the account.</returns>
    public static (Dataset Dataset, ExportReport Report) Of(ExportSource source, ExportRecipe recipe, PseudonymKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(recipe);
        var candidates = CandidateReader.Read(source.Workspace, source.Tables, source.Tree);
        if (OutputDataset.Has(recipe.Format))
            return OfOutputs(source, recipe, candidates);
        var notes = recipe.WithNotes && key is not null ? new GraderNotes(source, key) : null;
        var (dataset, report) = OfPairs(source, recipe, candidates, notes);
        return (dataset, report with { HasFreshKey = key?.IsFresh ?? false });
    }

    private static (Dataset, ExportReport) OfPairs(
        ExportSource source,
        ExportRecipe recipe,
        IReadOnlyList<Candidate> candidates,
        GraderNotes? notes
    )
    {
        var (dataset, pairs, report) = PairDataset.Of(source, recipe, candidates, notes);
        var summary = Summary(source);
        foreach (var pair in pairs)
            summary.Add(Of(pair, recipe));
        return (
            dataset,
            new(recipe, summary)
            {
                Pairs = report,
                Splits = Splits(dataset),
                Licenses = Licenses(pairs.SelectMany(p => new[] { p.Pair.Chosen, p.Pair.Rejected })),
                TakenOut =
                    notes?.TakenOut(pairs.SelectMany(p => new[] { p.Pair.Chosen, p.Pair.Rejected }))
                    ?? new Dictionary<string, int>(),
            }
        );
    }

    private static (Dataset, ExportReport) OfOutputs(
        ExportSource source,
        ExportRecipe recipe,
        IReadOnlyList<Candidate> candidates
    )
    {
        var (dataset, outputs, report) = OutputDataset.Of(source, recipe, candidates);
        var asked = new AskedPrompt(source.Workspace);
        var splits = new ChallengeSplits(source.Workspace, recipe.Shares);
        var summary = Summary(source);
        foreach (var output in outputs)
            summary.Add(
                new(output.Text.Length, null)
                {
                    PromptChars = asked.Of(output).Sum(m => m.Content.Length),
                    Challenge = output.Key.Challenge.ToString(),
                    ChosenModel = output.Key.Model.ToString(),
                    Split = Names.Of(splits.Of(output.Key.Challenge).Split),
                    Label =
                        recipe.Format != ExportFormat.Kto ? null
                        : output.Overall >= recipe.Good - PairRules.Tolerance ? "true"
                        : "false",
                }
            );
        return (
            dataset,
            new(recipe, summary)
            {
                Outputs = report,
                Splits = Splits(dataset),
                Licenses = Licenses(outputs),
            }
        );
    }

    private static DatasetPair Of(PairEvidence e, ExportRecipe recipe) =>
        new(e.Pair.Chosen.Text.Length, e.Pair.Rejected.Text.Length)
        {
            PromptChars = e.Prompt.Sum(m => m.Content.Length),
            Challenge = e.Pair.Challenge.ToString(),
            ChosenModel = e.Pair.Chosen.Key.Model.ToString(),
            RejectedModel = e.Pair.Rejected.Key.Model.ToString(),
            Strategy = Formats.FullRecord.NameOf(recipe.Rules.Strategy),
            Split = Names.Of(e.Split),
            Margin = e.Pair.Margin,
            Confidence = e.Pair.Confidence.Value,
            Agreement = e.Agreement.Value,
            AgreementUndefined = e.Agreement.Value is null,
        };

    private static DatasetSummary Summary(ExportSource source) =>
        new(source.Workspace.Benchmark.Criteria.Where(c => c.Weight > 0).Select(c => c.Scale.Width).DefaultIfEmpty(1).Max());

    private static IReadOnlyList<KeyValuePair<string, long>> Licenses(IEnumerable<Candidate> replies)
    {
        var counts = new NameCounts();
        foreach (var reply in replies.DistinctBy(r => (r.Key, r.Id)))
            counts.Add(reply.License ?? ExportRecipe.Unknown);
        return counts.Sorted;
    }

    private static (Split, int)[] Splits(Dataset dataset) => [.. dataset.Parts.Select(p => (p.Split, p.Count))];
}
