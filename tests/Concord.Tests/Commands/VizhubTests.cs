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

    private static async Task<TestRepository> ImportAsync()
    {
        var source = SourceTree.Reference("vizhub");
        var repository = new TestRepository();
        var result = await CommandLine.RunAsync(repository.Path, "import", "vizhub", source);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return repository;
    }
}
