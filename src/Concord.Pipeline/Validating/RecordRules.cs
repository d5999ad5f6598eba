using System.Buffers;
using System.Text.Json;
using Concord.Pipeline.Datasets;

namespace Concord.Pipeline.Validating;

/// <summary>What else holds of a preference pair with all its evidence: export-record.schema.json, version 1.0, with any criteria.</summary>
internal static class RecordRules
{
    private const string Weight = "weight_";
    private const int Undefined = -2;

    // Numbers are written with six decimals.
    private const double Tolerance = 2e-6;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly string[] Strategies = ["best_vs_worst", "best_vs_random", "best_vs_rest", "adjacent", "all_pairs"];
    private static readonly string[] Splits = ["train", "validation", "test"];
    private static readonly string[] Roles = ["system", "user", "assistant"];

    private sealed record Value(Shape Shape, Func<JsonElement, string?> Wrong);

    private static readonly Value Text = new(Shape.Text, _ => null);
    private static readonly Value Texts = new(Shape.List(Shape.Text), _ => null);
    private static readonly Value Flag = new(Shape.Flag, _ => null);
    private static readonly Value Whole = new(Shape.Whole, _ => null);
    private static readonly Value Number = new(Shape.Number, _ => null);

    // On the benchmark's own scale, which the record does not tell; 0 to 5 is one of many.
    private static readonly Value Score = Number;
    private static readonly Value Unit = Between(0, 1);
    private static readonly Value Digest = Hex(64);

    private static readonly Dictionary<string, Value> Columns = new(StringComparer.Ordinal)
    {
        ["schema_version"] = new(Shape.Text, v => v.ValueEquals("1.0") ? null : "is not \"1.0\""),
        ["pair_id"] = Digest,
        ["challenge_id"] = Text,
        ["challenge_version"] = Text,
        ["prompt_sha256"] = Digest,
        ["chosen_model"] = Text,
        ["rejected_model"] = Text,
        ["chosen_output_sha256"] = Digest,
        ["rejected_output_sha256"] = Digest,
        ["chosen_gen_params"] = Text,
        ["rejected_gen_params"] = Text,
        ["chosen_score"] = Score,
        ["rejected_score"] = Score,
        ["score_margin"] = new(Shape.Number, v => v.GetDouble() > 0 ? null : "is not above 0"),
        ["dimension_conflict"] = Flag,
        ["chosen_n_votes"] = AtLeast(1),
        ["rejected_n_votes"] = AtLeast(1),
        ["n_common_graders"] = AtLeast(0),
        ["grader_wins"] = Whole,
        ["grader_ties"] = Whole,
        ["grader_losses"] = Whole,
        ["agreement"] = new(Shape.Number, v => v.GetDouble() is (>= -1 and <= 1) or Undefined ? null : "is not between -1 and 1"),
        ["agreement_metric"] = Text,
        ["confidence"] = Unit,
        ["confidence_method"] = Text,
        ["confidence_seed"] = Whole,
        ["chosen_chars"] = Whole,
        ["rejected_chars"] = Whole,
        ["length_ratio"] = Number,
        ["pair_strategy"] = OneOf(Strategies),
        ["n_candidates"] = AtLeast(2),
        ["split"] = OneOf(Splits),
        ["split_key"] = Text,
        ["grades_commit"] = new(Shape.Text, v => IsHex(v, 40) || IsHex(v, 64) ? null : "is not the id of a commit"),
        ["exporter_version"] = Text,
        ["exported_at_ms"] = Whole,
        ["chosen_screenshot_refs"] = Texts,
        ["rejected_screenshot_refs"] = Texts,
        ["prompt_license"] = Text,
        ["chosen_license"] = Text,
        ["rejected_license"] = Text,
        ["pii_scrubbed"] = Flag,
        ["tags"] = Texts,
    };

    // Only where graders' notes were asked for.
    private static readonly string[] Notes = ["chosen_notes", "rejected_notes"];

    private static readonly string[] Conversations = ["prompt", "chosen", "rejected"];

    /// <summary>Whether a column is one of the record's, so that its presence and numbers are checked here.</summary>
    public static bool Has(string column) => Columns.ContainsKey(column) || IsOfCriterion(column);

    public static void Check(JsonElement row, Findings findings)
    {
        var holds = true;
        // Each search in a row goes through all of it.
        var all = row.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        foreach (var (name, value) in Columns)
            holds &= Check(all, name, value, findings);
        holds &= CheckCriteria(all, findings);
        foreach (var property in row.EnumerateObject())
            if (
                !Columns.ContainsKey(property.Name)
                && !Conversations.Contains(property.Name)
                && !Notes.Contains(property.Name)
                && !IsCriterion(all, property.Name)
            )
                findings.Error(
                    "unknown-column",
                    $"'{property.Name}' is no column of the record.",
                    "Leave it out, or leave out 'schema_version': then others may stand beside prompt, chosen and rejected."
                );
        foreach (var column in Conversations.Where(c => row.TryGetProperty(c, out _)))
        foreach (var message in row.GetProperty(column).EnumerateArray())
            if (!Roles.Contains(message.GetProperty("role").GetString()))
                findings.Error(
                    "unknown-role",
                    $"'{column}' has a role that the record does not have.",
                    "Name system, user or assistant."
                );
        if (holds)
            CheckNumbers(row, findings);
    }

    private static void CheckNumbers(JsonElement row, Findings findings)
    {
        double Of(string column) => row.GetProperty(column).GetDouble();

        var difference = Of("chosen_score") - Of("rejected_score");
        if (Math.Abs(Of("score_margin") - difference) > Tolerance)
            findings.Error(
                "margin-differs",
                $"'score_margin' is {row.GetProperty("score_margin").GetRawText()}, but the scores differ by {Core.Domain.NumberText.Of(difference)}.",
                "Export again, or compute it from the scores."
            );
        if ((Of("agreement") == Undefined) != row.GetProperty("agreement_metric").ValueEquals("undefined"))
            findings.Error(
                "agreement-undefined",
                "Of 'agreement' and 'agreement_metric' only one says that the agreement is undefined.",
                "Write -2.0 together with \"undefined\", and a metric's name with any other number."
            );
        if (Of("grader_wins") + Of("grader_ties") + Of("grader_losses") != Of("n_common_graders"))
            findings.Error(
                "votes-differ",
                "'grader_wins', 'grader_ties' and 'grader_losses' do not add up to 'n_common_graders'.",
                "Export again, or count each common grader once."
            );
    }

    private static bool CheckCriteria(Dictionary<string, JsonElement> row, Findings findings)
    {
        var (holds, any) = (true, false);
        foreach (var name in row.Keys)
            if (name.StartsWith(Weight, StringComparison.Ordinal))
            {
                any = true;
                var criterion = name[Weight.Length..];
                holds &= Check(row, name, Unit, findings);
                holds &= Check(row, $"chosen_{criterion}", Score, findings);
                holds &= Check(row, $"rejected_{criterion}", Score, findings);
            }
        if (!any)
            findings.Error(
                "missing-column",
                "The row has no criterion.",
                $"Give it 'chosen_', 'rejected_' and '{Weight}' with the id of each criterion."
            );
        return holds && any;
    }

    private static bool Check(Dictionary<string, JsonElement> row, string name, Value value, Findings findings)
    {
        if (!row.TryGetValue(name, out var found))
        {
            findings.Error(
                "missing-column",
                $"The row has no '{name}', which the record of schema_version 1.0 needs.",
                "Export again, or leave out 'schema_version'."
            );
            return false;
        }
        if (!ShapeCheck.Holds(found, name, value.Shape, findings))
            return false;
        if (value.Wrong(found) is not { } wrong)
            return true;
        findings.Error("record-value", $"'{name}' {wrong}.", "Export again, or correct what made the file.");
        return false;
    }

    private static bool IsOfCriterion(string column) =>
        column.StartsWith(Weight, StringComparison.Ordinal)
        || column.StartsWith("chosen_", StringComparison.Ordinal)
        || column.StartsWith("rejected_", StringComparison.Ordinal);

    private static bool IsCriterion(Dictionary<string, JsonElement> row, string column) =>
        IsOfCriterion(column) && row.ContainsKey(Weight + column[(column.IndexOf('_', StringComparison.Ordinal) + 1)..]);

    private static Value Between(double low, double high) =>
        new(
            Shape.Number,
            v => v.GetDouble() is var number && number >= low && number <= high ? null : $"is not between {low} and {high}"
        );

    private static Value AtLeast(long least) => new(Shape.Whole, v => v.GetInt64() >= least ? null : $"is below {least}");

    private static Value OneOf(string[] names) =>
        new(Shape.Text, v => names.Contains(v.GetString()) ? null : $"is none of {string.Join(", ", names)}");

    private static Value Hex(int digits) =>
        new(Shape.Text, v => IsHex(v, digits) ? null : $"is not {digits} hex digits in lower case");

    private static bool IsHex(JsonElement value, int digits) =>
        value.GetString() is { } text && text.Length == digits && !text.AsSpan().ContainsAnyExcept(HexDigits);
}
