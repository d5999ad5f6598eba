using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.History;

/// <summary>What moved between two commits.</summary>
public sealed class DiffTests
{
    [Fact]
    public async Task Moved_values_come_with_their_sizes_the_largest_first()
    {
        using var repository = Graded();

        var document = await DocumentAsync(repository.Path, "HEAD~1..HEAD");

        Assert.Equal(
            ["ben added 1 changed 1 removed 0"],
            document["grades"]!
                .AsArray()
                .Select(g => $"{g!["grader"]} added {g["added"]} changed {g["changed"]} removed {g["removed"]}")
        );
        // Functionality of lab/one: median of 4 and 2, then of 4 and 5. Aesthetics stays. lab/two had no grade.
        Assert.Equal(
            [
                "lab/one functionality 3 4.5 1.5",
                "lab/one overall 3 3.9 0.9",
                "lab/two aesthetics - 1 -",
                "lab/two functionality - 1 -",
                "lab/two overall - 1 -",
            ],
            document["consensus"]!
                .AsArray()
                .Select(m => $"{m!["model"]} {m["criterion"]} {Text(m["before"])} {Text(m["after"])} {Text(m["moved"])}")
        );
    }

    [Fact]
    public async Task The_way_back_moves_by_the_same_sizes_down()
    {
        using var repository = Graded();

        var document = await DocumentAsync(repository.Path, "HEAD..HEAD~1");

        Assert.Equal(["1.5", "0.9"], document["consensus"]!.AsArray().Take(2).Select(m => Text(m!["moved"]).TrimStart('-')));
        Assert.All(
            document["consensus"]!.AsArray().Take(2),
            m => Assert.StartsWith("-", Text(m!["moved"]), StringComparison.Ordinal)
        );
        Assert.Equal(
            "ben 0 1 1",
            document["grades"]!.AsArray().Select(g => $"{g!["grader"]} {g["added"]} {g["changed"]} {g["removed"]}").Single()
        );
    }

    [Fact]
    public async Task The_table_shows_signs_and_counts_of_graders()
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "diff", "HEAD~1..HEAD");

        Assert.Matches(@"(?m)^bars +lab/one +functionality +3 +4\.5 +\+1\.5 +2 → 2$", result.Out);
        Assert.Matches(@"(?m)^bars +lab/two +overall +- +1 +- +0 → 1$", result.Out);
    }

    [Theory]
    [InlineData("HEAD..HEAD")]
    [InlineData("HEAD")]
    [InlineData("main..HEAD~0")]
    public async Task Equal_moments_do_not_differ(string range)
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "diff", range);

        Assert.Equal((0, "Neither grades nor consensus differ.\n"), (result.ExitCode, result.Out));
    }

    [Fact]
    public async Task Notes_change_a_grade_and_move_no_value()
    {
        using var repository = Graded();
        repository.Write(
            "grades/ada-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3", notes: "a word")
        );

        var result = await CommandLine.RunAsync(repository.Path, "diff", "HEAD");

        Assert.Matches(@"(?m)^ada +0 +1 +0$", result.Out);
        Assert.Contains("No consensus value moved.", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_grade_file_is_told_with_what_it_moved()
    {
        using var repository = Graded();
        File.Delete(repository["grades/ada-2026-11-02.csv"]);

        var document = await DocumentAsync(repository.Path, "HEAD");

        Assert.Equal(
            "ada 0 0 1",
            document["grades"]!.AsArray().Select(g => $"{g!["grader"]} {g["added"]} {g["changed"]} {g["removed"]}").Single()
        );
        Assert.Contains(
            document["consensus"]!.AsArray(),
            m => (string?)m!["criterion"] == "functionality" && (double?)m["moved"] == 0.5 && (int?)m["graders_after"] == 1
        );
    }

    [Theory]
    [InlineData("..HEAD")]
    [InlineData("HEAD..")]
    [InlineData("HEAD...HEAD")]
    [InlineData("nowhere..HEAD")]
    [InlineData("HEAD..nowhere")]
    public async Task A_range_that_names_no_two_commits_is_told(string range)
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, "diff", range);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains(
            range.Contains("nowhere", StringComparison.Ordinal) ? "'nowhere'" : $"'{range}'",
            result.Error,
            StringComparison.Ordinal
        );
    }

    private static TestRepository Graded()
    {
        var repository = TestWorkspace.Create();
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "2,3"));
        repository.Commit("before");
        repository.Write(
            "grades/ben-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,3") + TestWorkspace.Row("lab/two", "1,1")
        );
        repository.Commit("after");
        return repository;
    }

    private static async Task<JsonNode> DocumentAsync(string folder, string range)
    {
        var result = await CommandLine.RunAsync(folder, "diff", range, "--json");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return JsonNode.Parse(result.Out)!;
    }

    private static string Text(JsonNode? number) => number is null ? "-" : Concord.Core.Domain.NumberText.Of((double)number);
}
