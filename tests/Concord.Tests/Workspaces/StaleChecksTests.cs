using Concord.Tests.Support;

namespace Concord.Tests.Workspaces;

/// <summary>Automatic checks of files that an output no longer has.</summary>
public sealed class StaleChecksTests
{
    private const string One = "benchmarks/outputs/bars/lab/one";

    [Fact]
    public async Task Checks_of_other_files_are_left_out_and_counted()
    {
        using var repository = TestWorkspace.Create(commit: false);
        Checks(repository, TestWorkspace.OutputId("<p>one</p>\n"));
        repository.Commit();
        await WriteAsync(repository);
        Assert.Contains(",rendered,true,", repository.Read("consensus/automatic.csv"), StringComparison.Ordinal);
        Assert.DoesNotContain("automatic checks", repository.Read("consensus/REPORT.md"), StringComparison.Ordinal);

        repository.Write($"{One}/files/index.html", "<p>edited by hand</p>\n");
        repository.Commit();

        Assert.Contains("stale-checks", (await Findings.OfAsync(repository.Path)).All.Select(f => f.Rule));
        await WriteAsync(repository);
        Assert.DoesNotContain("rendered", repository.Read("consensus/automatic.csv"), StringComparison.Ordinal);
        Assert.Contains(
            "- 2 automatic checks of earlier files",
            repository.Read("consensus/REPORT.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Checks_that_do_not_say_of_what_they_are_count()
    {
        using var repository = TestWorkspace.Create(commit: false);
        Checks(repository, null);
        repository.Commit();

        await WriteAsync(repository);

        Assert.Contains(",rendered,true,", repository.Read("consensus/automatic.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_that_is_none_is_an_error() =>
        Assert.Contains(
            "wrong-id",
            Reading.Of(f => f.Write($"{One}/checks.json", "{\"output\": \"x\", \"checks\": []}")).Errors.Select(e => e.Rule)
        );

    private static void Checks(TempFolder folder, string? output) =>
        folder.Write(
            $"{One}/checks.json",
            $$"""{"schema": 1, {{(output is null ? "" : $"\"output\": \"{output}\", ")}}"checks": [{"check": "rendered", "passed": true}, {"check": "size", "value": 2}]}"""
        );

    private static async Task WriteAsync(TestRepository repository)
    {
        var run = await CommandLine.RunAsync(repository.Path, "consensus", "--write");
        Assert.True(run.ExitCode == 0, run.Error);
    }
}
