using Concord.Tests.Support;

namespace Concord.Tests.Git;

/// <summary>Which repository and which commit a command reads.</summary>
public sealed class RepositoryTests
{
    [Fact]
    public async Task A_sha256_repository_is_read_through_the_command_line_and_says_so_once()
    {
        using var repository = Sha256();

        var result = await ConcordProcess.RunAsync(repository.Path, "diff", "HEAD~1..HEAD");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("ada", result.Out, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Split("Reading through the git command line").Length - 1);
    }

    [Fact]
    public async Task A_sha256_repository_answers_as_any_other()
    {
        using var sha256 = Sha256();
        using var sha1 = TestWorkspace.Create();
        sha1.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        sha1.Commit("grade", "Ada", "ada@concord.example");

        foreach (var command in new[] { "consensus", "check" })
        {
            var expected = await CommandLine.RunAsync(sha1.Path, command, "--at", "HEAD");
            Assert.Equal(expected.Out, (await CommandLine.RunAsync(sha256.Path, command, "--at", "HEAD")).Out);
        }
        var history = await CommandLine.RunAsync(sha256.Path, "history", "--json");
        Assert.Contains("\"functionality\": 4", history.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0123456789012345678901234567890123456789")]
    [InlineData("-x")]
    [InlineData("--all")]
    [InlineData("--output=stolen")]
    [InlineData("HEAD..HEAD")]
    [InlineData("HEAD:benchmarks")]
    public async Task An_unknown_commit_is_told_with_its_name(string name)
    {
        using var repository = TestWorkspace.Create();

        foreach (var arguments in new string[][] { ["consensus", $"--at={name}"], ["check", $"--base={name}"] })
        {
            var result = await CommandLine.RunAsync(repository.Path, arguments);

            Assert.Equal((2, ""), (result.ExitCode, result.Out));
            Assert.Contains($"Git knows no commit named '{name}'.", result.Error, StringComparison.Ordinal);
        }
        Assert.Empty(Directory.GetFiles(repository.Path, "stolen*"));
    }

    [Fact]
    public async Task A_branch_that_looks_like_an_option_is_a_branch()
    {
        using var repository = TestWorkspace.Create();
        repository.Git("update-ref", "refs/heads/-q", "HEAD");

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--at=-q", "--json");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(repository.Git("rev-parse", "HEAD"), result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workspace_outside_any_repository_is_told()
    {
        using var repository = TestWorkspace.Create();
        Directory.Delete(repository[".git"], recursive: true);

        var result = await CommandLine.RunAsync(repository.Path, "history");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("not in a git repository", result.Error, StringComparison.Ordinal);
        Assert.Contains("git init", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_workspace_is_told()
    {
        using var folder = new TempFolder();

        var result = await CommandLine.RunAsync(folder.Path, "check");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("no workspace", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_variables_of_a_hook_do_not_lead_to_its_repository()
    {
        using var mine = TestWorkspace.Create();
        mine.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        mine.Commit("mine", "Ada", "ada@concord.example");
        using var hook = TestWorkspace.Create();
        hook.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "1,1"));
        hook.Commit("theirs", "Ben", "ben@concord.example");
        (string, string)[] variables =
        [
            ("GIT_DIR", hook[".git"]),
            ("GIT_WORK_TREE", hook.Path),
            ("GIT_INDEX_FILE", hook[".git/index"]),
            ("GIT_PREFIX", "grades/"),
            ("GIT_OBJECT_DIRECTORY", hook[".git/objects"]),
            ("GIT_COMMON_DIR", hook[".git"]),
        ];

        foreach (var command in new[] { "history", "consensus", "check" })
        {
            string[] arguments =
                command == "history"
                    ? [command, "--json", "--repo", mine.Path]
                    : [command, "--json", "--at", "HEAD", "--repo", mine.Path];
            var expected = await CommandLine.RunAsync(mine.Path, arguments);
            var result = await ConcordProcess.RunAsync(hook.Path, variables, ["dotnet", ConcordProcess.Program, .. arguments]);
            Assert.Equal((expected.ExitCode, expected.Out), (result.ExitCode, result.Out));
        }
    }

    [Fact]
    public async Task Settings_of_the_user_do_not_get_into_what_is_read()
    {
        using var repository = TestWorkspace.Create();
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Commit("grade", "Ada", "ada@concord.example");
        var before = await CommandLine.RunAsync(repository.Path, "history", "--json");
        foreach (
            var (name, value) in new[]
            {
                ("log.showSignature", "true"),
                ("color.ui", "always"),
                ("diff.renames", "copies"),
                ("log.showRoot", "false"),
                ("diff.noprefix", "true"),
                ("core.quotePath", "true"),
                ("i18n.logOutputEncoding", "ISO-8859-1"),
                ("log.date", "relative"),
                ("diff.ignoreSubmodules", "all"),
            }
        )
            repository.Git("config", name, value);

        var after = await CommandLine.RunAsync(repository.Path, "history", "--json");

        Assert.Equal(before, after);
        Assert.Contains("\"added\"", after.Out, StringComparison.Ordinal);
    }

    private static TestRepository Sha256()
    {
        var repository = TestWorkspace.Create(commit: false);
        Directory.Delete(repository[".git"], recursive: true);
        repository.Git("init", "-q", "-b", "main", "--object-format=sha256");
        repository.Commit("start");
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Commit("grade", "Ada", "ada@concord.example");
        return repository;
    }

    [Fact]
    public async Task A_program_that_lies_in_the_workspace_is_not_taken_for_git()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var workspace = TestWorkspace.Create();
        workspace.Write("git", $"#!/bin/sh\ntouch '{workspace["was-run"]}'\n");
        File.SetUnixFileMode(workspace["git"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await ConcordProcess.RunAsync(workspace.Path, "check");

        Assert.False(File.Exists(workspace["was-run"]));
    }
}
