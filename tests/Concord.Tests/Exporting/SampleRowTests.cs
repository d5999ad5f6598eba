using System.Text;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Core.Statistics;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Exporting;
using Concord.Pipeline.Exporting.Formats;
using Concord.Tests.Domain.Preferences;
using Concord.Tests.Support;

namespace Concord.Tests.Exporting;

/// <summary>Rows beside the samples of the formats, which say what each trainer reads.</summary>
public sealed class SampleRowTests
{
    private static readonly Message[] Prompt =
    [
        new("system", "You are a front-end engineer."),
        new("user", "Build a single-file HTML pomodoro timer."),
    ];

    private static readonly Message[] Asked = [Prompt[1]];

    private static PairEvidence Pair(string chosen, Message[] prompt) =>
        new(
            new(
                ChallengeId.Parse("pomodoro-01"),
                Given.Candidate("org-a/model-x", 4.3, text: chosen),
                Given.Candidate("org-b/model-y", 2.1, text: "<h1>timer</h1>"),
                0.44,
                2
            ),
            prompt,
            ChallengeId.Parse("pomodoro-01"),
            Split.Train,
            new(2, 0, 0),
            new Estimate(null),
            2,
            ("", "", "")
        );

    private static string Line(Shape shape, object[] row)
    {
        using var stream = new MemoryStream();
        using var writer = new JsonLinesWriter(shape, stream);
        writer.Write(row);
        writer.Finish();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Line(
        ExportFormat format,
        Message[] prompt,
        string chosen = "<!doctype html><title>Pomodoro</title><h1>25:00</h1>"
    ) => PairFormat.Of(format) is { } pairs ? Line(pairs.Shape, pairs.Row(Pair(chosen, prompt))) : "";

    private static string Sample(string name) =>
        File.ReadLines(SourceTree.Reference($"export/samples/{name}.jsonl")).First() + "\n";

    [Theory]
    [InlineData("trl-standard", ExportFormat.Trl)]
    [InlineData("openai-dpo", ExportFormat.OpenaiDpo)]
    [InlineData("trl-reward", ExportFormat.Reward)]
    [InlineData("llama-factory-dpo", ExportFormat.LlamaFactory)]
    [InlineData("axolotl-dpo", ExportFormat.Axolotl)]
    [InlineData("nemo-rl-preference", ExportFormat.NemoRl)]
    public void A_pair_is_the_sample_of_its_format_to_the_byte(string sample, ExportFormat format) =>
        Assert.Equal(Sample(sample), Line(format, Prompt));

    [Theory]
    [InlineData("anthropic-hh", ExportFormat.Hh)]
    [InlineData("ultrafeedback-argilla", ExportFormat.Ultrafeedback)]
    public void So_it_is_where_only_a_person_asked(string sample, ExportFormat format) =>
        Assert.Equal(Sample(sample), Line(format, Asked));

    [Fact]
    public void An_output_is_the_sample_of_its_format_to_the_byte()
    {
        var output = Given.Candidate("a", 4.3, [4.5, 4], text: "<!doctype html><title>Pomodoro</title><h1>25:00</h1>");
        var (kto, sft) = (OutputFormat.Kto(4), OutputFormat.Sft);
        var ratings = OutputFormat.Ratings([Criterion("functionality"), Criterion("aesthetics")]);

        Assert.Equal(Sample("trl-kto"), Line(kto.Shape, kto.Row(output, Prompt)));
        Assert.Equal(Sample("openai-sft"), Line(sft.Shape, sft.Row(output, Prompt)));
        // The sample was written by a language in which 4.0 is 4.
        Assert.Equal(
            Sample("helpsteer2-style").Replace(":4}", ":4.0}", StringComparison.Ordinal),
            Line(ratings.Shape, ratings.Row(output, Asked))
        );
    }

    [Fact]
    public void Markup_and_letters_of_any_script_stand_as_they_are() =>
        Assert.Contains(
            "<b class='x'>é & + 中 שלום</b>",
            Line(ExportFormat.Trl, Prompt, "<b class='x'>é & + 中 שלום</b>"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Lone_surrogates_become_U_FFFD_and_pairs_stay()
    {
        var line = JsonDocument.Parse(Line(ExportFormat.Trl, Prompt, "a\uD800b \uDC00 \U0001F600\uD83D"));
        Assert.Equal("a\uFFFDb \uFFFD \U0001F600\uFFFD", line.RootElement.GetProperty("chosen").GetString());
    }

    [Fact]
    public void A_line_ends_in_LF_alone_whatever_line_ends_a_text_has()
    {
        var line = Line(ExportFormat.Trl, Prompt, "one\r\ntwo\u2028three");
        Assert.DoesNotContain('\r', line);
        Assert.DoesNotContain('\u2028', line);
        Assert.Equal("one\r\ntwo\u2028three", JsonDocument.Parse(line).RootElement.GetProperty("chosen").GetString());
    }

    [Fact]
    public void In_strings_the_messages_are_trimmed_at_the_end_and_followed_by_one_blank_line()
    {
        var line = Line(ExportFormat.Trl, [new("system", "  One\n\n\n"), new("user", "Two \r\n")]);
        Assert.Equal("  One\n\nTwo\n\n", JsonDocument.Parse(line).RootElement.GetProperty("prompt").GetString());
    }

    [Fact]
    public void Transcripts_put_the_systems_words_before_the_persons() =>
        Assert.StartsWith(
            """{"chosen":"\n\nHuman: You are a front-end engineer.\n\nBuild""",
            Line(ExportFormat.Hh, Prompt),
            StringComparison.Ordinal
        );

    private static Criterion Criterion(string id) =>
        new(CriterionId.Parse(id), id, "", new(0, 5, 1, MeasurementLevel.Ordinal), 0.5, new Dictionary<double, string>(), []);
}
