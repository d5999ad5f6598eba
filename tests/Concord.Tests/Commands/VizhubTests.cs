using System.Text.Json;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary>The real project whose design started this one, from its own files to training data.</summary>
public sealed class VizhubTests
{
    [Fact]
    public async Task Fifteen_outputs_of_the_chart_are_taken_of_which_ten_are_graded()
    {
        using var repository = await ImportAsync();

        var document = JsonDocument.Parse((await CommandLine.RunAsync(repository.Path, "consensus", "--json")).Out).RootElement;

        var graded = document.GetProperty("results").EnumerateArray().Count(r => r.GetProperty("graders").GetInt32() == 1);
        Assert.Equal(10, graded);
        Assert.Equal(
            15,
            Directory
                .GetFiles(repository["benchmarks/outputs/stockPriceChart"], "output.json", SearchOption.AllDirectories)
                .Length
        );
    }

    [Theory]
    [InlineData(9, "--pairs", "best-vs-rest", "--weights", "functionality=1,aesthetics=1")]
    [InlineData(37, "--pairs", "all", "--weights", "functionality=1,aesthetics=1")]
    [InlineData(27, "--pairs", "all")]
    public async Task Its_own_rules_give_its_own_pairs_with_the_prompt_of_the_challenge(int pairs, params string[] options)
    {
        using var repository = await ImportAsync();
        string[] rules =
        [
            "export",
            "--format",
            "trl",
            "--min-votes",
            "1",
            "--min-common",
            "1",
            "--min-margin",
            "0.5",
            "--min-chosen",
            "0",
            "--max-per-prompt",
            "0",
        ];

        var result = await CommandLine.RunAsync(repository.Path, [.. rules, .. options, "--output", "pairs.jsonl"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"{pairs} pairs over 10 models", result.Error, StringComparison.Ordinal);
        var lines = repository.Read("pairs.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var prompt = repository.Read("benchmarks/challenges/stockPriceChart/prompt.md").Trim();
        Assert.Equal(pairs, lines.Length);
        Assert.All(
            lines,
            line => Assert.Equal(prompt, JsonDocument.Parse(line).RootElement.GetProperty("prompt").GetString()!.Trim())
        );
    }

    [Fact]
    public async Task Importing_twice_changes_nothing()
    {
        using var repository = await ImportAsync();
        repository.Commit("import");

        var again = await CommandLine.RunAsync(repository.Path, "import", "vizhub", SourceTree.Reference("vizhub"));

        Assert.Contains("Nothing changed", again.Out, StringComparison.Ordinal);
        Assert.Equal("", repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task With_our_own_rules_its_one_grader_is_not_enough_and_the_account_says_so()
    {
        using var repository = await ImportAsync();

        var result = await CommandLine.RunAsync(repository.Path, "export", "--dry-run");

        Assert.Equal(1, result.ExitCode);
        Golden.Equal("export/vizhub-one-grader.txt", result.Error);
    }

    [Fact]
    public async Task With_two_more_graders_the_same_rules_leave_pairs_and_each_says_what_it_left_out()
    {
        using var repository = await ImportAsync();
        // Near what the one grader gave, each score moved by a step down, none or up; the same every time.
        var random = new Concord.Core.Statistics.Xoshiro256(20261121);
        var file = Directory.EnumerateFiles(repository["grades"], "*.csv").Single();
        var lines = File.ReadAllLines(file);
        foreach (var grader in new[] { "second", "third" })
            repository.Write(
                $"grades/{grader}-2025-06-04.csv",
                string.Concat(lines.Select((line, i) => (i == 0 ? line : Moved(line)) + "\n"))
            );

        var result = await CommandLine.RunAsync(repository.Path, "export", "--dry-run");
        var all = await CommandLine.RunAsync(repository.Path, "export", "--dry-run", "--pairs", "all", "--max-per-prompt", "0");

        Assert.Equal((0, 0), (result.ExitCode, all.ExitCode));
        Golden.Equal("export/vizhub-three-graders.txt", result.Error);
        Golden.Equal("export/vizhub-three-graders-all-pairs.txt", all.Error);

        string Moved(string line)
        {
            var cells = line.Split(',');
            foreach (var i in new[] { 3, 4 })
                if (int.TryParse(cells[i], out var score))
                    cells[i] = $"{Math.Clamp(score + (int)(random.NextDouble() * 3) - 1, 0, 5)}";
            return string.Join(',', cells);
        }
    }

    private static async Task<TestRepository> ImportAsync()
    {
        var source = SourceTree.Reference("vizhub");
        var repository = new TestRepository();
        var result = await CommandLine.RunAsync(repository.Path, "import", "vizhub", source);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return repository;
    }
}
