using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class CompareCommandTests
{
    [Fact]
    public async Task Two_models_are_compared_in_full()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "compare", "lab/one", "lab/two", "--pass", "3");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        // .6·4 + .4·3 = 3.6 against .6·2 + .4·1 = 1.6, and equal on the second challenge.
        Assert.Contains("A  lab/one\nB  lab/two\n\noverall ", result.Out, StringComparison.Ordinal);
        Assert.Contains("2 shared challenges; scores 0 to 5", result.Out, StringComparison.Ordinal);
        Assert.Contains("+1 points, +20 % of the scale", result.Out, StringComparison.Ordinal);
        Assert.Contains("by challenge    A higher 1, equal 1, B higher 0", result.Out, StringComparison.Ordinal);
        Assert.Contains("by grade        A higher 1, equal 1, B higher 0", result.Out, StringComparison.Ordinal);
        Assert.Contains("both 1, A alone 1, B alone 0, neither 0; McNemar p 1, exact", result.Out, StringComparison.Ordinal);
        Assert.Contains("With 2 challenges no sign-flip p is below 0.5", result.Out, StringComparison.Ordinal);
        Assert.Contains("\nfunctionality ", result.Out, StringComparison.Ordinal);
        Assert.Contains("\naesthetics ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_has_every_number_in_snake_case()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(
            repository.Path,
            ["compare", "lab/one", "lab/two", "--json", "--criterion", "overall", "--bootstrap", "100", "--seed", "7"]
        );

        var document = JsonNode.Parse(result.Out)!;
        Assert.Equal(("holm", 100, 7), ((string?)document["adjust"], (int)document["bootstrap"]!, (int)document["seed"]!));
        var criterion = Assert.Single(document["criteria"]!.AsArray())!;
        Assert.Equal("overall", (string?)criterion["criterion"]);
        var pair = Assert.Single(criterion["pairs"]!.AsArray())!;
        Assert.Equal(1, (double)pair["difference"]!["points"]!, 1e-9);
        Assert.Equal(20, (double)pair["difference"]!["percent_of_scale"]!, 1e-9);
        Assert.Equal((1, 1), ((double)pair["p"]!, (double)pair["p_adjusted"]!));
        Assert.Equal((1, 1, 0), Wins(pair["by_grade"]!));
        Assert.Equal((1, 1, 0), Wins(pair["by_challenge"]!));
        Assert.Null(pair["passes"]);
        var t = pair["statistics"]!.AsArray().Single(s => (string?)s!["statistic"] == "paired-t")!;
        Assert.Equal((1.0, 0.5), ((double)t["value"]!, Math.Round((double)t["p"]!, 9)));
        // A win and a tie are 1.5 of 2: log-odds of 3, half to either side.
        var strongest = criterion["strengths"]!["items"]![0]!;
        Assert.Equal(("lab/one", 1), ((string?)strongest["model"], (int)strongest["rank"]!));
        Assert.Equal(Math.Log(3) / 2, (double)strongest["log_strength"]!, 1e-9);
    }

    [Fact]
    public async Task Several_models_are_a_table_of_pairs_with_strengths()
    {
        using var repository = Graded();
        TestWorkspace.AddOutput(repository, "bars", "lab/three", "<p>3</p>\n");

        var result = await CommandLine.RunAsync(repository.Path, "compare", "--all", "--prior", "0.1", "--adjust", "bh");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("A  lab/one\nB  lab/three\nC  lab/two\n", result.Out, StringComparison.Ordinal);
        Assert.Contains("A - C", result.Out, StringComparison.Ordinal);
        Assert.Contains("the first of the pair higher/equal/lower", result.Out, StringComparison.Ordinal);
        Assert.Contains("A pair with n 0 shares no challenge", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"rank +could be +strength +log-odds", result.Out);
    }

    [Theory]
    [InlineData("compare lab/one lab/tow", "No output is of the model 'lab/tow'. Did you mean 'lab/two'?")]
    [InlineData("compare lab/one lab/two@2", "Samples of a model are one model: write 'lab/two'.")]
    [InlineData("compare lab/one lab/one", "A model is named twice.")]
    [InlineData("compare lab/one", "A comparison needs two models.")]
    [InlineData("compare", "A comparison needs two models.")]
    [InlineData("compare lab/one lab/two --criterion overal", "Did you mean 'overall'?")]
    public async Task What_cannot_be_compared_is_told_with_the_nearest_name(string command, string message)
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, command.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ungraded_models_are_undefined_with_a_reason()
    {
        using var repository = TestWorkspace.Create();

        var result = await CommandLine.RunAsync(repository.Path, "compare", "lab/one", "lab/two");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("The two share no challenge on which both have a score.", result.Out, StringComparison.Ordinal);
        Assert.Contains("nobody graded both on one challenge", result.Out, StringComparison.Ordinal);
    }

    private static (int, int, int) Wins(JsonNode wins) => ((int)wins["wins_a"]!, (int)wins["ties"]!, (int)wins["wins_b"]!);

    private static TestRepository Graded()
    {
        var repository = TestWorkspace.Create();
        repository.Write("benchmarks/challenges/lines/challenge.yaml", "title: Lines\nkind: visualization\n");
        repository.Write("benchmarks/challenges/lines/prompt.md", "Draw lines.\n");
        TestWorkspace.AddOutput(repository, "lines", "lab/one", "<p>one</p>\n");
        TestWorkspace.AddOutput(repository, "lines", "lab/two", "<p>two</p>\n");
        string[] rows =
        [
            TestWorkspace.Row("lab/one", "4,3"),
            TestWorkspace.Row("lab/two", "2,1"),
            "lines" + TestWorkspace.Row("lab/one", "3,3")["bars".Length..],
            "lines" + TestWorkspace.Row("lab/two", "3,3")["bars".Length..],
        ];
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + string.Concat(rows));
        repository.Commit("grades");
        return repository;
    }
}
