using System.Text.Json;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Validating;

/// <summary>The formats that can be checked.</summary>
/// <remarks>Source: trl docs/source/dataset_formats.md, and what the other trainers' documentation says of theirs.</remarks>
internal static class TrainerFormats
{
    public const string Conversational = "trl-conversational";

    private static readonly Shape Message = Shape.Record(new("role", Shape.Text), new("content", Shape.Text));
    private static readonly Shape Messages = Shape.List(Message);
    private static readonly Shape Turn = Shape.Record(new("from", Shape.Text), new("value", Shape.Text));

    private static readonly string[] NoNumbers = ["prompt", "response"];

    public static IReadOnlyList<TrainerFormat> All { get; } =
    [
        new("trl", [Optional("prompt", Shape.Text), Needed("chosen", Shape.Text), Needed("rejected", Shape.Text)], Trl),
        new(
            Conversational,
            [Optional("prompt", Messages), Needed("chosen", Messages), Needed("rejected", Messages)],
            TrlConversational
        ),
        new(
            "openai-dpo",
            [
                Needed("input", Shape.Record(new Field("messages", Messages))),
                Needed("preferred_output", Messages),
                Needed("non_preferred_output", Messages),
            ],
            OpenaiDpo
        )
        {
            Closed = true,
        },
        new(
            "kto",
            [Needed("prompt", Shape.Text, Messages), Needed("completion", Shape.Text, Messages), Needed("label", Shape.Flag)],
            Kto
        ),
        new(
            "reward",
            [
                Optional("prompt", Shape.Text, Messages),
                Needed("chosen", Shape.Text, Messages),
                Needed("rejected", Shape.Text, Messages),
                Optional("margin", Shape.Number),
            ],
            Reward
        ),
        new(
            "ultrafeedback",
            [
                Needed("prompt", Shape.Text),
                Needed("chosen", Messages),
                Needed("chosen-rating", Shape.Number),
                Needed("chosen-model", Shape.Text),
                Needed("rejected", Messages),
                Needed("rejected-rating", Shape.Number),
                Needed("rejected-model", Shape.Text),
            ],
            Ultrafeedback
        )
        {
            Note = (
                "concatenation",
                "TRL cannot put such rows together: 'prompt' is a text and the replies are messages, which have it again.",
                "For TRL make trl-conversational; for others this is as it should be."
            ),
        },
        new(
            "llama-factory",
            [
                Needed("conversations", Shape.List(Turn)),
                Optional("system", Shape.Text),
                Needed("chosen", Turn),
                Needed("rejected", Turn),
            ],
            LlamaFactory
        ),
        new("axolotl", [Needed("messages", Messages), Needed("chosen", Message), Needed("rejected", Message)], Axolotl),
        new("ratings", [Needed("prompt", Shape.Text), Needed("response", Shape.Text)], Ratings),
        new(
            "nemo-rl",
            [
                Needed("context", Messages),
                Needed("completions", Shape.List(Shape.Record(new("rank", Shape.Whole), new("completion", Messages)))),
            ],
            NemoRl
        ),
        new("hh", [Needed("chosen", Shape.Text), Needed("rejected", Shape.Text)], Hh),
        new(
            "sft",
            [Needed("messages", Messages)],
            (row, findings) => Conversations.CheckWhole(row.GetProperty("messages"), "messages", findings)
        ),
    ];

    /// <summary>The format that a row's columns are of; null where they are of none.</summary>
    public static TrainerFormat? Of(JsonElement row)
    {
        bool Has(params ReadOnlySpan<string> columns)
        {
            foreach (var column in columns)
                if (!row.TryGetProperty(column, out _))
                    return false;
            return true;
        }
        bool Is(string column, JsonValueKind kind) => row.TryGetProperty(column, out var value) && value.ValueKind == kind;

        var name =
            Has("schema_version", "prompt") ? Conversational
            : Has("preferred_output") ? "openai-dpo"
            : Has("completion", "label") ? "kto"
            : Has("conversations", "chosen") ? "llama-factory"
            : Has("context", "completions") ? "nemo-rl"
            : Has("chosen-rating") ? "ultrafeedback"
            : Has("messages", "chosen") ? "axolotl"
            : Has("messages") && !Has("label") ? "sft"
            : Has("prompt", "response") ? "ratings"
            : !Has("chosen", "rejected") || Has("input") ? null
            : Is("prompt", JsonValueKind.Array) && Is("chosen", JsonValueKind.Array) ? Conversational
            : Has("prompt")
                ? Is("prompt", JsonValueKind.String) && Is("chosen", JsonValueKind.String) ? "trl"
                    : null
            : Is("chosen", JsonValueKind.Array) ? "reward"
            : row.GetProperty("chosen") is { ValueKind: JsonValueKind.String } text
            && text.GetString()!.StartsWith(Transcripts.Human, StringComparison.Ordinal)
                ? "hh"
            : "trl";
        return name is null ? null : All.Single(f => f.Name == name);
    }

    private static TrainerColumn Needed(string name, params Shape[] shapes) => new(name, shapes, Required: true);

    private static TrainerColumn Optional(string name, params Shape[] shapes) => new(name, shapes, Required: false);

    private static void Trl(JsonElement row, Findings findings)
    {
        var (chosen, rejected) = (row.GetProperty("chosen"), row.GetProperty("rejected"));
        Conversations.CheckText(chosen.GetString()!, "chosen", findings);
        Conversations.CheckText(rejected.GetString()!, "rejected", findings);
        Conversations.CheckDiffer(chosen, rejected, findings);
        if (row.TryGetProperty("prompt", out var prompt))
        {
            Conversations.CheckText(prompt.GetString()!, "prompt", findings);
            Prompts.CheckRepeated(prompt.GetString()!, row, findings, "chosen", "rejected");
        }
        else
            Prompts.CheckImplicit(chosen.GetString()!, rejected.GetString()!, findings);
    }

    private static void TrlConversational(JsonElement row, Findings findings)
    {
        var (chosen, rejected) = (row.GetProperty("chosen"), row.GetProperty("rejected"));
        Conversations.CheckDiffer(chosen, rejected, findings);
        if (row.TryGetProperty("prompt", out var prompt))
        {
            Conversations.CheckPrompt(prompt, "prompt", findings);
            foreach (var column in new[] { "chosen", "rejected" })
            {
                var reply = row.GetProperty(column);
                if (prompt.GetArrayLength() > 0 && Conversations.Shared(prompt, reply) == prompt.GetArrayLength())
                    Prompts.CheckRepeated(prompt, reply, column, findings);
                else
                    Conversations.CheckReply(reply, column, findings);
            }
        }
        else
        {
            Conversations.CheckWhole(chosen, "chosen", findings);
            Conversations.CheckWhole(rejected, "rejected", findings);
            Prompts.CheckImplicit(chosen, rejected, findings);
        }
        if (row.TryGetProperty("schema_version", out _))
            RecordRules.Check(row, findings);
    }

    private static void OpenaiDpo(JsonElement row, Findings findings)
    {
        Conversations.CheckPrompt(row.GetProperty("input").GetProperty("messages"), "input.messages", findings);
        foreach (var column in new[] { "preferred_output", "non_preferred_output" })
        {
            var output = row.GetProperty(column);
            if (output.GetArrayLength() != 1)
                findings.Error(
                    "one-message",
                    $"'{column}' has {output.GetArrayLength()} messages.",
                    "Give it exactly one, of the assistant."
                );
            else
                Conversations.CheckMessage(output[0], column, findings);
        }
        Conversations.CheckDiffer(
            row.GetProperty("preferred_output"),
            row.GetProperty("non_preferred_output"),
            findings,
            "preferred_output",
            "non_preferred_output"
        );
    }

    private static void Kto(JsonElement row, Findings findings)
    {
        var (prompt, completion) = (row.GetProperty("prompt"), row.GetProperty("completion"));
        if (prompt.ValueKind != completion.ValueKind)
            findings.Error(
                "wrong-type",
                "Of 'prompt' and 'completion' one is a text and the other messages.",
                "Write both alike."
            );
        else if (prompt.ValueKind == JsonValueKind.Array)
        {
            Conversations.CheckPrompt(prompt, "prompt", findings);
            Conversations.CheckReply(completion, "completion", findings);
        }
        else
        {
            Conversations.CheckText(prompt.GetString()!, "prompt", findings);
            Conversations.CheckText(completion.GetString()!, "completion", findings);
            Prompts.CheckRepeated(prompt.GetString()!, row, findings, "completion");
        }
    }

    private static void Reward(JsonElement row, Findings findings)
    {
        var (chosen, rejected) = (row.GetProperty("chosen"), row.GetProperty("rejected"));
        Conversations.CheckDiffer(chosen, rejected, findings);
        if (chosen.ValueKind != rejected.ValueKind)
            findings.Error("wrong-type", "Of 'chosen' and 'rejected' one is a text and the other messages.", "Write both alike.");
        else if (chosen.ValueKind == JsonValueKind.String)
        {
            Conversations.CheckText(chosen.GetString()!, "chosen", findings);
            Conversations.CheckText(rejected.GetString()!, "rejected", findings);
        }
        else if (row.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == JsonValueKind.Array)
        {
            Conversations.CheckPrompt(prompt, "prompt", findings);
            Conversations.CheckReply(chosen, "chosen", findings);
            Conversations.CheckReply(rejected, "rejected", findings);
        }
        else
        {
            Conversations.CheckWhole(chosen, "chosen", findings);
            Conversations.CheckWhole(rejected, "rejected", findings);
            Conversations.CheckSamePrompt(chosen, rejected, findings);
        }
    }

    private static void Ultrafeedback(JsonElement row, Findings findings)
    {
        var (chosen, rejected) = (row.GetProperty("chosen"), row.GetProperty("rejected"));
        Conversations.CheckText(row.GetProperty("prompt").GetString()!, "prompt", findings);
        Conversations.CheckWhole(chosen, "chosen", findings);
        Conversations.CheckWhole(rejected, "rejected", findings);
        Conversations.CheckDiffer(chosen, rejected, findings);
        Conversations.CheckSamePrompt(chosen, rejected, findings);
        if (row.GetProperty("chosen-rating").GetDouble() < row.GetProperty("rejected-rating").GetDouble())
            findings.Error(
                "rating-order",
                "'chosen-rating' is below 'rejected-rating'.",
                "Exchange the replies, or correct the ratings."
            );
    }

    private static void LlamaFactory(JsonElement row, Findings findings)
    {
        var conversations = row.GetProperty("conversations");
        var wanted = "human";
        foreach (var (turn, i) in conversations.EnumerateArray().Select((t, i) => (t, i)))
        {
            var from = turn.GetProperty("from").GetString()!;
            Conversations.CheckText(turn.GetProperty("value").GetString()!, $"conversations[{i}].value", findings);
            if (from == "system" && i == 0)
                continue;
            if (from != wanted)
            {
                findings.Error(
                    "role-order",
                    $"'conversations[{i}].from' is '{from}' where '{wanted}' comes next.",
                    "Let 'human' and 'gpt' take turns, beginning and ending with 'human'."
                );
                return;
            }
            wanted = from == "human" ? "gpt" : "human";
        }
        if (wanted == "human")
            findings.Error("role-order", "'conversations' does not end with 'human'.", "Let it end with what is asked.");
        foreach (var column in new[] { "chosen", "rejected" })
        {
            var reply = row.GetProperty(column);
            if (reply.GetProperty("from").GetString() != "gpt")
                findings.Error(
                    "role-order",
                    $"'{column}.from' is '{reply.GetProperty("from").GetString()}'.",
                    "Write 'gpt': the reply is the model's."
                );
            Conversations.CheckText(reply.GetProperty("value").GetString()!, $"{column}.value", findings);
        }
        Conversations.CheckDiffer(row.GetProperty("chosen"), row.GetProperty("rejected"), findings);
    }

    private static void Axolotl(JsonElement row, Findings findings)
    {
        Conversations.CheckPrompt(row.GetProperty("messages"), "messages", findings);
        Conversations.CheckMessage(row.GetProperty("chosen"), "chosen", findings);
        Conversations.CheckMessage(row.GetProperty("rejected"), "rejected", findings);
        Conversations.CheckDiffer(row.GetProperty("chosen"), row.GetProperty("rejected"), findings);
    }

    private static void Ratings(JsonElement row, Findings findings)
    {
        foreach (var column in NoNumbers)
            Conversations.CheckText(row.GetProperty(column).GetString()!, column, findings);
        var numbers = 0;
        foreach (var property in row.EnumerateObject().Where(p => !NoNumbers.Contains(p.Name)))
            if (
                property.Value.ValueKind == JsonValueKind.Number
                && ShapeCheck.Holds(property.Value, property.Name, Shape.Number, findings)
            )
                numbers++;
        if (numbers == 0)
            findings.Error("missing-column", "The row has no rating.", "Give it a column of numbers for each criterion.");
    }

    private static void NemoRl(JsonElement row, Findings findings)
    {
        Conversations.CheckPrompt(row.GetProperty("context"), "context", findings);
        var completions = row.GetProperty("completions").EnumerateArray().ToArray();
        var ranks = completions.Select(c => c.GetProperty("rank").GetInt64()).ToArray();
        foreach (var (completion, i) in completions.Select((c, i) => (c, i)))
            Conversations.CheckReply(completion.GetProperty("completion"), $"completions[{i}].completion", findings);
        if (completions.Length < 2 || ranks.Distinct().Count() < ranks.Length || ranks.Min() != 0)
            findings.Error(
                "ranks",
                $"The ranks are {(ranks.Length == 0 ? "none" : string.Join(", ", ranks))}.",
                "Give two completions the ranks 0, the better one, and 1."
            );
        else if (completions.Length > 2)
            findings.Warning(
                "ranks",
                $"There are {ranks.Length} completions.",
                "For preference training give two: others are refused."
            );
        if (completions.Length == 2)
            Conversations.CheckDiffer(
                completions[0].GetProperty("completion"),
                completions[1].GetProperty("completion"),
                findings,
                "completions[0]",
                "completions[1]"
            );
    }

    private static void Hh(JsonElement row, Findings findings)
    {
        var (chosen, rejected) = (row.GetProperty("chosen").GetString()!, row.GetProperty("rejected").GetString()!);
        if (Transcripts.Check(chosen, "chosen", findings) & Transcripts.Check(rejected, "rejected", findings))
            Transcripts.CheckSame(chosen, rejected, findings);
        Conversations.CheckDiffer(row.GetProperty("chosen"), row.GetProperty("rejected"), findings);
    }
}
