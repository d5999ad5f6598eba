using System.Text.Json;
using System.Text.RegularExpressions;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Datasets.Reading;

namespace Concord.Pipeline.Validating;

/// <summary>A row of any format as a summary takes it.</summary>
internal static partial class RowPair
{
    private const double Undefined = -2;

    /// <summary>The row; null where it lacks what its format has.</summary>
    public static DatasetPair? Of(TrainerFormat format, DatasetRow row)
    {
        if (Replies(format.Name, row.Value) is not { } pair)
            return null;
        var value = row.Value;
        var agreement = Number(value, "agreement");
        var undefined = agreement == Undefined || Text(value, "agreement_metric") == "undefined";
        return pair with
        {
            Challenge = Text(value, "challenge_id") ?? (format.Name == "ultrafeedback" ? Text(value, "source") : null),
            ChosenModel = Text(value, "chosen_model") ?? Text(value, "chosen-model") ?? Text(value, "model"),
            RejectedModel = Text(value, "rejected_model") ?? Text(value, "rejected-model"),
            Strategy = Text(value, "pair_strategy"),
            Split = Text(value, "split") ?? SplitOf(row.File),
            Label =
                value.TryGetProperty("label", out var label) && label.ValueKind is JsonValueKind.True or JsonValueKind.False
                    ? label.GetRawText()
                    : null,
            Margin =
                Number(value, "score_margin")
                ?? Number(value, "margin")
                ?? Number(value, "chosen-rating") - Number(value, "rejected-rating"),
            Confidence = Number(value, "confidence"),
            Agreement = undefined ? null : agreement,
            AgreementUndefined = undefined,
        };
    }

    /// <summary>The split that a file is of, by its name; null where the name does not say.</summary>
    public static string? SplitOf(string file) =>
        ShardName().Match(file) is { Success: true } shard ? shard.Groups[1].Value
        : SplitName().Match(file) is { Success: true } match ? NormalSplit(match.Groups[1].Value)
        : null;

    /// <summary>A split by the name that most call it: <c>val</c> and <c>dev</c> are <c>validation</c>.</summary>
    public static string NormalSplit(string name) => name is "val" or "valid" or "dev" ? "validation" : name;

    private static DatasetPair? Replies(string format, JsonElement row) =>
        format switch
        {
            "openai-dpo" => Pair(
                Of(Inner(row, "input"), "messages"),
                Of(row, "preferred_output"),
                Of(row, "non_preferred_output")
            ),
            "llama-factory" => Pair(Of(row, "conversations") + (Of(row, "system") ?? 0), Of(row, "chosen"), Of(row, "rejected")),
            "axolotl" => Pair(Of(row, "messages"), Of(row, "chosen"), Of(row, "rejected")),
            "kto" => Alone(Of(row, "prompt"), Of(row, "completion")),
            "ratings" => Alone(Of(row, "prompt"), Of(row, "response")),
            "sft" => Whole(row, "messages") is { } all ? Alone(all.Prompt, all.Reply) : null,
            "nemo-rl" => Ranked(row),
            "hh" => Transcript(row, "chosen") is { } chosen && Transcript(row, "rejected") is { } rejected
                ? Pair(chosen.Prompt, chosen.Reply, rejected.Reply)
                : null,
            _ when Of(row, "prompt") is { } prompt && format is not "ultrafeedback" => Pair(
                prompt,
                Of(row, "chosen"),
                Of(row, "rejected")
            ),
            _ => Whole(row, "chosen") is { } a && Whole(row, "rejected") is { } b ? Pair(a.Prompt, a.Reply, b.Reply) : null,
        };

    private static DatasetPair? Pair(int? prompt, int? chosen, int? rejected) =>
        chosen is { } a && rejected is { } b ? new(a, b) { PromptChars = prompt } : null;

    private static DatasetPair? Alone(int? prompt, int? reply) => reply is { } a ? new(a, null) { PromptChars = prompt } : null;

    private static DatasetPair? Ranked(JsonElement row)
    {
        if (!row.TryGetProperty("completions", out var list) || list.ValueKind != JsonValueKind.Array)
            return null;
        (double? Rank, int? Chars)[] ranked =
        [
            .. list.EnumerateArray().Select(c => (Number(c, "rank"), Of(c, "completion"))).OrderBy(c => c.Item1),
        ];
        return ranked.Length < 2 ? null : Pair(Of(row, "context"), ranked[0].Chars, ranked[^1].Chars);
    }

    private static (int Prompt, int Reply)? Transcript(JsonElement row, string column) =>
        Text(row, column) is { } text && Transcripts.ReplyAt(text) is var at ? (at, text.Length - at) : null;

    // The last message is the reply; a text is all reply.
    private static (int? Prompt, int Reply)? Whole(JsonElement row, string column)
    {
        if (!row.TryGetProperty(column, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return (null, value.GetString()!.Length);
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is var count && count == 0)
            return null;
        return Chars(value) is { } all && Chars(value[count - 1]) is { } reply ? (all - reply, reply) : null;
    }

    private static int? Of(JsonElement row, string column) =>
        row.ValueKind == JsonValueKind.Object && row.TryGetProperty(column, out var value) ? Chars(value) : null;

    /// <summary>The characters of a text, a message, a turn, or several of these.</summary>
    private static int? Chars(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return value.GetString()!.Length;
            case JsonValueKind.Array:
                var sum = 0;
                foreach (var element in value.EnumerateArray())
                    if (Chars(element) is { } chars)
                        sum += chars;
                    else
                        return null;
                return sum;
            case JsonValueKind.Object:
                return Of(value, "content") ?? Of(value, "value");
            default:
                return null;
        }
    }

    private static JsonElement Inner(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) ? value : default;

    private static string? Text(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement row, string column) =>
        row.ValueKind == JsonValueKind.Object
        && row.TryGetProperty(column, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number)
        && double.IsFinite(number)
            ? number
            : null;

    [GeneratedRegex(@"(?:^|/)(\w+)-\d{5}-of-\d{5}\.[^/]*$")]
    private static partial Regex ShardName();

    [GeneratedRegex(@"(?:^|/)(train|validation|valid|val|dev|test)(?:[-_][^/.]*)?\.[^/]*$")]
    private static partial Regex SplitName();
}
