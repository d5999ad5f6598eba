using Concord.Tests.Support;

namespace Concord.Tests.Commands;

public sealed class InitCommandTests
{
    [Fact]
    public async Task A_new_workspace_has_the_manual_without_the_sample_and_the_libraries_that_pages_ask_for()
    {
        using var folder = new TempFolder();

        var result = await CommandLine.RunAsync(folder.Path, "init");

        Assert.True(result.ExitCode == 0, result.Error);
        var manual = folder.Read("benchmarks/README.md");
        Assert.Contains("## Asking models", manual, StringComparison.Ordinal);
        Assert.Contains("## What an output can be", manual, StringComparison.Ordinal);
        Assert.DoesNotContain("sample/", manual, StringComparison.Ordinal);
        Assert.DoesNotContain("The sample", manual, StringComparison.Ordinal);
        Assert.DoesNotContain("**sample**", manual, StringComparison.Ordinal);
        foreach (var file in new[] { "package.json", "package-lock.json", ".npmrc" })
            Assert.Equal(
                File.ReadAllText(Path.Combine(SourceTree.Root, "benchmarks/vendor", file)),
                folder.Read($"benchmarks/vendor/{file}")
            );
        Assert.Equal(0, (await CommandLine.RunAsync(folder.Path, "check")).ExitCode);
    }

    [Fact]
    public async Task Libraries_of_ones_own_get_no_lock_of_others()
    {
        using var folder = new TempFolder();
        folder.Write("benchmarks/vendor/package.json", "{}\n");

        var result = await CommandLine.RunAsync(folder.Path, "init");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.False(File.Exists(folder["benchmarks/vendor/package-lock.json"]));
    }

    [Fact]
    public async Task A_workspace_without_outputs_is_told_what_comes_first()
    {
        using var folder = new TempFolder();
        await CommandLine.RunAsync(folder.Path, "init");

        var list = await CommandLine.RunAsync(folder.Path, "bench", "list");

        Assert.Equal(0, list.ExitCode);
        Assert.StartsWith("No outputs. They take a challenge ('concord challenge add ID')", list.Out, StringComparison.Ordinal);
    }
}
