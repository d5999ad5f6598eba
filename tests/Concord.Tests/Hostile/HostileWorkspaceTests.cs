using Concord.Core.Domain;
using Concord.Tests.Support;

namespace Concord.Tests.Hostile;

/// <summary>What a workspace may hold that its maintainer did not expect.</summary>
public sealed class HostileWorkspaceTests
{
    private const int Runs = 6;

    [Theory]
    [InlineData("grades/ada-2026-11-02.csv")]
    [InlineData("benchmarks/outputs/bars/lab/one/files/pipe")]
    [InlineData("benchmarks/challenges/bars/files/pipe")]
    [InlineData("consensus/pipe")]
    public async Task A_pipe_is_reported_and_never_waited_for(string path)
    {
        using var repository = TestWorkspace.Create();
        Directory.CreateDirectory(Path.GetDirectoryName(repository[path])!);
        await ProcessRun.RunAsync(repository.Path, new Dictionary<string, string>(), "mkfifo", repository[path]);

        var result = await CommandLine.RunAsync(repository.Path, "check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains($"error: {path}: ", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_name_with_a_line_break_cannot_make_two_outputs_one()
    {
        using var repository = TestWorkspace.Create();
        repository.Write("benchmarks/outputs/bars/lab/one/files/a\tb\nc.html", "x");

        var result = await CommandLine.RunAsync(repository.Path, "check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[wrong-name]", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_cannot_put_structure_into_the_report()
    {
        using var repository = TestWorkspace.Create();
        repository.Write(
            "benchmarks/benchmark.yaml",
            TestWorkspace.Benchmark.Replace("Test benchmark", "\"A\\n\\n## B <img> [x](y) @all\"", StringComparison.Ordinal)
                + "\n"
        );

        await CommandLine.RunAsync(repository.Path, "consensus", "--write");

        Assert.StartsWith(
            "# Consensus: A  ## B &lt;img> \\[x](y) &#64;all\n",
            repository.Read("consensus/REPORT.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Writers_at_the_same_time_do_not_disturb_each_other()
    {
        using var repository = TestWorkspace.Create();
        repository.Write("grades/ada-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "5,5"));
        var program = Path.Combine(AppContext.BaseDirectory, "concord.dll");

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, Runs)
                .Select(_ =>
                    ProcessRun.RunAsync(
                        repository.Path,
                        new Dictionary<string, string>(),
                        "dotnet",
                        program,
                        "consensus",
                        "--write"
                    )
                )
        );

        Assert.All(results, r => Assert.True(r.ExitCode == 0, r.Error));
        Assert.Equal(0, (await CommandLine.RunAsync(repository.Path, "check")).ExitCode);
    }

    [Fact]
    public async Task An_interruption_ends_with_130_although_the_work_does_not_listen()
    {
        using var folder = new TempFolder();
        folder.Write(
            "slow.csv",
            "item,rater,grade\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"i{i / 2},r{i % 2},{i % 1900}\n"))
        );
        var script =
            $"timeout 60 dotnet '{Path.Combine(AppContext.BaseDirectory, "concord.dll")}' agreement slow.csv --bootstrap 1000000 & pid=$!; sleep 1.5; kill -TERM $pid; wait $pid";

        var result = await ProcessRun.RunAsync(folder.Path, new Dictionary<string, string>(), "bash", "-c", script);

        Assert.Equal(130, result.ExitCode);
        Assert.Contains("Interrupted", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain – ✓", "plain – ✓")]
    [InlineData("a\nb\tc", "a b c")]
    [InlineData("\e[31mred\a", "\\u001b[31mred\\u0007")]
    [InlineData("\u202Eabc", "\\u202eabc")]
    public void Control_characters_are_shown_and_not_obeyed(string text, string shown) => Assert.Equal(shown, PlainText.Of(text));
}
