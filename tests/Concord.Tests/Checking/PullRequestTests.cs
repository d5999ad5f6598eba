using Concord.Tests.Support;

namespace Concord.Tests.Checking;

/// <summary>What a pull request may change.</summary>
public sealed class PullRequestTests
{
    private const string Ada = "grades/ada-2026-11-02.csv";
    private const string Ben = "grades/ben-2026-11-02.csv";

    [Fact]
    public async Task A_grader_changes_the_own_file()
    {
        using var repository = Start();
        Change(repository, Ada, "5,5");
        repository.Commit("mine", "Ada", "ADA@Concord.example");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(0, findings.ExitCode);
        findings.None("foreign-file");
    }

    [Fact]
    public async Task Another_graders_file_is_foreign_and_both_addresses_are_told()
    {
        using var repository = Start();
        Change(repository, Ada, "5,5");
        var commit = repository.Commit("not mine", "Ben", "ben@concord.example");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(1, findings.ExitCode);
        var found = findings.One("foreign-file");
        Assert.Equal(("error", Ada), (found.Severity, found.Path));
        foreach (var word in new[] { commit[..7], "ben@concord.example", "ada@concord.example" })
            Assert.Contains(word, found.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_graders_of_the_base_decide()
    {
        using var repository = Start();
        repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada, name: Sample A, emails: [ada@concord.example, eve@concord.example], role: lead}\n- {id: ben, name: Sample B, emails: [ben@concord.example]}\n- {id: eve, name: E, emails: [eve@concord.example], role: lead}\n"
        );
        Change(repository, Ada, "5,5");
        repository.Commit("grant myself\n\nImported-by: eve", "Eve", "eve@concord.example");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(1, findings.ExitCode);
        Assert.Equal("error", findings.One("foreign-file").Severity);
        Assert.Equal(
            ("notice", "benchmarks/graders.yaml"),
            (findings.One("rules-changed").Severity, findings.One("rules-changed").Path)
        );
    }

    [Theory]
    [InlineData("Imported-by: ada", "ada@concord.example", true)]
    [InlineData("imported-by: ada", "ADA@concord.example", true)]
    [InlineData("Imported-by: ben", "ben@concord.example", false)]
    [InlineData("Imported-by: ada", "ben@concord.example", false)]
    [InlineData("Imported-by: ben", "ada@concord.example", false)]
    [InlineData("Imported-by: nobody", "ada@concord.example", false)]
    [InlineData("Imported-by: ada\nImported-by: ben", "ada@concord.example", false)]
    public async Task Only_a_lead_imports_the_grades_of_others(string trailer, string author, bool allowed)
    {
        using var repository = Start();
        repository.Write(
            "benchmarks/graders.yaml",
            repository.Read("benchmarks/graders.yaml") + "- {id: cleo, emails: [cleo@concord.example]}\n"
        );
        repository.Commit("a third grader");
        repository.Git("branch", "-f", "main");
        repository.Write("grades/cleo-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "1,1"));
        repository.Commit($"import\n\n{trailer}", "Somebody", author);

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(allowed ? 0 : 1, findings.ExitCode);
        Assert.Equal(allowed ? 0 : 1, findings.All.Count(f => f.Rule == "foreign-file"));
    }

    [Fact]
    public async Task A_squash_of_the_forge_is_a_warning_that_it_cannot_be_known()
    {
        using var repository = Start();
        Change(repository, Ada, "5,5");
        repository.Git("add", "-A");
        repository.GitAs(
            "GitHub",
            "noreply@github.com",
            "commit",
            "-q",
            "--author",
            "Ada <1+ada@users.noreply.github.com>",
            "-m",
            "squash (#1)"
        );

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(0, findings.ExitCode);
        findings.None("foreign-file");
        Assert.Equal("warning", findings.One("unknown-author").Severity);
        Assert.Contains("cannot be compared", findings.One("unknown-author").What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_squash_of_the_forge_with_a_known_address_is_compared()
    {
        using var repository = Start();
        Change(repository, Ada, "5,5");
        repository.Git("add", "-A");
        repository.GitAs(
            "GitHub",
            "noreply@github.com",
            "commit",
            "-q",
            "--author",
            "Ben <ben@concord.example>",
            "-m",
            "squash (#1)"
        );

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal("error", findings.One("foreign-file").Severity);
    }

    [Fact]
    public async Task A_shallow_clone_says_what_it_cannot_see()
    {
        using var repository = Start();
        Change(repository, Ada, "5,5");
        repository.Commit("not mine", "Ben", "ben@concord.example");
        using var folder = new TempFolder();
        repository.Git("clone", "-q", "--depth", "1", "--no-single-branch", $"file://{repository.Path}", folder["cut"]);
        repository.Git("clone", "-q", "--depth", "2", "--no-single-branch", $"file://{repository.Path}", folder["enough"]);

        var cut = await Findings.OfAsync(folder["cut"], "--base", "origin/main");
        var enough = await Findings.OfAsync(folder["enough"], "--base", "origin/main");

        Assert.Equal("warning", cut.One("no-common-commit").Severity);
        Assert.Contains("unshallow", cut.One("no-common-commit").Mend, StringComparison.Ordinal);
        enough.One("shallow");
        Assert.Equal("error", enough.One("foreign-file").Severity);
    }

    [Fact]
    public async Task Deleting_the_file_of_another_is_foreign()
    {
        using var repository = Start();
        File.Delete(repository[Ada]);
        repository.Commit("gone", "Ben", "ben@concord.example");

        Assert.Equal(Ada, (await Findings.OfAsync(repository.Path, "--base", "main")).One("foreign-file").Path);
    }

    [Fact]
    public async Task Deleting_the_own_file_is_not()
    {
        using var repository = Start();
        File.Delete(repository[Ada]);
        repository.Commit("gone", "Ada", "ada@concord.example");

        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);
    }

    [Fact]
    public async Task Renaming_the_file_of_another_to_an_own_name_is_foreign()
    {
        using var repository = Start();
        repository.Git("mv", Ada, "grades/ben-2026-11-03.csv");
        repository.Commit("mine now", "Ben", "ben@concord.example");

        Assert.Equal(Ada, (await Findings.OfAsync(repository.Path, "--base", "main")).One("foreign-file").Path);
    }

    [Fact]
    public async Task A_new_file_in_the_name_of_another_is_foreign()
    {
        using var repository = Start();
        repository.Write("grades/ada-2026-11-09.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "0,0"));
        repository.Commit("as ada", "Ben", "ben@concord.example");

        Assert.Equal(
            "grades/ada-2026-11-09.csv",
            (await Findings.OfAsync(repository.Path, "--base", "main")).One("foreign-file").Path
        );
    }

    [Theory]
    [InlineData("grades/zoe-2026-11-02.csv")]
    [InlineData("grades/noone-2026-11-02.csv")]
    public async Task A_file_of_somebody_unlisted_or_without_address_is_a_warning(string path)
    {
        using var repository = Start();
        repository.Write("benchmarks/graders.yaml", repository.Read("benchmarks/graders.yaml") + "- {id: noone, name: N}\n");
        repository.Commit("without address");
        repository.Git("branch", "-f", "main");
        repository.Write(path, TestWorkspace.Header + TestWorkspace.Row("lab/one", "0,0"));
        repository.Commit("new", "Zoe", "zoe@concord.example");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(
            (0, "warning", path),
            (findings.ExitCode, findings.One("unknown-owner").Severity, findings.One("unknown-owner").Path)
        );
    }

    [Fact]
    public async Task What_the_base_has_since_changed_is_not_the_pull_requests()
    {
        using var repository = Start();
        Change(repository, Ben, "5,5");
        repository.Commit("mine", "Ben", "ben@concord.example");
        repository.Git("checkout", "-q", "main");
        Change(repository, Ada, "1,1");
        repository.Commit("meanwhile", "Ada", "ada@concord.example");
        repository.Git("checkout", "-q", "topic");

        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);
        repository.Git("merge", "-q", "--no-ff", "-m", "update", "main");
        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);
    }

    [Fact]
    public async Task The_merge_that_a_forge_makes_of_base_and_head_is_checked_as_the_head_is()
    {
        using var repository = Start();
        Change(repository, Ada, "5,5");
        repository.Commit("not mine", "Ben", "ben@concord.example");
        repository.Git("checkout", "-q", "--detach", "main");
        repository.GitAs("GitHub", "noreply@github.com", "merge", "-q", "--no-ff", "-m", "merge", "topic");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Contains(
            "not mine",
            repository.Git("log", "-1", "--format=%s", findings.One("foreign-file").What.Split(' ')[1]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_foreign_change_that_was_taken_back_is_none()
    {
        using var repository = Start();
        var before = repository.Read(Ada);
        Change(repository, Ada, "5,5");
        repository.Commit("not mine", "Ben", "ben@concord.example");
        repository.Write(Ada, before);
        repository.Commit("taken back", "Ben", "ben@concord.example");

        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);
    }

    [Fact]
    public async Task An_edited_consensus_is_an_error_and_what_the_aggregator_writes_is_fine()
    {
        using var repository = Start();
        await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        repository.Commit("consensus", "Ben", "ben@concord.example");
        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main")).ExitCode);

        repository.Write(
            "consensus/models.csv",
            repository.Read("consensus/models.csv").Replace("lab/one", "lab/won", StringComparison.Ordinal)
        );
        repository.Commit("better", "Ben", "ben@concord.example");
        var edited = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(1, edited.ExitCode);
        Assert.All(edited.All.Where(f => f.Rule == "consensus-edited"), f => Assert.Equal("consensus/models.csv", f.Path));
        Assert.Contains(
            edited.All,
            f => f.What.StartsWith("The pull request changes a generated file", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("consensus/README.md", false)]
    [InlineData("consensus/extra.csv", true)]
    public async Task Only_the_manual_of_the_consensus_is_written_by_hand(string path, bool error)
    {
        using var repository = Start();
        repository.Write(path, "text\n");
        repository.Commit("text", "Ben", "ben@concord.example");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main");

        Assert.Equal(error ? 1 : 0, findings.ExitCode);
        Assert.Equal(error, findings.All.Any(f => f.Rule == "consensus-edited" && f.Path == path));
    }

    [Fact]
    public async Task A_deleted_consensus_file_is_an_error()
    {
        using var repository = Start();
        await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        repository.Commit("consensus");
        repository.Git("branch", "-f", "main");
        File.Delete(repository["consensus/review.csv"]);
        repository.Commit("gone", "Ben", "ben@concord.example");

        Assert.Contains(
            (await Findings.OfAsync(repository.Path, "--base", "main")).All,
            f => f is { Rule: "consensus-edited", Path: "consensus/review.csv", Severity: "error" }
        );
    }

    [Fact]
    public async Task A_pull_request_can_be_checked_without_its_checkout()
    {
        using var repository = Start();
        Change(repository, Ada, "5,5");
        repository.Commit("not mine", "Ben", "ben@concord.example");
        repository.Git("checkout", "-q", "main");

        var findings = await Findings.OfAsync(repository.Path, "--base", "main", "--at", "topic");

        Assert.Equal(1, findings.ExitCode);
        findings.One("foreign-file");
        Assert.Equal(0, (await Findings.OfAsync(repository.Path, "--base", "main", "--at", "main")).ExitCode);
    }

    private static TestRepository Start()
    {
        var repository = TestWorkspace.Create();
        Change(repository, Ada, "4,3");
        Change(repository, Ben, "2,3");
        repository.Commit("grades");
        repository.Git("checkout", "-q", "-b", "topic");
        return repository;
    }

    private static void Change(TestRepository repository, string path, string scores) =>
        repository.Write(path, TestWorkspace.Header + TestWorkspace.Row("lab/one", scores));
}
