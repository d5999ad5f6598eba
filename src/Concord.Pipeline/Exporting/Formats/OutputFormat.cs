using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting.Formats;

/// <summary>A format whose rows are outputs.</summary>
/// <param name="Shape">A row's.</param>
/// <param name="Row">An output with what was asked, as a row.</param>
internal sealed record OutputFormat(Shape Shape, Func<Candidate, IReadOnlyList<Message>, object[]> Row)
{
    /// <summary>Good and bad outputs.</summary>
    /// <param name="good">The least score of a good one, in score units.</param>
    public static OutputFormat Kto(double good) =>
        new(
            Shape.Record(new("prompt", Shapes.Messages), new("completion", Shapes.Messages), new("label", Shape.Flag)),
            (output, prompt) =>
                [Shapes.Of(prompt), Shapes.Of([Shapes.Reply(output.Text)]), output.Overall >= good - PairRules.Tolerance]
        );

    /// <summary>Every output, with the criteria that count.</summary>
    /// <param name="criteria">The rubric.</param>
    public static OutputFormat Ratings(IReadOnlyList<Criterion> criteria)
    {
        int[] counted = [.. Enumerable.Range(0, criteria.Count).Where(i => criteria[i].Weight > 0)];
        return new(
            Shape.Record(
                [
                    new("prompt", Shape.Text),
                    new("response", Shape.Text),
                    .. counted.Select(i => new Field(criteria[i].Id.ToString(), Shape.Number)),
                ]
            ),
            // An overall is there only where every criterion of it has a consensus.
            (output, prompt) =>

                [
                    Shapes.AsText(prompt).TrimEnd(),
                    output.Text,
                    .. counted.Select(object (i) => Shapes.Score(output.Criteria[i]!.Value)),
                ]
        );
    }

    /// <summary>Whole conversations.</summary>
    public static OutputFormat Sft { get; } =
        new(Shape.Record(new Field("messages", Shapes.Messages)), (output, prompt) => [Shapes.Conversation(prompt, output.Text)]);
}
