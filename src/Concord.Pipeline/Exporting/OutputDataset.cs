using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Exporting.Formats;

namespace Concord.Pipeline.Exporting;

/// <summary>Datasets whose rows are outputs.</summary>
internal static class OutputDataset
{
    private static readonly Shape Side = Shape.Record(
        new("output_sha256", Shape.Text),
        new("challenge_id", Shape.Text),
        new("model", Shape.Text),
        new("score", Shape.Number),
        new("n_votes", Shape.Whole)
    );

    public static bool Has(ExportFormat format) => format is ExportFormat.Kto or ExportFormat.Ratings or ExportFormat.Sft;

    public static (Dataset Dataset, IReadOnlyList<Candidate> Outputs, OutputReport Report) Of(
        ExportSource source,
        ExportRecipe recipe,
        IReadOnlyList<Candidate> candidates
    )
    {
        var ((outputs, report), format) = recipe.Format switch
        {
            ExportFormat.Kto => (
                OutputSelection.Labelled(candidates, recipe.Rules, recipe.Good, recipe.Bad),
                OutputFormat.Kto(recipe.Good)
            ),
            ExportFormat.Ratings => (
                OutputSelection.Rated(candidates, recipe.Rules),
                OutputFormat.Ratings(source.Workspace.Benchmark.Criteria)
            ),
            ExportFormat.Sft => (OutputSelection.Best(candidates, recipe.Rules), OutputFormat.Sft),
            _ => throw new ArgumentOutOfRangeException(nameof(recipe), recipe.Format, "Its rows are pairs."),
        };
        var asked = new AskedPrompt(source.Workspace);
        var parts = new ChallengeSplits(source.Workspace, recipe.Shares).Parts(
            outputs,
            o => o.Key.Challenge,
            o => new(format.Row(o, asked.Of(o)), Beside(o))
        );
        return (new(format.Shape, Side, parts), outputs, report);
    }

    private static object[] Beside(Candidate output) =>
        [
            Digest.Of(output.Text),
            output.Key.Challenge.ToString(),
            output.Key.Model.ToString(),
            Shapes.Score(output.Overall),
            (long)output.Votes,
        ];
}
