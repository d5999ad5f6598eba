using System.Text.Json;
using Concord.Tests.Support;

namespace Concord.Tests.Validating;

/// <summary>What <c>concord validate</c> and <c>concord stats</c> print.</summary>
public sealed class DatasetCommandsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_finding_has_its_place_and_the_way_to_mend_it()
    {
        _folder.Write(
            "a.jsonl",
            $"{Samples.Row("trl", 1)}\n{Samples.Row("trl", 2).Replace("<p>timer</p>", "<h1>25:00</h1>", StringComparison.Ordinal)}\n"
        );

        var result = await CommandLine.RunAsync(_folder.Path, "validate", "a.jsonl", "--format", "trl");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            """
            error: a.jsonl:2: 'chosen' and 'rejected' are the same. Leave the pair out: it prefers nothing. [equal-replies]
            2 rows of 1 file as trl: 1 error, 0 warnings, 0 notices.
            Over 1024 tokens, where trainers cut by default: 0 rows (0 %), estimated at 4 characters a token.

            """.ReplaceLineEndings("\n"),
            result.Out.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public async Task Of_many_findings_of_a_rule_the_rest_is_counted()
    {
        _folder.Write(
            "a.jsonl",
            string.Concat(Enumerable.Range(0, 30).Select(i => $"{{\"prompt\":\"{i}\",\"chosen\":\"a\",\"rejected\":\"a\"}}\n"))
        );

        var text = await CommandLine.RunAsync(_folder.Path, "validate", "a.jsonl", "--most", "3");
        var json = await CommandLine.RunAsync(_folder.Path, "validate", "a.jsonl", "--most", "3", "--json");

        Assert.Contains(
            "\n… and 27 more [equal-replies].\n30 rows of 1 file as trl, told from the columns: 30 errors, ",
            text.Out.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
        using var document = JsonDocument.Parse(json.Out);
        Assert.Equal(1, json.ExitCode);
        Assert.Equal(
            (30, 3, 27, true),
            (
                document.RootElement.GetProperty("errors").GetInt32(),
                document.RootElement.GetProperty("problems").GetArrayLength(),
                document.RootElement.GetProperty("more").GetProperty("equal-replies").GetInt32(),
                document.RootElement.GetProperty("told_from_columns").GetBoolean()
            )
        );
    }

    [Fact]
    public async Task Warnings_fail_only_where_asked()
    {
        _folder.Write("a.jsonl", Samples.Row("ratings", 1).Replace("4.0", "4", StringComparison.Ordinal) + "\n");

        Assert.Equal(0, (await CommandLine.RunAsync(_folder.Path, "validate", "a.jsonl")).ExitCode);
        Assert.Equal(1, (await CommandLine.RunAsync(_folder.Path, "validate", "a.jsonl", "--fail-on", "warning")).ExitCode);
    }

    [Theory]
    [InlineData("none.jsonl", "There is no such file")]
    [InlineData("notes.txt", "The name does not say")]
    [InlineData("empty.jsonl", "There is no row to tell the format by")]
    [InlineData("other.jsonl", "No format has the columns 'text'. Name one with --format: trl, ")]
    public async Task What_cannot_be_read_or_told_is_refused(string file, string why)
    {
        _folder.Write("notes.txt", "");
        _folder.Write("empty.jsonl", "");
        _folder.Write("other.jsonl", "{\"text\":\"a\"}\n");

        var result = await CommandLine.RunAsync(_folder.Path, "validate", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("validate")]
    [InlineData("stats")]
    public async Task Where_no_line_can_be_read_the_lines_are_told_first(string command)
    {
        _folder.Write("a.jsonl", "{\"prompt\"\n{]\n");

        var result = await CommandLine.RunAsync(_folder.Path, command, "a.jsonl");

        Assert.Equal(2, result.ExitCode);
        Assert.Matches(
            @"(?s)a\.jsonl:1:\d+: This is not JSON.*a\.jsonl:2:\d+: This is not.*There is no row to tell",
            result.Error
        );
    }

    [Fact]
    public async Task Statistics_take_the_format_that_is_named()
    {
        _folder.Write("a.jsonl", Samples.Row("hh", 1) + "\n");

        Assert.Contains(
            "1 row of 1 file as trl.",
            (await CommandLine.RunAsync(_folder.Path, "stats", "a.jsonl", "--format", "trl")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_broken_file_is_a_finding_beside_the_others()
    {
        _folder.Write("data/a.parquet", "no parquet, though it is long enough");
        _folder.Write("data/b.jsonl", Samples.Row("trl", 1) + "\n");

        var result = await CommandLine.RunAsync(_folder.Path, "validate", ".", "--format", "trl");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ./data/a.parquet: The Parquet file is broken", result.Out, StringComparison.Ordinal);
        Assert.Contains("1 row of 2 files as trl: 1 error", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statistics_count_and_measure_what_the_columns_offer()
    {
        _folder.Write(
            "a.jsonl",
            string.Concat(
                Enumerable
                    .Range(1, 4)
                    .Select(i =>
                        Samples
                            .Row("record", i)
                            .Replace("<h1>25:00</h1>", new string('x', 1500 * i), StringComparison.Ordinal)
                            .Replace("\"score_margin\":2.2", $"\"score_margin\":{i}.0", StringComparison.Ordinal) + "\n"
                    )
            )
        );

        var text = await CommandLine.RunAsync(_folder.Path, "stats", "a.jsonl");
        var json = await CommandLine.RunAsync(_folder.Path, "stats", "a.jsonl", "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains("b/y         0         4", text.Out, StringComparison.Ordinal);
        Assert.Matches(@"\nchosen is longer \(share of pairs\) +1\r?\n", text.Out);
        var root = JsonDocument.Parse(json.Out).RootElement;
        Assert.Equal(
            (4, 4, 2),
            (
                root.GetProperty("rows").GetInt32(),
                root.GetProperty("pairs").GetInt32(),
                root.GetProperty("rows_over1024_tokens").GetInt32()
            )
        );
        Assert.Equal(3750, root.GetProperty("chosen_chars").GetProperty("median").GetDouble());
        Assert.Equal(1, root.GetProperty("length_bias").GetProperty("margin_correlation").GetDouble());
        Assert.Equal(4, root.GetProperty("splits").GetProperty("train").GetInt32());
        Assert.Equal(4, root.GetProperty("challenges").EnumerateObject().Count());
    }

    [Fact]
    public async Task What_is_undefined_says_so()
    {
        _folder.Write("a.jsonl", Samples.Row("trl", 1) + "\n");

        var text = await CommandLine.RunAsync(_folder.Path, "stats", "a.jsonl");

        Assert.Contains("correlation of length difference and margin  undefined", text.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("strategy", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public void A_million_lines_are_checked_in_constant_memory()
    {
        var row = Samples.Row("record", 1);
        var id = row.IndexOf("031c", StringComparison.Ordinal);
        using (var file = new StreamWriter(_folder["many.jsonl"]))
            for (var i = 0; i < 1_000_000; i++)
                file.Write($"{row[..id]}{i:x64}{row[(id + 64)..]}\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var rows = 0L;
        foreach (var _ in Concord.Pipeline.Datasets.Reading.DatasetReader.Read(_folder["many.jsonl"], "many"))
            if (++rows % 100_000 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);

        Assert.Equal(1_000_000, rows);
        Assert.InRange(most, 0, 2_000_000);

        var report = Concord.Pipeline.Validating.DatasetValidation.Run([(_folder["many.jsonl"], "many")], null, 20);

        Assert.Equal((1_000_000, 0), (report.Rows, report.Errors));
        // Two digests of each row, and what is kept to be printed.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: false) - before, 0, 200_000_000);
    }
}
