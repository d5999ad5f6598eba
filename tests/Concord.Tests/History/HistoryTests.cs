using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.History;

/// <summary>Who graded what when.</summary>
public sealed class HistoryTests
{
    private const string Ada = "grades/ada-2026-11-02.csv";
    private const string Ben = "grades/ben-2026-11-02.csv";

    [Fact]
    public async Task Rows_are_added_changed_and_removed()
    {
        using var repository = TestWorkspace.Create();
        Grade(repository, Ada, "added", TestWorkspace.Row("lab/one", "4,3"), TestWorkspace.Row("lab/two", "1,2"));
        Grade(repository, Ada, "changed", TestWorkspace.Row("lab/one", "5,3"), TestWorkspace.Row("lab/two", "1,2"));
        Grade(repository, Ada, "removed", TestWorkspace.Row("lab/one", "5,3"));

        var commits = await CommitsAsync(repository.Path);

        Assert.Equal(["removed", "changed", "added"], commits.Select(c => (string?)c["subject"]));
        Assert.Equal(
            ["removed lab/two 1 -", "changed lab/one 4 5", "added lab/one - 4", "added lab/two - 1"],
            commits.SelectMany(c => c["grades"]!.AsArray()).Select(Told)
        );
        Assert.All(
            commits,
            c =>
                Assert.Equal(
                    ("ada", "Ada", "ada@concord.example", Ada),
                    ((string)c["grader"]!, (string)c["author"]!, (string)c["email"]!, (string)c["path"]!)
                )
        );
        Assert.Equal("2026-11-01T12:02:00Z", (string?)commits[^1]["when"]);
    }

    [Fact]
    public async Task A_deleted_file_takes_its_grades_away()
    {
        using var repository = TestWorkspace.Create();
        Grade(repository, Ada, "added", TestWorkspace.Row("lab/one", "4,3"));
        File.Delete(repository[Ada]);
        repository.Commit("deleted", "Ben", "ben@concord.example");

        var commits = await CommitsAsync(repository.Path);

        Assert.Equal("removed lab/one 4 -", Told(Assert.Single(commits[0]["grades"]!.AsArray())));
        Assert.Equal("Ben", (string?)commits[0]["author"]);
    }

    [Theory]
    [InlineData("--grader", "ben", "ben lab/two")]
    [InlineData("--model", "lab/one", "ada lab/one")]
    [InlineData("--challenge", "bars", "ben lab/two", "ada lab/one")]
    [InlineData("--challenge", "pies")]
    [InlineData("--grader", "nobody")]
    public async Task Filters_leave_only_what_they_name(string option, string value, params string[] expected)
    {
        using var repository = Two();

        var commits = await CommitsAsync(repository.Path, option, value);

        Assert.Equal(expected, commits.SelectMany(c => c["grades"]!.AsArray().Select(g => $"{c["grader"]} {g!["model"]}")));
    }

    [Fact]
    public async Task Commits_are_a_table_and_grades_are_one_where_an_output_is_named()
    {
        using var repository = Two();
        Grade(repository, Ada, "once more", TestWorkspace.Row("lab/one", "0,3"));

        var commits = await CommandLine.RunAsync(repository.Path, "history");
        var grades = await CommandLine.RunAsync(repository.Path, "history", "--model", "lab/one");

        Assert.Equal(
            ["when", "2026-11-01 12:04", "2026-11-01 12:03", "2026-11-01 12:02"],
            commits.Out.TrimEnd('\n').Split('\n').Select(l => l.StartsWith("when", StringComparison.Ordinal) ? "when" : l[..16])
        );
        Assert.Contains("once more", commits.Out, StringComparison.Ordinal);
        Assert.Contains("4 → 0", grades.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("ben", grades.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_without_grades_or_commits_says_so()
    {
        using var repository = TestWorkspace.Create(commit: false);

        var none = await CommandLine.RunAsync(repository.Path, "history");
        repository.Commit();
        var ungraded = await CommandLine.RunAsync(repository.Path, "history");

        Assert.Equal((0, "No grade has been committed here yet.\n"), (none.ExitCode, none.Out));
        Assert.Equal((0, "No grade has been committed here yet.\n"), (ungraded.ExitCode, ungraded.Out));
    }

    [Fact]
    public async Task Where_no_grade_is_yet_branches_of_the_grading_page_are_named()
    {
        using var repository = TestWorkspace.Create();
        repository.Git("branch", "grading/nobody-2026-11-01");
        repository.Git("checkout", "-q", "-b", "grading/ada-2026-11-02");
        repository.Git("commit", "-q", "--allow-empty", "-m", "grade(my-chart): 4");
        repository.Git("checkout", "-q", "-");

        var result = await CommandLine.RunAsync(repository.Path, "history");

        Assert.Contains("concord history --at grading/ada-2026-11-02", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_merge_that_only_joins_adds_nothing()
    {
        using var repository = TestWorkspace.Create();
        Branch(repository, "ada", Ada, "Ada", "4,3");
        Branch(repository, "ben", Ben, "Ben", "1,1");
        repository.Git("merge", "-q", "--no-ff", "-m", "join", "ada");
        repository.Git("merge", "-q", "--no-ff", "-m", "join", "ben");

        var commits = await CommitsAsync(repository.Path);

        Assert.Equal(["ada", "ben"], commits.Select(c => (string)c["grader"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_merge_that_settles_a_conflict_shows_what_it_settled()
    {
        using var repository = TestWorkspace.Create();
        Branch(repository, "one", Ada, "Ada", "4,3");
        Branch(repository, "two", Ada, "Ada", "2,3");
        repository.Git("merge", "-q", "one");
        Assert.Throws<InvalidOperationException>(() => repository.Git("merge", "-q", "two"));
        Grade(repository, Ada, "settled", TestWorkspace.Row("lab/one", "3,3"));

        var commits = await CommitsAsync(repository.Path);

        Assert.Equal(3, commits.Length);
        Assert.Equal(
            "changed lab/one 4 3",
            Told(Assert.Single(commits.Single(c => (string?)c["subject"] == "settled")["grades"]!.AsArray()))
        );
    }

    [Fact]
    public async Task A_file_that_the_rubric_of_today_cannot_read_says_so()
    {
        using var repository = TestWorkspace.Create();
        repository.Write(
            Ada,
            TestWorkspace.Header.Replace("aesthetics", "beauty", StringComparison.Ordinal) + TestWorkspace.Row("lab/one", "4,3")
        );
        repository.Commit("before the rubric changed", "Ada", "ada@concord.example");
        Grade(repository, Ada, "after", TestWorkspace.Row("lab/one", "4,3"));

        var commits = await CommitsAsync(repository.Path);
        var table = await CommandLine.RunAsync(repository.Path, "history");

        Assert.Equal([true, true], commits.Select(c => (bool)c["unreadable"]!));
        Assert.Contains("before the rubric changed (not readable with today's rubric)", table.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grades_in_error_do_not_hide_their_history()
    {
        using var repository = TestWorkspace.Create();
        Grade(repository, Ada, "good", TestWorkspace.Row("lab/one", "4,3"));
        Grade(repository, Ben, "out of range", TestWorkspace.Row("lab/one", "9,3"));

        var commits = await CommitsAsync(repository.Path);

        Assert.Equal(
            [("out of range", true), ("good", false)],
            commits.Select(c => ((string)c["subject"]!, (bool)c["unreadable"]!))
        );
    }

    [Theory]
    [InlineData("\u0001 split \u0002 header", "Ada")]
    [InlineData("grade", "A\u0002d\u0001a")]
    [InlineData(":100644 100644 aaaa bbbb M", "Ada")]
    [InlineData("tab\tand \"quotes\" \\", "Ada")]
    public async Task Odd_characters_in_a_commit_do_not_break_the_reading(string subject, string author)
    {
        using var repository = TestWorkspace.Create();
        repository.Write(Ada, TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Commit(subject, author, "ada@concord.example");
        Grade(repository, Ben, "next", TestWorkspace.Row("lab/two", "1,1"));

        var commits = await CommitsAsync(repository.Path);

        Assert.Equal(["next", subject], commits.Select(c => (string?)c["subject"]));
        Assert.Equal(author, (string?)commits[1]["author"]);
    }

    [Fact]
    public async Task A_commit_without_a_subject_or_with_an_impossible_zone_is_shown()
    {
        using var repository = TestWorkspace.Create();
        repository.Write(Ada, TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Git("add", "-A");
        var raw =
            $"tree {repository.Git("write-tree")}\nparent {repository.Git("rev-parse", "HEAD")}\nauthor Ada <ada@concord.example> 1793534400 +9959\ncommitter Ada <ada@concord.example> 1793534400 +9959\n\n";
        repository.Write(".git/raw", raw);
        repository.Git(
            "update-ref",
            "refs/heads/main",
            repository.Git("hash-object", "-t", "commit", "-w", "--literally", ".git/raw")
        );

        var commits = await CommitsAsync(repository.Path);

        Assert.Equal(("", "2026-11-01T12:00:00Z"), ((string)commits.Single()["subject"]!, (string)commits.Single()["when"]!));
    }

    [Fact]
    public async Task A_shallow_clone_says_that_older_commits_are_not_seen()
    {
        using var repository = Two();
        using var folder = new TempFolder();
        repository.Git("clone", "-q", "--depth", "1", $"file://{repository.Path}", folder["clone"]);

        var shallow = await CommandLine.RunAsync(folder["clone"], "history");
        var whole = await CommandLine.RunAsync(repository.Path, "history");

        Assert.Equal(0, shallow.ExitCode);
        Assert.Contains("shallow", shallow.Error, StringComparison.Ordinal);
        Assert.Equal("", whole.Error);
    }

    [Fact]
    public async Task A_workspace_in_a_folder_with_odd_characters_has_its_history()
    {
        using var repository = new TestRepository();
        repository.Write("a [b] \"c\"*/benchmarks/benchmark.yaml", TestWorkspace.Benchmark + "\n");
        repository.Write("a [b] \"c\"*/" + Ada, TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Commit("odd");

        var commits = await CommitsAsync(repository["a [b] \"c\"*"]);

        Assert.Equal(Ada, (string?)Assert.Single(commits)["path"]);
    }

    private static TestRepository Two()
    {
        var repository = TestWorkspace.Create();
        Grade(repository, Ada, "first", TestWorkspace.Row("lab/one", "4,3"));
        Grade(repository, Ben, "second", TestWorkspace.Row("lab/two", "1,1"));
        return repository;
    }

    private static void Grade(TestRepository repository, string path, string subject, params string[] rows)
    {
        repository.Write(path, TestWorkspace.Header + string.Concat(rows));
        var name = path.Contains("ada", StringComparison.Ordinal) ? "Ada" : "Ben";
        repository.Commit(subject, name, $"{name.ToLowerInvariant()}@concord.example");
    }

    private static void Branch(TestRepository repository, string branch, string path, string name, string scores)
    {
        repository.Git("checkout", "-q", "-b", branch, "main");
        repository.Write(path, TestWorkspace.Header + TestWorkspace.Row("lab/one", scores));
        repository.Commit(branch, name, $"{name.ToLowerInvariant()}@concord.example");
        repository.Git("checkout", "-q", "main");
    }

    private static async Task<JsonNode[]> CommitsAsync(string folder, params string[] options)
    {
        var result = await CommandLine.RunAsync(folder, ["history", "--json", .. options]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return [.. JsonNode.Parse(result.Out)!["commits"]!.AsArray().Select(c => c!)];
    }

    private static string Told(JsonNode? grade) =>
        $"{grade!["change"]} {grade["model"]} {grade["before"]?["functionality"]?.ToString() ?? "-"} {grade["after"]?["functionality"]?.ToString() ?? "-"}";
}
