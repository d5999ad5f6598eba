using System.Text.Json;
using Concord.Pipeline.Exporting;
using Concord.Tests.Exporting;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary>The command as a maintainer uses it: where it writes, what it says, and that a release can be made again.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly GradedWorkspace _workspace = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(_workspace.Repository.Path, ["export", .. arguments]);

    [Theory]
    [InlineData("pairs.jsonl")]
    [InlineData("pairs.jsonl.gz")]
    [InlineData("pairs.parquet")]
    public async Task The_name_of_the_output_tells_the_kind_of_file(string name)
    {
        var result = await RunAsync("--output", _folder[name]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Wrote ", result.Error, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(_folder[name]);
        Assert.Equal(
            name[^3..] switch
            {
                "onl" => (byte)'{',
                ".gz" => (byte)0x1F,
                _ => (byte)'P',
            },
            bytes[0]
        );
    }

    [Theory]
    [InlineData("pairs.csv", "Let the file end so")]
    [InlineData("pairs.jsonl --file parquet", "Let it end in .parquet")]
    [InlineData("- --file parquet", "Standard output takes JSON lines")]
    [InlineData("pairs.jsonl --format trl --test 0.5", "Give --output a folder")]
    [InlineData("grades/pairs.jsonl", "belongs to the workspace")]
    [InlineData("out --validation 0.6 --test 0.6", "nothing for training")]
    [InlineData("out --min-margin x", "at least 0")]
    [InlineData("out --format parquet", "trl-conversational")]
    [InlineData("out --recipe no.yaml", "There is no such file")]
    [InlineData("out --weights colour=1", "has no criterion 'colour'")]
    [InlineData("out --format trl --with-notes", "no place for graders' notes")]
    public async Task What_does_not_go_is_refused_with_the_way_to_mend_it_and_nothing_is_written(string arguments, string words)
    {
        var before = Directory.GetFileSystemEntries(_workspace.Repository.Path).Order().ToArray();

        var result = await RunAsync(["--output", .. arguments.Split(' ')]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_workspace.Repository.Path).Order());
    }

    [Fact]
    public async Task Without_a_place_to_write_to_it_asks_for_one() =>
        Assert.Contains("'--output' is required, or '--dry-run'", (await RunAsync()).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_dry_run_reports_and_writes_no_dataset()
    {
        var result = await RunAsync("--dry-run", "--output", _folder["out"], "--report", _folder["report.json"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("8 pairs over 3 models", result.Error, StringComparison.Ordinal);
        Assert.Equal([_folder["report.json"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task The_report_has_every_rule_and_the_figures_of_length()
    {
        await RunAsync("--dry-run", "--report", _folder["report.json"], "--max-model-share", "0.5");

        using var report = JsonDocument.Parse(_folder.Read("report.json"));
        var rules = report.RootElement.GetProperty("rules").EnumerateArray().ToArray();
        Assert.Equal(
            Enum.GetNames<Concord.Core.Domain.Preferences.PairRule>().Length,
            rules.Select(r => r.GetProperty("rule").GetString()).Distinct().Count()
        );
        var share = rules.Single(r => r.GetProperty("rule").GetString() == "model-share");
        Assert.Equal(8, share.GetProperty("removed").GetInt32());
        Assert.Equal("0.5", report.RootElement.GetProperty("recipe").GetProperty("max_model_share").GetString());
        Assert.Equal("model-share", report.RootElement.GetProperty("emptied_by").GetString());
    }

    [Fact]
    public async Task A_release_is_made_again_to_the_byte_from_its_commit_and_its_recipe()
    {
        var commit = _workspace.Repository.Git("rev-parse", "HEAD");
        await RunAsync("--output", _folder["first"], "--at", commit, "--test", "0.3", "--salt", "s", "--min-margin", "0.5");
        // Later grades, and other rules in the workspace, change nothing of it.
        _workspace.Grade("ada", (_, m) => (m, m), "");
        _workspace.Repository.Commit("later");

        var again = await RunAsync("--output", _folder["again"], "--at", commit, "--recipe", _folder["first/recipe.yaml"]);

        Assert.True(again.ExitCode == 0, again.Error);
        foreach (var file in Directory.EnumerateFiles(_folder["first"], "*", SearchOption.AllDirectories))
            Assert.Equal(
                File.ReadAllBytes(file),
                File.ReadAllBytes(Path.Combine(_folder["again"], Path.GetRelativePath(_folder["first"], file)))
            );
    }

    [Fact]
    public async Task A_recipe_of_the_workspace_is_read_as_the_commit_has_it_and_options_win()
    {
        _workspace.Repository.Write("recipe.yaml", "min_margin: 4\n");
        _workspace.Repository.Commit("strict");
        _workspace.Repository.Write("recipe.yaml", "min_margin: 0.1\n");

        var committed = await RunAsync("--dry-run", "--recipe", "recipe.yaml", "--at", "HEAD");
        var lying = await RunAsync("--dry-run", "--recipe", "recipe.yaml");
        var option = await RunAsync("--dry-run", "--recipe", "recipe.yaml", "--min-margin", "3");

        Assert.Contains("(--min-margin 4)", committed.Error, StringComparison.Ordinal);
        Assert.Contains("(--min-margin 0.1)", lying.Error, StringComparison.Ordinal);
        Assert.Contains("(--min-margin 3)", option.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_no_commit_has_are_told_and_leave_the_commit_open()
    {
        Assert.DoesNotContain("commit it", (await RunAsync("--dry-run")).Error, StringComparison.Ordinal);
        _workspace.Grade("ada", (_, m) => (5 - m, 3 - m), "");

        var result = await RunAsync("--output", "-");

        Assert.Contains("nobody can make this dataset again: commit it", result.Error, StringComparison.Ordinal);
        var row = JsonDocument.Parse(result.Out.Split('\n')[0]).RootElement;
        Assert.Equal(ExportSource.NoCommit, row.GetProperty("grades_commit").GetString());
    }

    [Fact]
    public async Task The_commit_and_its_time_stand_in_every_record()
    {
        var row = JsonDocument.Parse((await RunAsync("--output", "-")).Out.Split('\n')[0]).RootElement;

        Assert.Equal(_workspace.Repository.Git("rev-parse", "HEAD"), row.GetProperty("grades_commit").GetString());
        // A commit of something else changes no byte of the dataset.
        _workspace.Repository.Write("notes.txt", "x");
        _workspace.Repository.Commit("something else");
        var later = JsonDocument.Parse((await RunAsync("--output", "-")).Out.Split('\n')[0]).RootElement;
        Assert.Equal(row.GetRawText(), later.GetRawText());
        _workspace.Repository.Git("reset", "-q", "--hard", "HEAD~1");
        Assert.Equal(
            long.Parse(_workspace.Repository.Git("log", "-1", "--format=%ct"), System.Globalization.CultureInfo.InvariantCulture)
                * 1000,
            row.GetProperty("exported_at_ms").GetInt64()
        );
    }

    [Fact]
    public async Task What_git_ignores_is_in_no_dataset_that_names_a_commit()
    {
        _workspace.Repository.Write(".gitignore", "screenshot.png\n");
        _workspace.Repository.Git("rm", "-q", "--cached", "benchmarks/outputs/bars/lab/one/screenshot.png");
        var commit = _workspace.Repository.Commit("pictures are drawn anew");

        var lying = await RunAsync("--output", "-");
        var named = await RunAsync("--output", "-", "--at", commit);

        Assert.Equal(named.Out, lying.Out);
        Assert.DoesNotContain("screenshot.png", lying.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_does_not_lead_into_what_the_workspace_keeps()
    {
        Directory.CreateSymbolicLink(_workspace.Repository["glink"], _workspace.Repository["grades"]);

        var result = await RunAsync("--output", "glink/x.jsonl");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("grades/ belongs to the workspace", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kto", "--min-votes", "9", "--min-votes 3")]
    [InlineData("sft", "--min-chosen", "5", "--min-chosen 4.")]
    [InlineData("kto", "--good", "6", "--bad 0", "--good 4.")]
    public async Task An_empty_export_of_outputs_names_the_nearest_setting_too(string format, params string[] options)
    {
        var arguments = options[..^1].SelectMany(o => o.Split(' ')).ToArray();
        var result = await RunAsync(["--dry-run", "--format", format, .. arguments]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"The nearest setting that would leave a row: {options[^1]}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_export_names_the_rule_and_the_nearest_setting_and_writes_nothing()
    {
        var result = await RunAsync("--output", _folder["out"], "--min-margin", "4.5");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "The rule that left nothing: Margin too small (--min-margin 4.5)",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("The nearest setting that would leave a pair: --min-margin ", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["out"]));
    }
}
