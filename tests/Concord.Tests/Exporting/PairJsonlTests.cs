using System.Text;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Exporting;
using Concord.Tests.Domain.Preferences;

namespace Concord.Tests.Exporting;

public sealed class PairJsonlTests
{
    // The samples of the design: trl-standard.jsonl and trl-conversational.jsonl.
    private const string Trl =
        """{"prompt":"You are a front-end engineer.\n\nBuild a single-file HTML pomodoro timer.\n\n","chosen":"<!doctype html><title>Pomodoro</title><h1>25:00</h1>","rejected":"<h1>timer</h1>"}""";

    private const string Conversational =
        """{"prompt":[{"role":"system","content":"You are a front-end engineer."},{"role":"user","content":"Build a single-file HTML pomodoro timer."}],"chosen":[{"role":"assistant","content":"<!doctype html><title>Pomodoro</title><h1>25:00</h1>"}],"rejected":[{"role":"assistant","content":"<h1>timer</h1>"}]}""";

    private static readonly Message[] Prompt =
    [
        new("system", "You are a front-end engineer."),
        new("user", "Build a single-file HTML pomodoro timer."),
    ];

    private static PreferencePair Pair(string chosen, string rejected) =>
        new(ChallengeId.Parse("bars"), Given.Candidate("a", 5, text: chosen), Given.Candidate("b", 3, text: rejected), 2, 2);

    private static byte[] Write(string chosen, ExportFormat format = ExportFormat.Trl, params Message[] prompt) =>
        PairJsonl.Write([Pair(chosen, "<h1>timer</h1>")], [prompt], format);

    [Theory]
    [InlineData(ExportFormat.Trl, Trl)]
    [InlineData(ExportFormat.TrlConversational, Conversational)]
    public void A_line_is_the_sample_of_its_format_to_the_byte(ExportFormat format, string expected) =>
        Assert.Equal(
            Encoding.UTF8.GetBytes(expected + "\n"),
            Write("<!doctype html><title>Pomodoro</title><h1>25:00</h1>", format, Prompt)
        );

    [Fact]
    public void Each_pair_is_one_line_that_ends_in_LF_without_a_byte_order_mark()
    {
        var bytes = PairJsonl.Write(
            [Pair("one\r\ntwo", "x"), Pair("three\u2028", "y")],
            [Prompt, Prompt],
            ExportFormat.TrlConversational
        );
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        Assert.Equal((3, ""), (lines.Length, lines[2]));
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.DoesNotContain('\u2028', lines[1]);
        Assert.All(lines[..2], line => Assert.StartsWith("{\"prompt\":[", line, StringComparison.Ordinal));
        Assert.Equal(
            "one\r\ntwo",
            JsonDocument.Parse(lines[0]).RootElement.GetProperty("chosen")[0].GetProperty("content").GetString()
        );
    }

    [Fact]
    public void Markup_and_letters_of_any_script_stand_as_they_are()
    {
        var text = Encoding.UTF8.GetString(Write("<b class='x'>é & + 中 שלום</b>"));
        Assert.Contains("<b class='x'>é & + 中 שלום</b>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lone_surrogates_become_U_FFFD_and_pairs_stay()
    {
        var line = JsonDocument.Parse(Write("a\uD800b \uDC00 \U0001F600\uD83D"));
        Assert.Equal("a\uFFFDb \uFFFD \U0001F600\uFFFD", line.RootElement.GetProperty("chosen").GetString());
    }

    [Fact]
    public void In_strings_the_messages_are_trimmed_at_the_end_and_followed_by_one_blank_line()
    {
        var line = JsonDocument.Parse(Write("x", ExportFormat.Trl, new("system", "  One\n\n\n"), new("user", "Two \r\n")));
        Assert.Equal("  One\n\nTwo\n\n", line.RootElement.GetProperty("prompt").GetString());
    }

    [Fact]
    public void No_pairs_are_no_bytes() => Assert.Empty(PairJsonl.Write([], [], ExportFormat.Trl));

    [Fact]
    public void A_prompt_too_few_is_refused() =>
        Assert.Throws<ArgumentException>(() => PairJsonl.Write([Pair("x", "y")], [], ExportFormat.Trl));
}
