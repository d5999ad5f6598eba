using Concord.Tests.Support;

namespace Concord.Tests.Domain.Consensus;

public sealed class EmptyCriterionTests
{
    [Theory]
    [InlineData("ordinal")]
    [InlineData("interval")]
    [InlineData("ratio")]
    public async Task A_criterion_without_any_score_is_undefined_and_no_crash(string level)
    {
        using var repository = TestWorkspace.Create();
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark.Replace("ordinal", level, StringComparison.Ordinal) + "\n"
        );

        var result = await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("No item has two or more ratings", repository.Read("consensus/agreement.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nominal_criterion_with_a_weight_is_refused()
    {
        using var repository = TestWorkspace.Create();
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark.Replace("ordinal", "nominal", StringComparison.Ordinal) + "\n"
        );

        var result = await CommandLine.RunAsync(repository.Path, "check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[nominal-weight]", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_never_writes_over_what_the_workspace_keeps()
    {
        using var repository = TestWorkspace.Create();
        repository.Write(
            "grades/ada-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,5") + TestWorkspace.Row("lab/two", "1,1")
        );
        var before = repository.Read("benchmarks/benchmark.yaml");

        var result = await CommandLine.RunAsync(
            repository.Path,
            "export",
            "--min-votes",
            "1",
            "--min-common",
            "1",
            "-o",
            "benchmarks/benchmark.yaml"
        );

        Assert.Equal((2, before), (result.ExitCode, repository.Read("benchmarks/benchmark.yaml")));
    }

    [Fact]
    public async Task An_edit_by_hand_does_not_hide_behind_newer_grades()
    {
        using var repository = TestWorkspace.Create();
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,5"));
        await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        repository.Commit("consensus");
        repository.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "3,3"));
        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "check")).ExitCode);
        repository.Write(
            "consensus/consensus.csv",
            repository.Read("consensus/consensus.csv").Replace(",5,5,", ",4,4,", StringComparison.Ordinal)
        );

        var result = await CommandLine.RunAsync(repository.Path, "check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[consensus-edited]", result.Out, StringComparison.Ordinal);
    }
}
