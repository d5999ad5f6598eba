using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class QueueCommandTests
{
    [Fact]
    public async Task The_queue_says_what_to_grade_and_why()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "queue");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            """
            challenge  model    criterion      graders  expected loss  information gain  reasons
            bars       lab/one  functionality        2              -                 -  scores from 0 to 5: range 5 reaches 3
            bars       lab/two  -                    0              -                 -  nobody has graded it

            """,
            result.Out
        );
    }

    [Fact]
    public async Task In_a_narrow_terminal_the_reasons_keep_the_room()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAtWidthAsync(repository.Path, "", 80, "queue");

        Assert.DoesNotContain("information", result.Out, StringComparison.Ordinal);
        Assert.Contains("scores from 0 to 5: range 5", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_so_many_are_shown_and_the_others_counted()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "queue", "--top", "1");

        Assert.DoesNotContain("lab/two", result.Out, StringComparison.Ordinal);
        Assert.EndsWith("… and 1 more.\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_has_ranks_and_nothing_where_there_is_no_criterion()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "queue", "--json", "--by", "information-gain");

        var document = JsonNode.Parse(result.Out)!;
        Assert.Equal(("information-gain", 3, 2), ((string?)document["by"], (int)document["overlap"]!, (int)document["all"]!));
        var (first, second) = (document["queue"]![0]!, document["queue"]![1]!);
        Assert.Equal((1, "functionality", 2), ((int)first["rank"]!, (string?)first["criterion"], (int)first["graders"]!));
        Assert.Equal(TestWorkspace.OutputId("<p>one</p>\n"), (string?)first["output"]);
        Assert.Equal((2, null, "lab/two"), ((int)second["rank"]!, (string?)second["criterion"], (string?)second["model"]));
        Assert.Equal(["nobody has graded it"], second["reasons"]!.AsArray().Select(r => (string?)r));
        Assert.True(second.AsObject().ContainsKey("expected_loss") && second.AsObject().ContainsKey("information_gain"));
    }

    [Fact]
    public async Task What_a_grader_has_graded_is_left_out()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "queue", "--grader", "ada");

        Assert.DoesNotContain("lab/one", result.Out, StringComparison.Ordinal);
        Assert.Contains("lab/two", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grader_is_listed_what_the_page_would_show_in_its_order()
    {
        using var repository = TestWorkspace.Create(commit: false);
        for (var i = 0; i < 6; i++)
            TestWorkspace.AddOutput(repository, "bars", $"lab/more-{i}", $"<p>{i}</p>\n");
        repository.Write("grades/cyn-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "0,3"));

        async Task<JsonNode> Of(params string[] options) =>
            JsonNode.Parse((await CommandLine.RunAsync(repository.Path, ["queue", "--json", .. options])).Out)!;
        string[] Models(JsonNode queue) => [.. queue["queue"]!.AsArray().Select(r => (string)r!["model"]!)];
        var (ada, ben, cyn) = (await Of("--grader", "ada"), await Of("--grader", "ben"), await Of("--grader", "cyn"));

        Assert.Equal(("assignment", "ada", 8), ((string?)ada["by"], (string?)ada["grader"], (int)ada["all"]!));
        Assert.Equal("lab/one", Models(ada)[^1]);
        Assert.Equal(1, (int)ada["queue"]![7]!["graders"]!);
        // ada and ben are neighbours in graders.yaml; what somebody has graded comes last for both.
        Assert.Equal(Models(ada)[..7].Reverse(), Models(ben)[..7]);
        Assert.DoesNotContain("lab/one", Models(cyn));
        Assert.Equal("expected-loss", (string?)(await Of("--grader", "ada", "--by", "expected-loss"))["by"]);
    }

    [Fact]
    public async Task Outputs_that_lack_graders_can_be_listed_alone()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "queue", "--ungraded");

        Assert.Contains("2 of 3 graders who should overlap", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("functionality", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_left_it_says_so()
    {
        using var repository = TestWorkspace.Create();
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark + "\ngrading: {overlap: 1}\nconsensus: {min_graders: 1}\n"
        );
        repository.Write(
            "grades/ada-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "0,3") + TestWorkspace.Row("lab/two", "0,3")
        );

        Assert.Equal("Nothing is left to grade.\n", (await CommandLine.RunAsync(repository.Path, "queue")).Out);
    }

    [Fact]
    public async Task Information_gain_may_order_the_queue_otherwise_and_both_orders_are_those_of_review_csv()
    {
        using var folder = new TestRepository();
        GeneratedWorkspace.Write(folder);
        var orders = new List<string>();
        foreach (var by in new[] { "expected-loss", "information-gain" })
        {
            var queue = JsonNode.Parse((await CommandLine.RunAsync(folder.Path, "queue", "--json", "--by", by)).Out)!;
            folder.Write(
                "benchmarks/benchmark.yaml",
                folder
                    .Read("benchmarks/benchmark.yaml")
                    .Replace("queue: expected-loss, ", "", StringComparison.Ordinal)
                    .Replace("consensus: {", $"consensus: {{queue: {by}, ", StringComparison.Ordinal)
            );
            await CommandLine.RunAsync(folder.Path, "consensus", "--write");
            string[] review = [.. folder.Read("consensus/review.csv").TrimEnd().Split('\n').Skip(1)];

            var rows = queue["queue"]!.AsArray().Take(review.Length).ToArray();
            Assert.True(review.Length > 20);
            for (var i = 0; i < review.Length; i++)
                Assert.StartsWith(
                    $"{rows[i]!["rank"]},{rows[i]!["challenge"]},{rows[i]!["model"]},{rows[i]!["output"]},{rows[i]!["criterion"]},{rows[i]!["graders"]},",
                    review[i],
                    StringComparison.Ordinal
                );
            orders.Add(string.Join('\n', review));
        }
        Assert.NotEqual(orders[0], orders[1]);
    }

    [Theory]
    [InlineData("--top 0", "--top takes a whole number")]
    [InlineData("--top many", "--top")]
    [InlineData("--by luck", "'luck'")]
    [InlineData("--grader adda", "Did you mean 'ada'?")]
    [InlineData("--grader Not_A_Slug", "Not_A_Slug")]
    public async Task A_wrong_option_is_explained(string options, string told)
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, ["queue", .. options.Split(' ')]);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(told, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_is_read_without_a_checkout()
    {
        using var repository = Graded();
        var commit = repository.Commit();
        foreach (var file in Directory.GetFiles(repository["grades"]))
            File.Delete(file);

        var then = await CommandLine.RunAsync(repository.Path, "queue", "--at", commit);
        var now = await CommandLine.RunAsync(repository.Path, "queue");

        Assert.Contains("functionality", then.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("functionality", now.Out, StringComparison.Ordinal);
    }

    private static TestRepository Graded()
    {
        var repository = TestWorkspace.Create();
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "0,3"));
        repository.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,3"));
        return repository;
    }
}
