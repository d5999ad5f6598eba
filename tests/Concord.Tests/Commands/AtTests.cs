using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary><c>--at REF</c> answers as that commit would have.</summary>
public sealed class AtTests
{
    [Theory]
    [InlineData("consensus")]
    [InlineData("check")]
    [InlineData("compare --all")]
    public async Task A_commit_answers_as_its_checkout_does(string command)
    {
        using var repository = Graded(out var old);
        using var checkout = new TempFolder();
        repository.Git("worktree", "add", "-q", "--detach", checkout["w"], old);
        var expected = await CommandLine.RunAsync(checkout["w"], [.. command.Split(' '), "--json"]);
        Spoil(repository);
        var before = Snapshot(repository);

        foreach (var folder in new[] { repository.Path, repository["benchmarks/challenges"] })
        {
            var result = await CommandLine.RunAsync(folder, [.. command.Split(' '), "--json", "--at", old]);
            Assert.Equal((expected.ExitCode, Document(expected.Out)), (result.ExitCode, Document(result.Out)));
        }

        Assert.Equal(before, Snapshot(repository));
        repository.Git("worktree", "remove", "--force", checkout["w"]);
    }

    [Fact]
    public async Task The_answer_names_the_commit()
    {
        using var repository = Graded(out var old);

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--json", "--at", "HEAD~1");

        Assert.Equal(old, (string?)JsonNode.Parse(result.Out)!["commit"]);
    }

    [Fact]
    public async Task Another_commit_answers_otherwise()
    {
        using var repository = Graded(out var old);

        var first = await CommandLine.RunAsync(repository.Path, "consensus", "--json", "--at", old);
        var second = await CommandLine.RunAsync(repository.Path, "consensus", "--json", "--at", "HEAD");

        Assert.NotEqual(Document(first.Out), Document(second.Out));
    }

    [Theory]
    [InlineData("")]
    [InlineData("benchmarks/challenges")]
    public async Task A_workspace_that_the_files_no_longer_have_is_read_from_the_commit(string below)
    {
        using var repository = Graded(out _);
        File.Delete(repository["benchmarks/benchmark.yaml"]);

        var result = await CommandLine.RunAsync(repository[below], "consensus", "--json", "--at", "HEAD");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("test", (string?)JsonNode.Parse(result.Out)!["benchmark"]);
    }

    [Fact]
    public async Task A_commit_without_a_workspace_is_told_with_its_name()
    {
        using var repository = new TestRepository();
        repository.Write("readme", "nothing else\n");
        var commit = repository.Commit();
        repository.Write("benchmarks/benchmark.yaml", TestWorkspace.Benchmark + "\n");
        repository.Commit();

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--at", commit);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("benchmarks/benchmark.yaml: ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"commit {commit[..7]}", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--method", "mean")]
    [InlineData("--include-stale")]
    [InlineData("--at", "HEAD")]
    public async Task What_is_written_follows_the_files_as_they_lie_only(params string[] options)
    {
        using var repository = Graded(out _);

        var result = await CommandLine.RunAsync(repository.Path, ["consensus", "--write", .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.False(Directory.Exists(repository["consensus"]));
    }

    private static TestRepository Graded(out string old)
    {
        var repository = TestWorkspace.Create();
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,3"));
        repository.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "2,3"));
        old = repository.Commit("grades");
        repository.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,5"));
        repository.Commit("grades again");
        return repository;
    }

    private static void Spoil(TestRepository repository)
    {
        repository.Write("grades/ada-2026-11-02.csv", "not,a,grade,file\n");
        File.Delete(repository["grades/ben-2026-11-02.csv"]);
        repository.Write("benchmarks/outputs/bars/lab/one/files/index.html", "<p>other</p>\n");
        repository.Write("consensus/junk.csv", "junk\n");
        repository.Git("add", "benchmarks");
    }

    private static string Snapshot(TestRepository repository) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(repository.Path, "*", SearchOption.AllDirectories)
                .Where(f =>
                    !f.Contains("/.git/objects/", StringComparison.Ordinal)
                    && !f.Contains("/.git/concord/", StringComparison.Ordinal)
                )
                .Order(StringComparer.Ordinal)
                .Select(f => $"{f} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")
        );

    private static string Document(string json)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        document.Remove("commit");
        return document.ToJsonString();
    }
}
