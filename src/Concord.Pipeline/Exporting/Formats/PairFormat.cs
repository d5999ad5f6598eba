using Concord.Core.Domain;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Exporting.Formats;

/// <summary>A format whose rows are pairs.</summary>
/// <param name="Shape">A row's.</param>
/// <param name="Row">A pair as a row.</param>
internal sealed record PairFormat(Shape Shape, Func<PairEvidence, object[]> Row)
{
    private static readonly PairFormat Trl = new(
        Shape.Record(new("prompt", Shape.Text), new("chosen", Shape.Text), new("rejected", Shape.Text)),
        e => [Shapes.AsText(e.Prompt), e.Pair.Chosen.Text, e.Pair.Rejected.Text]
    );

    // Both optional fields stand there: whoever uploads the file sees that no tools were offered.
    private static readonly PairFormat OpenaiDpo = new(
        Shape.Record(
            new(
                "input",
                Shape.Record(
                    new("messages", Shapes.Messages),
                    new("tools", Shape.List(Shape.Text)),
                    new("parallel_tool_calls", Shape.Flag)
                )
            ),
            new("preferred_output", Shapes.Messages),
            new("non_preferred_output", Shapes.Messages)
        ),
        e =>
            [
                new object[] { Shapes.Of(e.Prompt), Array.Empty<object>(), true },
                Shapes.Of([Shapes.Reply(e.Pair.Chosen.Text)]),
                Shapes.Of([Shapes.Reply(e.Pair.Rejected.Text)]),
            ]
    );

    // The one trainer that reads a column named margin.
    private static readonly PairFormat Reward = new(
        Shape.Record(new("chosen", Shapes.Messages), new("rejected", Shapes.Messages), new("margin", Shape.Number)),
        e =>
            [
                Shapes.Conversation(e.Prompt, e.Pair.Chosen.Text),
                Shapes.Conversation(e.Prompt, e.Pair.Rejected.Text),
                Shapes.Score(e.Pair.Margin),
            ]
    );

    private static readonly PairFormat Ultrafeedback = new(
        Shape.Record(
            new("source", Shape.Text),
            new("prompt", Shape.Text),
            new("chosen", Shapes.Messages),
            new("chosen-rating", Shape.Number),
            new("chosen-model", Shape.Text),
            new("rejected", Shapes.Messages),
            new("rejected-rating", Shape.Number),
            new("rejected-model", Shape.Text)
        ),
        e =>
            [
                e.Pair.Challenge.ToString(),
                Shapes.AsText(e.Prompt).TrimEnd(),
                Shapes.Conversation(e.Prompt, e.Pair.Chosen.Text),
                Shapes.Score(e.Pair.Chosen.Overall),
                e.Pair.Chosen.Key.Model.ToString(),
                Shapes.Conversation(e.Prompt, e.Pair.Rejected.Text),
                Shapes.Score(e.Pair.Rejected.Overall),
                e.Pair.Rejected.Key.Model.ToString(),
            ]
    );

    private static readonly PairFormat LlamaFactory = new(
        Shape.Record(
            new("conversations", Shape.List(Shapes.Turn)),
            new("system", Shape.Text),
            new("chosen", Shapes.Turn),
            new("rejected", Shapes.Turn)
        ),
        e =>
            [
                e
                    .Prompt.Where(m => !Shapes.IsSystem(m))
                    .Select(object (m) => new object[] { m.Role == "assistant" ? "gpt" : "human", m.Content })
                    .ToArray(),
                Shapes.System(e.Prompt),
                new object[] { "gpt", e.Pair.Chosen.Text },
                new object[] { "gpt", e.Pair.Rejected.Text },
            ]
    );

    private static readonly PairFormat Axolotl = new(
        Shape.Record(new("messages", Shapes.Messages), new("chosen", Shapes.Message), new("rejected", Shapes.Message)),
        e => [Shapes.Of(e.Prompt), Shapes.Of(Shapes.Reply(e.Pair.Chosen.Text)), Shapes.Of(Shapes.Reply(e.Pair.Rejected.Text))]
    );

    private static readonly PairFormat NemoRl = new(
        Shape.Record(
            new("context", Shapes.Messages),
            new("completions", Shape.List(Shape.Record(new("rank", Shape.Whole), new("completion", Shapes.Messages))))
        ),
        e =>
            [
                Shapes.Of(e.Prompt),
                new object[]
                {
                    new object[] { 0L, Shapes.Of([Shapes.Reply(e.Pair.Chosen.Text)]) },
                    new object[] { 1L, Shapes.Of([Shapes.Reply(e.Pair.Rejected.Text)]) },
                },
            ]
    );

    private static readonly PairFormat Hh = new(
        Shape.Record(new("chosen", Shape.Text), new("rejected", Shape.Text)),
        e => [Transcript(e.Prompt, e.Pair.Chosen.Text), Transcript(e.Prompt, e.Pair.Rejected.Text)]
    );

    /// <summary>The format of a name; null for those that have no pair a row, and for the full record.</summary>
    public static PairFormat? Of(ExportFormat format) =>
        format switch
        {
            ExportFormat.Trl => Trl,
            ExportFormat.OpenaiDpo => OpenaiDpo,
            ExportFormat.Reward => Reward,
            ExportFormat.Ultrafeedback => Ultrafeedback,
            ExportFormat.LlamaFactory => LlamaFactory,
            ExportFormat.Axolotl => Axolotl,
            ExportFormat.NemoRl => NemoRl,
            ExportFormat.Hh => Hh,
            _ => null,
        };

    // It knows two speakers; what the system said stands before what the person says.
    private static string Transcript(IReadOnlyList<Message> prompt, string reply)
    {
        var system = Shapes.System(prompt);
        var said = prompt
            .Where(m => !Shapes.IsSystem(m))
            .Select(
                (m, i) =>
                    (
                        Speaker: m.Role == "assistant" ? "Assistant" : "Human",
                        Text: i == 0 && system.Length > 0 ? $"{system}\n\n{m.Content}" : m.Content
                    )
            );
        return string.Concat(said.Append(("Assistant", reply)).Select(t => $"\n\n{t.Item1}: {Within(t.Item2.TrimEnd())}"));
    }

    // A reply that holds the words by which a turn begins would end its own turn.
    private static string Within(string text) =>
        text.Replace("\n\nHuman:", "\n\n Human:", StringComparison.Ordinal)
            .Replace("\n\nAssistant:", "\n\n Assistant:", StringComparison.Ordinal);
}
