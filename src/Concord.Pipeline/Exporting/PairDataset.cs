using Concord.Core.Domain.Preferences;
using Concord.Core.Statistics;
using Concord.Core.Statistics.Agreement;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Exporting.Formats;

namespace Concord.Pipeline.Exporting;

/// <summary>Datasets whose rows are pairs.</summary>
internal static class PairDataset
{
    // Line n of it says what row n is: the formats of strict trainers have no place for it.
    private static readonly Shape Side = Shape.Record(
        new("pair_id", Shape.Text),
        new("challenge_id", Shape.Text),
        new("chosen_model", Shape.Text),
        new("rejected_model", Shape.Text),
        new("chosen_score", Shape.Number),
        new("rejected_score", Shape.Number),
        new("score_margin", Shape.Number),
        new("confidence", Shape.Number)
    );

    /// <summary>Selects pairs. What is known of each is made anew whenever it is asked for: of a million it would fill the memory.</summary>
    public static (Dataset Dataset, IEnumerable<PairEvidence> Pairs, PairReport Report) Of(
        ExportSource source,
        ExportRecipe recipe,
        IReadOnlyList<Candidate> candidates,
        GraderNotes? notes
    )
    {
        var (selected, report) = PairSelection.Select(candidates, recipe.Rules);
        var asked = new AskedPrompt(source.Workspace);
        var splits = new ChallengeSplits(source.Workspace, recipe.Shares);
        var digests = new KnownDigests();
        var challenges = candidates
            .Where(recipe.Rules.TakesPart)
            .GroupBy(c => c.Key.Challenge)
            .ToDictionary(c => c.Key, c => (Count: c.Count(), Agreement: Agreement(c)));
        var format = PairFormat.Of(recipe.Format);
        var side = format is null ? null : Side;
        format ??= new FullRecord(source, recipe, Distinct(p => p.Chosen), Distinct(p => p.Rejected), notes).Format;
        var parts = splits.Parts(selected, p => p.Challenge, Row);
        var different = selected.Count(p => !asked.Of(p).Same);
        return (new(format.Shape, side, parts), selected.Select(Known), report with { DifferentPrompts = different });

        DatasetRow Row(PreferencePair pair)
        {
            var known = Known(pair);
            return new(format.Row(known), side is null ? [] : [known.Id, .. Beside(pair)]);
        }

        PairEvidence Known(PreferencePair pair)
        {
            var (family, split) = splits.Of(pair.Challenge);
            var (count, agreement) = challenges[pair.Challenge];
            var prompt = asked.Of(pair).Messages;
            var said = (digests.Of(prompt), digests.Of(pair.Chosen), digests.Of(pair.Rejected));
            return new(pair, prompt, family, split, PairVotes.Of(pair), agreement, count, said);
        }

        HashSet<Candidate> Distinct(Func<PreferencePair, Candidate> one) =>
            selected.Select(one).ToHashSet<Candidate>(ReferenceEqualityComparer.Instance);
    }

    private static object[] Beside(PreferencePair pair) =>
        [
            pair.Challenge.ToString(),
            pair.Chosen.Key.Model.ToString(),
            pair.Rejected.Key.Model.ToString(),
            Shapes.Score(pair.Chosen.Overall),
            Shapes.Score(pair.Rejected.Overall),
            Shapes.Score(pair.Margin),
            pair.Confidence.Value,
        ];

    // Weighted means lie on a scale of equal steps, whatever the criteria's are.
    private static Estimate Agreement(IEnumerable<Candidate> outputs)
    {
        var ratings = new RatingsBuilder();
        foreach (var output in outputs)
        foreach (var (grader, overall) in output.GraderOveralls)
            ratings.TryAdd(output.Key.Model.ToString(), grader.ToString(), overall);
        return KrippendorffAlpha.Of(CountPatterns.Of(ratings.Build()), MeasurementLevel.Interval);
    }
}
