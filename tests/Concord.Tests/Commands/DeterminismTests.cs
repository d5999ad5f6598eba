using System.Text.Json;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class DeterminismTests
{
    [Fact]
    public async Task Two_clones_write_the_same_bytes()
    {
        using var origin = Graded();
        using var first = Clone(origin);
        using var second = Clone(origin);

        Assert.Equal(await Written(first), await Written(second));
    }

    [Fact]
    public async Task Shuffled_rows_write_the_same_bytes()
    {
        using var repository = Graded();
        var expected = await Written(repository);
        for (var seed = 1UL; seed <= 5; seed++)
        {
            foreach (var path in Directory.GetFiles(repository["grades"]))
                Shuffle(path, seed);

            Assert.Equal(expected, await Written(repository));
        }
    }

    [Fact]
    public async Task Writing_again_changes_no_file()
    {
        using var repository = Graded();
        await Written(repository);
        var times = Directory.GetFiles(repository["consensus"]).Select(File.GetLastWriteTimeUtc).ToArray();

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Contains("nothing changed", result.Error, StringComparison.Ordinal);
        Assert.Equal(times, Directory.GetFiles(repository["consensus"]).Select(File.GetLastWriteTimeUtc));
        Assert.Empty(Directory.GetFiles(repository["consensus"], ".concord-new-*"));
    }

    [Fact]
    public async Task After_a_write_check_finds_the_consensus_in_order_until_it_is_edited()
    {
        using var repository = Graded();
        await Written(repository);
        Assert.DoesNotContain("consensus", await Rules(repository), StringComparison.Ordinal);

        File.AppendAllText(repository["consensus/results.csv"], "x\n");
        Assert.Contains("consensus-edited", await Rules(repository), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_title_leaves_the_consensus_behind_and_not_edited()
    {
        using var repository = Graded();
        await Written(repository);
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark.Replace("Test benchmark", "Renamed", StringComparison.Ordinal) + "\n"
        );

        Assert.Contains("consensus-behind", await Rules(repository), StringComparison.Ordinal);
        Assert.DoesNotContain("consensus-edited", await Rules(repository), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check --json")]
    [InlineData("check --format json")]
    [InlineData("consensus --json")]
    [InlineData("consensus --json --at HEAD")]
    [InlineData("consensus --json --write")]
    [InlineData("history --json")]
    [InlineData("history --json --challenge bars")]
    [InlineData("diff --json HEAD~1..HEAD")]
    public async Task Json_is_one_document_on_standard_output(string command)
    {
        using var repository = Graded();

        var result = await CommandLine.RunAsync(repository.Path, command.Split(' '));

        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [Fact]
    public async Task Without_replicates_there_is_a_consensus_without_intervals_of_agreement()
    {
        using var repository = Graded();
        repository.Write("benchmarks/benchmark.yaml", TestWorkspace.Benchmark + "\nconsensus: {bootstrap: 0}\n");

        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "consensus", "--write")).ExitCode);
        Assert.Contains(
            "functionality,krippendorff-alpha,ordinal,",
            repository.Read("consensus/agreement.csv"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_projects_own_workspace_passes_its_check()
    {
        var result = await CommandLine.RunAsync(SourceTree.Root, "check", "--json");

        using var document = JsonDocument.Parse(result.Out);
        Assert.Equal((0, 0), (result.ExitCode, document.RootElement.GetProperty("errors").GetInt32()));
    }

    [Fact]
    public void The_projects_own_consensus_is_what_is_computed_now()
    {
        using var tree = new WorkTree(SourceTree.Root);
        var workspace = WorkspaceReader.Read(tree).OrThrow();

        foreach (
            var (path, bytes) in ConsensusFiles.Render(Core.Domain.Consensus.ConsensusTables.Of(workspace), workspace.Benchmark)
        )
            Assert.Equal(System.Text.Encoding.UTF8.GetString(bytes), File.ReadAllText(Path.Combine(SourceTree.Root, path)));
    }

    private static TestRepository Graded()
    {
        var repository = TestWorkspace.Create();
        var n = 0;
        foreach (var grader in new[] { "ada", "ben", "cleo", "dan" })
        {
            var rows = Enumerable
                .Range(0, 6)
                .Select(i =>
                    TestWorkspace
                        .Row("lab/one", $"{(i + n) % 6},{n % 4}", notes: $"\"note, {i}\nof {grader}\"")
                        .Replace("bars,", $"c{i},", StringComparison.Ordinal)
                );
            repository.Write(
                $"grades/{grader}-2026-11-0{++n}.csv",
                TestWorkspace.Header + string.Concat(rows) + TestWorkspace.Row("lab/two", $"{n},0")
            );
        }
        for (var i = 0; i < 6; i++)
        {
            repository.Write($"benchmarks/challenges/c{i}/challenge.yaml", "title: C\n");
            repository.Write($"benchmarks/challenges/c{i}/prompt.md", "Draw.\n");
            TestWorkspace.AddOutput(repository, $"c{i}", "lab/one", "<p>one</p>\n");
        }
        repository.Commit("grades");
        return repository;
    }

    private static TestRepository Clone(TestRepository origin)
    {
        var clone = new TestRepository();
        clone.Git("pull", "-q", origin.Path, "main");
        return clone;
    }

    private static async Task<string> Written(TestRepository repository)
    {
        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        Assert.Equal(0, result.ExitCode);
        var files = Directory.GetFiles(repository["consensus"]).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(8, files.Length);
        return string.Join('\n', files.Select(f => $"{Path.GetFileName(f)} {Convert.ToBase64String(File.ReadAllBytes(f))}"));
    }

    private static async Task<string> Rules(TestRepository repository) =>
        (await CommandLine.RunAsync(repository.Path, "check")).Out;

    private static void Shuffle(string path, ulong seed)
    {
        var text = File.ReadAllText(path);
        var rows = text.Replace(",30\n", "\u0001", StringComparison.Ordinal)[TestWorkspace.Header.Length..]
            .Split('\u0001', StringSplitOptions.RemoveEmptyEntries);
        var random = new Random((int)seed);
        random.Shuffle(rows);
        File.WriteAllText(path, TestWorkspace.Header + string.Concat(rows.Select(r => r + ",30\n")));
    }
}
