using Concord.Core.Domain.Consensus;
using Concord.Core.Domain.Preferences;
using Concord.Pipeline.Exporting;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Support;

namespace Concord.Tests.Exporting;

public sealed class CandidateReaderTests
{
    private static IReadOnlyList<Candidate> Read(Action<TempFolder> change)
    {
        using var repository = TestWorkspace.Create(commit: false);
        foreach (var grader in new[] { "ada", "ben" })
            repository.Write(
                $"grades/{grader}-2026-11-02.csv",
                TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,4") + TestWorkspace.Row("lab/two", "2,1")
            );
        change(repository);
        using var tree = new WorkTree(repository.Path);
        var workspace = WorkspaceReader.Read(tree).OrThrow();
        return CandidateReader.Read(workspace, ConsensusTables.Of(workspace), tree);
    }

    [Fact]
    public void The_licence_is_the_outputs_else_the_models_else_unknown()
    {
        var candidates = Read(folder =>
        {
            folder.Write(
                "benchmarks/benchmark.yaml",
                TestWorkspace.Benchmark.Replace("{id: lab/one}", "{id: lab/one, license: MIT}", StringComparison.Ordinal) + "\n"
            );
            folder.Write(
                "benchmarks/outputs/bars/lab/two/output.json",
                "{\"schema\": 1, \"status\": \"ok\", \"license\": \"proprietary\"}\n"
            );
        });
        Assert.Equal(["MIT", "proprietary"], candidates.Select(c => c.License));
        Assert.Equal([true, false], candidates.Select(c => c.OpenWeights));

        Assert.All(Read(_ => { }), c => Assert.Null(c.License));

        var both = Read(folder =>
        {
            folder.Write(
                "benchmarks/benchmark.yaml",
                TestWorkspace.Benchmark.Replace("{id: lab/one}", "{id: lab/one, license: MIT}", StringComparison.Ordinal) + "\n"
            );
            folder.Write(
                "benchmarks/outputs/bars/lab/one/output.json",
                "{\"schema\": 1, \"status\": \"ok\", \"license\": \"proprietary\"}\n"
            );
        });
        Assert.Equal("proprietary", both[0].License);
    }

    [Fact]
    public void What_was_asked_is_the_same_for_the_prompt_and_for_a_request_that_only_repeats_it()
    {
        const string request = """{"schema": 1, "messages": [{"role": "user", "content": "Draw bars."}]}""";
        var same = Read(folder => folder.Write("benchmarks/outputs/bars/lab/one/request.json", request));
        Assert.NotNull(same[0].Prompt);
        Assert.Equal(same[0].Prompt, same[1].Prompt);

        var other = Read(folder =>
            folder.Write(
                "benchmarks/outputs/bars/lab/one/request.json",
                request.Replace("bars", "lines", StringComparison.Ordinal)
            )
        );
        Assert.NotEqual(other[0].Prompt, other[1].Prompt);
    }
}
