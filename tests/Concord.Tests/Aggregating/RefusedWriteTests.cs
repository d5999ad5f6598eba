using Concord.Tests.Support;

namespace Concord.Tests.Aggregating;

/// <summary>Where the file system refuses, the old files stay and the message says why.</summary>
public sealed class RefusedWriteTests
{
    [Theory]
    [InlineData("trap '' XFSZ; ")]
    [InlineData("")]
    public async Task A_limit_on_file_sizes_leaves_the_old_files(string trap)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");
        var (repository, old) = await WrittenAsync();
        using var _ = repository;
        // One block holds every table, but not the report.
        var result = await ConcordProcess.RunAsync(
            repository.Path,
            ConsensusFolder.Small,
            ["bash", "-c", $"{trap}ulimit -f 1; exec dotnet \"$0\" consensus --write", ConcordProcess.Program]
        );

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("consensus/REPORT.md: The file could not be written", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", result.Error, StringComparison.Ordinal);
        Unchanged(repository, old);
    }

    [Fact]
    public async Task A_read_only_folder_leaves_the_old_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other permissions.");
        var (repository, old) = await WrittenAsync();
        using var _ = repository;
        var root = Environment.UserName == "root";
        // Root may write anything, so it hands over to nobody, who needs the program where nobody can read it.
        using var program = new TempFolder();
        if (root)
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
                File.Copy(file, program[Path.GetFileName(file)]);
        await RunAsync(
            repository,
            "chmod -R a+rX \"$1\" \"$2\"; chmod a-w \"$1/consensus\"" + (root ? "; chown -R 65534:65534 \"$1\"" : ""),
            program
        );

        var result = await RunAsync(
            repository,
            root
                ? "exec setpriv --reuid 65534 --regid 65534 --clear-groups dotnet \"$2/concord.dll\" consensus --write"
                : "exec dotnet \"$0\" consensus --write",
            program
        );

        await RunAsync(repository, "chmod u+w \"$1/consensus\"", program);
        Assert.Equal((2, ""), (result.ExitCode, result.ExitCode == 2 ? "" : result.Error));
        Assert.Contains("could not be written", result.Error, StringComparison.Ordinal);
        Assert.Contains("denied", result.Error, StringComparison.Ordinal);
        Unchanged(repository, old);
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_told()
    {
        using var repository = ConsensusFolder.Create();
        repository.Write("consensus", "mine\n");

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("consensus: consensus is a file, not a folder.", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine\n", repository.Read("consensus"));
    }

    [Fact]
    public async Task A_link_in_place_of_the_folder_is_not_written_through()
    {
        using var repository = ConsensusFolder.Create();
        using var elsewhere = new TempFolder();
        elsewhere.Write(".concord-new-mine", "mine\n");
        Directory.CreateSymbolicLink(repository["consensus"], elsewhere.Path);

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("consensus", result.Error, StringComparison.Ordinal);
        Assert.Contains("link", result.Error, StringComparison.Ordinal);
        Assert.Equal([elsewhere[".concord-new-mine"]], Directory.EnumerateFileSystemEntries(elsewhere.Path));
    }

    [Fact]
    public async Task A_link_in_place_of_a_file_is_replaced_and_its_target_left_alone()
    {
        var (repository, old) = await WrittenAsync();
        using var _ = repository;
        using var elsewhere = new TempFolder();
        elsewhere.Write("models.csv", old["consensus/models.csv"]);
        File.Delete(repository["consensus/models.csv"]);
        File.CreateSymbolicLink(repository["consensus/models.csv"], elsewhere["models.csv"]);
        ConsensusFolder.Grade(repository, 0);

        Assert.Equal(1, (await Findings.OfAsync(repository.Path)).ExitCode);
        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "consensus", "--write")).ExitCode);

        Assert.Null(new FileInfo(repository["consensus/models.csv"]).LinkTarget);
        Assert.Equal(old["consensus/models.csv"], File.ReadAllBytes(elsewhere["models.csv"]));
        Assert.Empty((await Findings.OfAsync(repository.Path)).All);
    }

    [Fact]
    public async Task A_folder_in_place_of_a_file_is_told_and_left_alone()
    {
        using var repository = (await WrittenAsync()).Repository;
        File.Delete(repository["consensus/review.csv"]);
        repository.Write("consensus/review.csv/mine", "mine\n");

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("consensus/review.csv", result.Error, StringComparison.Ordinal);
        Assert.Equal("mine\n", repository.Read("consensus/review.csv/mine"));
        Assert.Empty(ConsensusFolder.Leftovers(repository));
    }

    [Fact]
    public async Task Grades_in_error_leave_the_old_files_and_are_all_told()
    {
        var (repository, old) = await WrittenAsync();
        using var _ = repository;
        repository.Write(
            "grades/ada-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "9,3") + TestWorkspace.Row("lab/two", "4,NaN")
        );

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Contains("grades/ada-2026-11-02.csv:2", result.Error, StringComparison.Ordinal);
        Assert.Contains("grades/ada-2026-11-02.csv:3", result.Error, StringComparison.Ordinal);
        Unchanged(repository, old);
    }

    [Fact]
    public async Task A_second_write_changes_nothing_and_says_so()
    {
        using var repository = (await WrittenAsync()).Repository;
        await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        var times = Directory.EnumerateFiles(repository["consensus"]).ToDictionary(f => f, File.GetLastWriteTimeUtc);

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Contains("nothing changed", result.Error, StringComparison.Ordinal);
        Assert.All(times, t => Assert.Equal(t.Value, File.GetLastWriteTimeUtc(t.Key)));
    }

    [Fact]
    public async Task Files_of_the_folder_that_are_not_generated_stay()
    {
        using var repository = (await WrittenAsync()).Repository;
        repository.Write("consensus/README.md", "manual\n");

        await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal("manual\n", repository.Read("consensus/README.md"));
    }

    private static async Task<(TestRepository Repository, Dictionary<string, byte[]> Old)> WrittenAsync()
    {
        var repository = ConsensusFolder.Create();
        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "consensus", "--write")).ExitCode);
        var old = ConsensusFolder.Actual(repository);
        ConsensusFolder.Grade(repository, 3);
        return (repository, old);
    }

    private static void Unchanged(TestRepository repository, Dictionary<string, byte[]> old)
    {
        Assert.True(ConsensusFolder.Same(ConsensusFolder.Actual(repository), old), "The old files are not as they were.");
        Assert.Empty(ConsensusFolder.Leftovers(repository));
    }

    private static Task<CommandResult> RunAsync(TestRepository repository, string script, TempFolder program) =>
        ConcordProcess.RunAsync(
            repository.Path,
            [("HOME", repository.Path), ("DOTNET_CLI_HOME", repository.Path), ("GIT_CONFIG_GLOBAL", "/dev/null")],
            ["bash", "-c", script, ConcordProcess.Program, repository.Path, program.Path]
        );
}
