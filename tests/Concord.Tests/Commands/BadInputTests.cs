using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary>What the user can mend: exit 2, one clear message with its place, no trace, nothing written.</summary>
public sealed class BadInputTests
{
    public static TheoryData<string> Reading => ["check", "consensus", "consensus --write", "history", "compare lab/one lab/two"];

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task Without_a_workspace_a_command_says_how_to_get_one(string command)
    {
        using var folder = new TempFolder();

        var result = await Refused(folder, command);

        Assert.Contains("benchmarks/benchmark.yaml", result.Error, StringComparison.Ordinal);
        Assert.Contains("concord init DIR", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [MemberData(nameof(Reading))]
    public async Task A_workspace_that_is_no_git_repository_is_refused(string command)
    {
        using var folder = new TempFolder();
        folder.Write("benchmarks/benchmark.yaml", TestWorkspace.Benchmark);

        var result = await Refused(folder, command);

        Assert.Contains("git", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["consensus"]));
    }

    [Theory]
    [InlineData("textconv gone.csv")]
    [InlineData("merge-grades gone.csv gone.csv gone.csv")]
    public async Task A_file_that_does_not_exist_is_told(string command)
    {
        using var folder = new TempFolder();

        Assert.Equal($"There is no file {folder["gone.csv"]}. Name one that is there.\n", (await Refused(folder, command)).Error);
    }

    [Fact]
    public async Task What_is_missing_three_times_is_told_once()
    {
        using var folder = new TempFolder();

        Assert.Equal(2, (await Refused(folder, "merge-grades")).Error.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_told()
    {
        using var folder = new TempFolder();

        Assert.Contains("nowhere", (await Refused(folder, "check --repo nowhere")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check --bogus", "--bogus")]
    [InlineData("consensus --method medain", "medain")]
    [InlineData("compare a b --adjust hlom", "hlom")]
    [InlineData("compare a b --pass high", "--pass")]
    [InlineData("compare a b --prior -1", "--prior")]
    [InlineData("compare a b --bootstrap -1", "--bootstrap")]
    [InlineData("agreement x.csv --paired --pairwise", "--pairwise")]
    [InlineData("agreement x.csv --pairwise --prior -1", "--prior")]
    [InlineData("bogus", "bogus")]
    [InlineData("agreement", "'agreement'")]
    [InlineData("agreement x.csv --bootstrap -1", "--bootstrap")]
    [InlineData("agreement x.csv --bootstrap many", "--bootstrap")]
    [InlineData("agreement nowhere.csv", "nowhere.csv")]
    [InlineData("check --at nowhere", "nowhere")]
    [InlineData("check --base nowhere", "nowhere")]
    [InlineData("consensus --write --method mean", "--write")]
    [InlineData("consensus --write --at HEAD", "--write")]
    public async Task What_cannot_be_asked_is_named(string command, string named)
    {
        using var repository = TestWorkspace.Create();

        Assert.Contains(named, (await Refused(repository, command)).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(repository["consensus"]));
    }

    [Theory]
    [InlineData("benchmarks/benchmark.yaml", "a: [1, 2\nb: 3\n")]
    [InlineData("benchmarks/benchmark.yaml", "name: [\n")]
    [InlineData("benchmarks/benchmark.yaml", "")]
    [InlineData("benchmarks/graders.yaml", "- {id: ada\n")]
    [InlineData("benchmarks/challenges/bars/challenge.yaml", "title: \"open\n")]
    [InlineData("benchmarks/outputs/bars/lab/one/output.json", "{")]
    [InlineData("grades/ada-2026-11-02.csv", "a,\"b\n")]
    [InlineData("grades/ada-2026-11-02.csv", "\0")]
    [InlineData("grades/..-2026-11-02.csv", "")]
    public async Task What_cannot_be_read_stops_the_consensus_with_its_place_and_nothing_is_written(string path, string text)
    {
        using var repository = TestWorkspace.Create();
        repository.Write("consensus/REPORT.md", "as it was");
        repository.Write(path, text);

        var result = await Refused(repository, "consensus --write");
        var check = await CommandLine.RunAsync(repository.Path, "check");

        Assert.StartsWith(path, result.Error, StringComparison.Ordinal);
        Assert.Equal((1, ""), (check.ExitCode, check.Error));
        Assert.Contains(path, check.Out, StringComparison.Ordinal);
        Assert.Equal("as it was", repository.Read("consensus/REPORT.md"));
        Assert.Single(Directory.GetFileSystemEntries(repository["consensus"]));
    }

    [Fact]
    public async Task A_consensus_that_is_a_file_is_not_replaced()
    {
        using var repository = TestWorkspace.Create();
        repository.Write("consensus", "mine");

        Assert.Contains("consensus", (await Refused(repository, "consensus --write")).Error, StringComparison.Ordinal);
        Assert.Equal("mine", repository.Read("consensus"));
    }

    private static async Task<CommandResult> Refused(TempFolder folder, string command)
    {
        var result = await CommandLine.RunAsync(folder.Path, command.Split(' '));

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.NotEqual("", result.Error);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        return result;
    }
}
