using Concord.Tests.Support;

namespace Concord.Tests.Checking;

/// <summary>Ways to change another's grades unseen; none may pass.</summary>
public sealed class PullRequestAttackTests
{
    private const string Ada = "grades/ada-2026-11-02.csv";

    [Fact]
    public async Task A_merge_that_smuggles_a_change_is_foreign()
    {
        using var repository = Start();
        Side(repository);
        repository.GitAs("Ben", "ben@concord.example", "merge", "-q", "--no-commit", "--no-ff", "side");
        Change(repository, "0,0");
        repository.Commit("Merge branch 'side'", "Ben", "ben@concord.example");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_merge_that_brings_back_an_older_version_is_foreign()
    {
        using var repository = Start();
        // The second parent is an old commit of the base, so that log -- path sees nobody who changed the file.
        Forge(repository, tree: Tree(repository, "main~1"), "main", "main~1");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_merge_that_deletes_by_joining_an_older_commit_is_foreign()
    {
        using var repository = Start();
        Forge(repository, tree: Tree(repository, "main~2"), "main", "main~2");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_merge_of_the_base_that_keeps_the_older_side_is_foreign()
    {
        using var repository = Start();
        repository.Git("checkout", "-q", "-B", "topic", "main~1");
        repository.Write("grades/ben-2026-11-05.csv", TestWorkspace.Header + TestWorkspace.Row("lab/two", "5,5"));
        repository.Commit("mine", "Ben", "ben@concord.example");
        repository.GitAs("Ben", "ben@concord.example", "merge", "-q", "-s", "ours", "-m", "Merge branch 'main'", "main");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task An_octopus_that_brings_back_an_older_version_is_foreign()
    {
        using var repository = Start();
        Side(repository);
        Forge(repository, tree: Tree(repository, "main~1"), "main", "side", "main~1");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_crossed_history_does_not_hide_a_change()
    {
        using var repository = Start();
        Side(repository);
        var a = repository.Git("rev-parse", "side");
        var b = Plumb(repository, Tree(repository, "main"), "main");
        var left = Plumb(repository, Tree(repository, "side"), a, b);
        var right = Plumb(repository, Tree(repository, "side"), b, a);
        Forge(repository, tree: Tree(repository, "main~1"), left, right);

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_history_of_its_own_does_not_hide_a_deletion()
    {
        using var repository = Start();
        Forge(repository, tree: Tree(repository, "main~2"));

        var found = await IsForeignAsync(repository);

        Assert.Equal("warning", found.One("no-common-commit").Severity);
    }

    [Fact]
    public async Task A_history_of_its_own_does_not_hide_a_change()
    {
        using var repository = Start();
        Forge(repository, tree: Tree(repository, "main~1"));

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_mailmap_in_the_pull_request_makes_nobody_else_the_author()
    {
        using var repository = Start();
        repository.Write(".mailmap", "Ada <ada@concord.example> Ben <ben@concord.example>\n");
        Change(repository, "0,0");
        repository.Commit("as ada", "Ben", "ben@concord.example");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task Attributes_and_modules_in_the_pull_request_hide_no_change()
    {
        using var repository = Start();
        repository.Write(".gitattributes", "grades/* -diff export-ignore\n");
        repository.Write(".gitmodules", $"[submodule \"x\"]\n\tpath = {Ada}\n\turl = .\n\tignore = all\n");
        File.Delete(repository[Ada]);
        repository.Git("add", "-A");
        repository.Git("update-index", "--add", "--cacheinfo", $"160000,{repository.Git("rev-parse", "HEAD")},{Ada}");
        repository.GitAs("Ben", "ben@concord.example", "commit", "-q", "-m", "module");

        await IsForeignAsync(repository, "--at", "HEAD");
    }

    [Fact]
    public async Task A_changed_mode_is_foreign()
    {
        using var repository = Start();
        repository.Git("update-index", "--chmod=+x", Ada);
        repository.GitAs("Ben", "ben@concord.example", "commit", "-q", "-m", "mode");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_link_in_place_of_a_file_is_foreign_and_not_followed()
    {
        using var repository = Start();
        File.Delete(repository[Ada]);
        File.CreateSymbolicLink(repository[Ada], "ben-2026-11-02.csv");
        repository.Commit("link", "Ben", "ben@concord.example");

        var found = await IsForeignAsync(repository);

        Assert.Contains(found.All, f => f is { Rule: "link", Path: Ada, Severity: "error" });
    }

    [Theory]
    [InlineData("grades")]
    [InlineData("consensus")]
    [InlineData("benchmarks/outputs")]
    public async Task A_link_in_place_of_a_folder_is_an_error(string folder)
    {
        using var repository = Start();
        if (Directory.Exists(repository[folder]))
            Directory.Delete(repository[folder], recursive: true);
        repository.Write("elsewhere/file", "x");
        File.CreateSymbolicLink(repository[folder], "/tmp");
        repository.Commit("link", "Ada", "ada@concord.example");

        foreach (var arguments in new string[][] { ["--base", "main"], ["--base", "main", "--at", "HEAD"], [] })
        {
            var found = await Findings.OfAsync(repository.Path, arguments);
            Assert.Equal(1, found.ExitCode);
            Assert.Contains(found.All, f => f.Rule == "link" && f.Path == folder);
        }
    }

    [Fact]
    public async Task A_change_between_an_owners_changes_is_still_told()
    {
        using var repository = Start();
        Change(repository, "0,0");
        repository.Commit("not mine", "Ben", "ben@concord.example");
        repository.Write(Ada, repository.Read(Ada) + TestWorkspace.Row("lab/two", "5,5"));
        repository.Commit("mine", "Ada", "ada@concord.example");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_change_whose_trailer_stands_only_in_the_text_is_no_import()
    {
        using var repository = Start();
        Change(repository, "0,0");
        repository.Commit("import\n\nImported-by: ada\n\nThat was no trailer.", "Ben", "ben@concord.example");

        await IsForeignAsync(repository);
    }

    [Fact]
    public async Task A_new_rubric_is_told_before_it_reinterprets_grades()
    {
        using var repository = Start();
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository.Read("benchmarks/benchmark.yaml").Replace("weight: 0.6", "weight: 0.01", StringComparison.Ordinal)
        );
        repository.Commit("weights", "Ben", "ben@concord.example");
        var weights = await Findings.OfAsync(repository.Path, "--base", "main");
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository.Read("benchmarks/benchmark.yaml").Replace("functionality", "fun", StringComparison.Ordinal)
        );
        repository.Commit("names", "Ben", "ben@concord.example");
        var names = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal((0, "benchmarks/benchmark.yaml"), (weights.ExitCode, weights.One("rules-changed").Path));
        Assert.Equal(1, names.ExitCode);
        Assert.Contains(names.All, f => f.Severity == "error" && f.Path == Ada);
    }

    [Theory]
    [InlineData("grades/Ada-2026-11-02.csv")]
    [InlineData("grades/sub/ada-2026-11-02.csv")]
    [InlineData("grades/ada-2026-11-02.csv\n")]
    [InlineData("grades/\u202eada-2026-11-02.csv")]
    [InlineData("grades/ada-2026-11-02.CSV")]
    public async Task A_name_that_is_not_quite_anothers_is_an_error(string path)
    {
        using var repository = Start();
        repository.Write(path, TestWorkspace.Header + TestWorkspace.Row("lab/two", "5,5"));
        repository.Commit("odd", "Ben", "ben@concord.example");

        Assert.Equal(1, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);
    }

    // main: no grades, then ada's 1, then ada's 4.
    private static TestRepository Start()
    {
        var repository = TestWorkspace.Create();
        Change(repository, "1,1");
        repository.Commit("first", "Ada", "ada@concord.example");
        Change(repository, "4,3");
        repository.Commit("second", "Ada", "ada@concord.example");
        repository.Git("checkout", "-q", "-b", "topic");
        return repository;
    }

    private static void Side(TestRepository repository)
    {
        repository.Git("checkout", "-q", "-b", "side", "main");
        repository.Write("grades/ben-2026-11-03.csv", TestWorkspace.Header + TestWorkspace.Row("lab/two", "5,5"));
        repository.Commit("mine", "Ben", "ben@concord.example");
        repository.Git("checkout", "-q", "topic");
    }

    private static void Change(TestRepository repository, string scores) =>
        repository.Write(Ada, TestWorkspace.Header + TestWorkspace.Row("lab/one", scores));

    private static string Tree(TestRepository repository, string commit) => repository.Git("rev-parse", commit + "^{tree}");

    private static string Plumb(TestRepository repository, string tree, params string[] parents) =>
        repository.GitAs(
            "Ben",
            "ben@concord.example",
            ["commit-tree", tree, "-m", "Merge", .. parents.SelectMany(p => new[] { "-p", p })]
        );

    private static void Forge(TestRepository repository, string tree, params string[] parents) =>
        repository.Git("reset", "-q", "--hard", Plumb(repository, tree, parents));

    private static async Task<Findings> IsForeignAsync(TestRepository repository, params string[] options)
    {
        var findings = await Findings.OfAsync(repository.Path, ["--base", "main", .. options]);
        Assert.Equal(1, findings.ExitCode);
        Assert.Contains(findings.All, f => f is { Rule: "foreign-file", Path: Ada, Severity: "error" });
        return findings;
    }
}
