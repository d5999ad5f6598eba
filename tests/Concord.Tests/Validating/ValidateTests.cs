using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets.Reading;
using Concord.Pipeline.Exporting;
using Concord.Pipeline.Validating;
using Concord.Tests.Support;

namespace Concord.Tests.Validating;

/// <summary>A good dataset passes; of another the line and the rule are named.</summary>
public sealed class ValidateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Good => [.. Samples.Names];

    [Theory]
    [MemberData(nameof(Good))]
    public void Good_rows_pass_and_tell_their_format(string name)
    {
        _folder.Write("good.jsonl", $"{Samples.Row(name, 1)}\n{Samples.Row(name, 2)}\n{Samples.Row(name, 3)}\n");

        var report = DatasetValidation.Run([(_folder["good.jsonl"], "good.jsonl")], null, 20);

        Assert.Equal((Samples.FormatOf(name), 3L, 0L), (report.Format, report.Rows, report.Errors));
        // Three good rows of one class are worth a word, and so is what TRL does with UltraFeedback.
        Assert.Equal(
            name switch
            {
                "kto" => ["class-balance"],
                "ultrafeedback" => ["concatenation"],
                _ => (string[])[],
            },
            report.Problems.Select(p => p.Rule)
        );
    }

    [Theory]
    // What any loader stumbles over.
    [InlineData("trl", "\"<h1>25:00</h1>\"", "null", "2 null")]
    [InlineData("trl", "\"<h1>25:00</h1>\"", "7", "2 type-changes", "2 wrong-type")]
    [InlineData("trl", "<h1>25:00</h1>", "\\ud83d", "2 lone-surrogate")]
    [InlineData("trl", "{\"prompt\"", "{\"chosen\":\"\",\"prompt\"", "2 duplicate-key")]
    [InlineData("trl", "{\"prompt\"", "{\"source\":\"x\",\"prompt\"", "2 columns-change", "3 columns-change")]
    [InlineData("ratings", "4.5", "NaN", "2 non-finite")]
    [InlineData("ratings", "4.5", "1e999", "2 non-finite")]
    [InlineData("ratings", "4.5", "4", "2 whole-number")]
    [InlineData("ratings", "4.5", "\"high\"", "2 type-changes")]
    [InlineData("ratings", ",\"functionality\":4.5,\"aesthetics\":4.0", "", "2 missing-column")]
    // What a trainer takes for something else.
    [InlineData(
        "trl",
        "{\"prompt\"",
        "{\"images\":[\"a.png\"],\"prompt\"",
        "2 columns-change",
        "2 reserved-column",
        "3 columns-change"
    )]
    [InlineData("trl", "{\"prompt\"", "{\"margin\":0.5,\"prompt\"", "2 columns-change", "2 reserved-column", "3 columns-change")]
    [InlineData(
        "trl",
        "{\"prompt\"",
        "{\"type\":\"a\",\"payload\":\"b\",\"prompt\"",
        "2 agent-trace",
        "2 columns-change",
        "2 columns-change",
        "3 columns-change",
        "3 columns-change"
    )]
    [InlineData("trl", "\"prompt\":\"Draw 2.\\n\\n\",", "", "2 columns-change", "2 implicit-prompt")]
    [InlineData("trl", "\"<h1>25:00</h1>\"", "\"Draw 2. <h1>\"", "2 repeated-prompt")]
    // Pairs that prefer nothing.
    [InlineData("trl", "<p>timer</p>", "<h1>25:00</h1>", "2 equal-replies")]
    [InlineData("trl", "<p>timer</p>", " \\n", "2 empty-content")]
    [InlineData("trl", ",\"rejected\":\"<p>timer</p>\"", "", "2 missing-column")]
    // Who speaks when.
    [InlineData("trl-conversational", "\"system\"", "\"user\"", "2 role-order")]
    [InlineData("trl-conversational", "\"user\"", "\"system\"", "2 role-order")]
    [InlineData("trl-conversational", "\"user\"", "\"model\"", "2 unknown-role")]
    [InlineData("trl-conversational", "\"assistant\",\"content\":\"<p>", "\"user\",\"content\":\"<p>", "2 role-order")]
    [InlineData("trl-conversational", "Draw 2.", "", "2 empty-content")]
    [InlineData(
        "trl-conversational",
        "[{\"role\":\"assistant\",\"content\":\"<h1>",
        "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"Draw 2.\"},{\"role\":\"assistant\",\"content\":\"<h1>",
        "2 repeated-prompt"
    )]
    [InlineData("sft", ",{\"role\":\"assistant\",\"content\":\"<h1>25:00</h1>\"}", "", "2 role-order")]
    [InlineData("axolotl", "{\"role\":\"assistant\",\"content\":\"<h1>", "{\"role\":\"user\",\"content\":\"<h1>", "2 role-order")]
    [InlineData("llama-factory", "\"human\"", "\"user\"", "2 role-order")]
    [InlineData("llama-factory", "{\"from\":\"gpt\",\"value\":\"<p>", "{\"from\":\"human\",\"value\":\"<p>", "2 role-order")]
    // Each format's own.
    [InlineData(
        "openai-dpo",
        "[{\"role\":\"assistant\",\"content\":\"<h1>",
        "[{\"role\":\"assistant\",\"content\":\"Here.\"},{\"role\":\"assistant\",\"content\":\"<h1>",
        "2 one-message"
    )]
    [InlineData(
        "openai-dpo",
        "{\"input\"",
        "{\"id\":\"7\",\"input\"",
        "2 columns-change",
        "2 unknown-column",
        "3 columns-change"
    )]
    [InlineData("kto", "true", "\"true\"", "2 type-changes", "2 wrong-type", "class-balance")]
    [InlineData(
        "reward",
        "\"rejected\":[{\"role\":\"user\",\"content\":\"Draw 2.\"}",
        "\"rejected\":[{\"role\":\"user\",\"content\":\"Paint.\"}",
        "2 prompts-differ"
    )]
    [InlineData("ultrafeedback", "\"chosen-rating\":4.3", "\"chosen-rating\":1.3", "2 rating-order", "concatenation")]
    [InlineData("nemo-rl", "\"rank\":1", "\"rank\":0", "2 ranks")]
    [InlineData("hh", "\"chosen\":\"\\n\\nHuman:", "\"chosen\":\"Human:", "2 transcript")]
    [InlineData("hh", "<h1>25:00</h1>", "<h1>25:00</h1>\\n\\nHuman: Thanks.", "2 transcript")]
    [InlineData("hh", "\"rejected\":\"\\n\\nHuman: Draw 2.", "\"rejected\":\"\\n\\nHuman: Draw.", "2 prompts-differ")]
    // The record's.
    [InlineData("record", "\"score_margin\":2.2", "\"score_margin\":2.3", "2 margin-differs")]
    [InlineData("record", "\"agreement\":0.61", "\"agreement\":-2.0", "2 agreement-undefined")]
    [InlineData("record", "krippendorff_alpha_ordinal", "undefined", "2 agreement-undefined")]
    [InlineData("record", "\"agreement\":0.61", "\"agreement\":1.61", "2 record-value")]
    [InlineData("record", "\"grader_wins\":4", "\"grader_wins\":3", "2 votes-differ")]
    [InlineData("record", "\"weight_clarity\":1.0", "\"weight_clarity\":1.5", "2 record-value")]
    [InlineData("record", "fd0002\"", "\"", "2 record-value")]
    [InlineData("record", "fd0002\"", "fd0001\"", "2 duplicate-pair-id")]
    [InlineData("record", "fd0002\"", "fd000\\u0031\"", "2 duplicate-pair-id")]
    [InlineData("record", "\"split_key\":\"bars-2\"", "\"split_key\":\"bars-1\"")]
    [InlineData(
        "record",
        "\"split\":\"train\",\"split_key\":\"bars-2\"",
        "\"split\":\"test\",\"split_key\":\"bars-1\"",
        "2 split-leak"
    )]
    [InlineData(
        "record",
        "\"tags\"",
        "\"labels\"",
        "2 columns-change",
        "2 missing-column",
        "2 unknown-column",
        "3 columns-change"
    )]
    [InlineData("record", "\"confidence_seed\":42,", "", "2 missing-column")]
    public void A_planted_fault_is_named_by_line_and_rule(string name, string good, string bad, params string[] found)
    {
        var row = Samples.Row(name, 2);
        Assert.Contains(good, row, StringComparison.Ordinal);
        var at = row.IndexOf(good, StringComparison.Ordinal);
        var planted = row[..at] + bad + row[(at + good.Length)..];
        _folder.Write("bad.jsonl", $"{Samples.Row(name, 1)}\n{planted}\n{Samples.Row(name, 3)}\n");

        var report = DatasetValidation.Run([(_folder["bad.jsonl"], "bad.jsonl")], Samples.FormatOf(name), 20);

        Assert.Equal(found.Order(), report.Problems.Select(p => p.Line is { } line ? $"{line} {p.Rule}" : p.Rule).Order());
    }

    [Fact]
    public void What_comes_again_or_is_empty_throughout_is_told()
    {
        var row = Samples.Row("trl", 1).Replace("{\"prompt\"", "{\"tags\":[],\"prompt\"", StringComparison.Ordinal);
        _folder.Write("a.jsonl", row + "\n");
        _folder.Write("b.jsonl", $"{row.Replace("Draw 1", "Draw 2", StringComparison.Ordinal)}\n{row}\n");

        var report = DatasetValidation.Run([(_folder["a.jsonl"], "a.jsonl"), (_folder["b.jsonl"], "b.jsonl")], "trl", 20);

        Assert.Equal(
            [("b.jsonl:2", "duplicate-row"), ("a.jsonl", "empty-lists")],
            report.Problems.Select(p => (p.Place, p.Rule))
        );
        Assert.Contains("the same as a.jsonl:1", report.Problems[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_family_in_the_files_of_two_splits_is_a_leak()
    {
        _folder.Write("set/data/train-00000-of-00001.jsonl", Samples.Row("record", 1) + "\n");
        _folder.Write(
            "set/data/test-00000-of-00001.jsonl",
            $"{Samples.Row("record", 2).Replace("\"bars-2\",\"grades", "\"bars-1\",\"grades", StringComparison.Ordinal)}\n{Samples.Row("record", 3).Replace("\"train\"", "\"test\"", StringComparison.Ordinal)}\n"
        );
        var files = DatasetReader.Files(_folder["set"], "set");

        Assert.Equal(
            [("set/data/test-00000-of-00001.jsonl:1", "split-file")],
            DatasetValidation.Run(files, null, 20).Problems.Select(p => (p.Place, p.Rule))
        );
        _folder.Write(
            "set/data/test-00000-of-00001.jsonl",
            _folder.Read("set/data/test-00000-of-00001.jsonl").Replace("\"train\"", "\"test\"", StringComparison.Ordinal)
        );
        Assert.Equal(
            [("set/data/train-00000-of-00001.jsonl:1", "split-leak")],
            DatasetValidation.Run(files, null, 20).Problems.Select(p => (p.Place, p.Rule))
        );
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_prompt_in_the_files_of_two_splits_is_a_leak_told_once(string name)
    {
        string Changed(int row, string with) =>
            Samples
                .Row(name, row)
                .Replace("25:00", with, StringComparison.Ordinal)
                .Replace("\"Draw", "\"\\u0044raw", StringComparison.Ordinal)
                .Replace("\"split\":\"train\"", "\"split\":\"test\"", StringComparison.Ordinal)
                .Replace("\"split_key\":\"bars", $"\"split_key\":\"x{with}", StringComparison.Ordinal);
        _folder.Write("train-0.jsonl", $"{Samples.Row(name, 1)}\n{Samples.Row(name, 2)}\n");
        _folder.Write("test.jsonl", $"{Changed(1, "1")}\n{Changed(1, "2")}\n{Changed(3, "3")}\n");

        var report = DatasetValidation.Run(
            [(_folder["train-0.jsonl"], "train-0.jsonl"), (_folder["test.jsonl"], "test.jsonl")],
            Samples.FormatOf(name),
            20
        );

        // Those have no prompt of their own.
        Assert.Equal(
            name is "hh" or "sft" or "reward" ? [] : (string[])["test.jsonl:1"],
            report.Problems.Where(p => p.Rule == "split-leak").Select(p => p.Place)
        );
    }

    [Theory]
    [InlineData("data/train-00000-of-00001.jsonl", "train")]
    [InlineData("train-0.jsonl", "train")]
    [InlineData("x/test.parquet", "test")]
    [InlineData("val_1.jsonl.gz", "validation")]
    [InlineData("testing.jsonl", null)]
    [InlineData("part-0.jsonl", null)]
    public void The_name_of_a_file_may_tell_its_split(string file, string? split) => Assert.Equal(split, RowPair.SplitOf(file));

    [Theory]
    [InlineData(2, 1, null)]
    [InlineData(3, 1, "Of the dataset's rows 3 are true and 1 is false.")]
    [InlineData(1, 0, "Of the dataset's rows 1 is true, and none is the other.")]
    public void Classes_are_told_where_one_is_more_than_twice_the_other(int yes, int no, string? what)
    {
        var rows = Enumerable.Range(0, yes + no).Select(i => Samples.Row("kto", i).Replace("true", i < yes ? "true" : "false"));
        _folder.Write("a.jsonl", string.Join('\n', rows));

        var report = DatasetValidation.Run([(_folder["a.jsonl"], "a.jsonl")], "kto", 20);

        Assert.Equal(what is null ? [] : [("", what)], report.Problems.Select(p => (p.Path, p.What)));
    }

    public static TheoryData<string> Bombs => ["columns", "missing", "missing within", "messages", "weights"];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void The_time_is_linear_in_what_a_file_has(string what)
    {
        string Many(int count, Func<int, string> of) => string.Join(',', Enumerable.Range(0, count).Select(of));
        var (format, text) = what switch
        {
            "columns" => ("trl", $"{{{Many(300_000, i => $"\"c{i}\":1")}}}"),
            "missing" => ("trl", $"{{{Many(9_000, i => $"\"c{i}\":1")}}}\n{string.Concat(Enumerable.Repeat("{}\n", 20_000))}"),
            "missing within" => ("trl", $"{{\"a\":[{{{Many(9_000, i => $"\"c{i}\":1")}}},{Many(200_000, _ => "{}")}]}}"),
            "messages" => (
                "sft",
                $"{{\"messages\":[{Many(200_000, i => $"{{\"role\":\"{(i % 2 == 0 ? "user" : "assistant")}\",\"content\":\"a\"}}")}]}}"
            ),
            _ => (
                "trl-conversational",
                string.Concat(
                    Enumerable.Repeat(
                        Samples.Row("record", 1).Replace("\"tags\"", Many(9_000, i => $"\"weight_{i}\":1.0") + ",\"tags\"")
                            + "\n",
                        5
                    )
                )
            ),
        };
        _folder.Write("bomb.jsonl", text);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var report = DatasetValidation.Run([(_folder["bomb.jsonl"], "bomb.jsonl")], format, 1);

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal(what == "columns", report.Problems.Any(p => p.Rule == "too-many-columns"));
    }

    [Fact]
    public void A_finding_does_not_repeat_a_name_of_megabytes()
    {
        _folder.Write("a.jsonl", $"{Samples.Row("trl", 1)}\n{{\"{new string('x', 1 << 20)}\":{{\"y\":null}}}}\n");

        var report = DatasetValidation.Run([(_folder["a.jsonl"], "a.jsonl")], "trl", 20);

        Assert.All(report.Problems, p => Assert.InRange(p.What.Length, 1, 2001));
        Assert.Contains(report.Problems, p => p.Rule == "null");
    }

    [Theory]
    [InlineData("trl-standard.jsonl", "trl")]
    [InlineData("trl-conversational.jsonl", "trl-conversational")]
    [InlineData("canonical.jsonl", "trl-conversational", "whole-number")]
    [InlineData("openai-dpo.jsonl", "openai-dpo")]
    [InlineData("trl-kto.jsonl", "kto")]
    [InlineData("trl-reward.jsonl", "reward")]
    [InlineData("ultrafeedback-argilla.jsonl", "ultrafeedback", "concatenation")]
    [InlineData("llama-factory-dpo.jsonl", "llama-factory")]
    [InlineData("axolotl-dpo.jsonl", "axolotl")]
    [InlineData("helpsteer2-style.jsonl", "ratings", "whole-number")]
    [InlineData("nemo-rl-preference.jsonl", "nemo-rl")]
    [InlineData("anthropic-hh.jsonl", "hh")]
    [InlineData("openai-sft.jsonl", "sft")]
    public void The_samples_are_accepted(string sample, string format, params string[] rules)
    {
        var report = DatasetValidation.Run([(SourceTree.Reference($"export/samples/{sample}"), sample)], null, 20);

        Assert.Equal((format, 0L), (report.Format, report.Errors));
        Assert.Equal(rules, report.Problems.Select(p => p.Rule));
    }

    [Theory]
    [InlineData("axolotl-bt-reward.jsonl")]
    [InlineData("llama-factory-kto.jsonl")]
    [InlineData("nectar-style.jsonl")]
    [InlineData("nemo-aligner-dpo.jsonl")]
    [InlineData("trl-prompt-only.jsonl")]
    public void Samples_of_formats_that_are_not_exported_are_told_apart(string sample) =>
        Assert.Equal(
            "format-unknown",
            Assert
                .Throws<ConcordException>(() =>
                    DatasetValidation.Run([(SourceTree.Reference($"export/samples/{sample}"), sample)], null, 20)
                )
                .Problems[0]
                .Rule
        );

    [Fact]
    public void The_first_sample_of_a_Parquet_file_has_what_a_trainer_stumbles_over()
    {
        var report = DatasetValidation.Run([(SourceTree.Reference("export/samples/from-csharp-pure.parquet"), "x")], null, 1);

        // It was made to try the file, not the columns.
        Assert.Equal([("x:1", "reserved-column"), ("x:2", "null")], report.Problems.Select(p => (p.Place, p.Rule)));
        Assert.Equal(2000, report.Rows);
    }

    [Fact]
    public void The_formats_are_those_of_export() => Assert.Equal(Names.All<ExportFormat>(), DatasetValidation.Formats);

    [Fact]
    public void The_reserved_columns_are_those_of_the_trainers()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SourceTree.Reference("export/reserved-columns.json")));
        string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(e => e.GetString()!)];

        Assert.Equal(Texts(file.RootElement.GetProperty("never_in_pref_rows")), ReservedColumns.Never);
        Assert.Equal(Texts(file.RootElement.GetProperty("consumed_only_by_reward")), ReservedColumns.OnlyReward);
        Assert.Equal(
            file.RootElement.GetProperty("agent_trace_schemas_to_avoid").EnumerateArray().Select(Texts),
            ReservedColumns.AgentTraces
        );
    }

    [Fact]
    public void The_record_has_the_columns_of_its_schema()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(SourceTree.Reference("export/export-record.schema.json")));
        var row = JsonDocument.Parse(Samples.Row("record", 1)).RootElement;

        // The sample's criteria are two others.
        var wanted = file.RootElement.GetProperty("required").EnumerateArray().Select(c => c.GetString()!);
        Assert.Equal(
            wanted.Where(c =>
                !c.EndsWith("_functionality", StringComparison.Ordinal) && !c.EndsWith("_aesthetics", StringComparison.Ordinal)
            ),
            row.EnumerateObject().Select(p => p.Name).Where(c => !c.EndsWith("_clarity", StringComparison.Ordinal))
        );
    }
}
