using System.Text.RegularExpressions;
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

    [Theory]
    [InlineData("main", "main")]
    [InlineData("trunk", "trunk")]
    [InlineData("release/1", "release/1")]
    [InlineData("c++,a", "\"c\\\\+\\\\+,a\"")]
    [InlineData("!important", "\"\\\\!important\"")]
    public async Task Workflows_run_on_pushes_to_the_branch_that_is_checked_out(string branch, string written)
    {
        using var clone = new TestRepository();
        clone.Git("symbolic-ref", "HEAD", $"refs/heads/{branch}");

        var init = await CommandLine.RunAsync(clone.Path, "init");

        Assert.True(init.ExitCode == 0, init.Error);
        Assert.Contains(
            $"set   '{branch}' as the default branch in publish.yml and render.yml\n",
            init.Out,
            StringComparison.Ordinal
        );
        foreach (var name in new[] { "publish.yml", "render.yml" })
            Assert.Contains(
                $"\n    branches: [{written}] # the default branch\n",
                clone.Read($".github/workflows/{name}"),
                StringComparison.Ordinal
            );
        var wrong = await Workflows.WorkflowParser.ParseAsync(
            [clone[".github/workflows/publish.yml"], clone[".github/workflows/render.yml"]]
        );
        Assert.All(wrong, Assert.Empty);
    }

    [Fact]
    public async Task What_it_takes_to_switch_the_workflows_on_is_told_as_the_workflows_have_it()
    {
        using var folder = new TempFolder();

        var init = await CommandLine.RunAsync(folder.Path, "init");

        Assert.Contains("git remote add origin URL, then git push -u origin main", init.Out, StringComparison.Ordinal);
        Assert.Contains("require the status 'concord'", init.Out, StringComparison.Ordinal);
        var variables = Directory
            .EnumerateFiles(folder[".github/workflows"])
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), @"\bvars\.(\w+)").Select(m => m.Groups[1].Value))
            .Distinct()
            .ToArray();
        Assert.NotEmpty(variables);
        Assert.All(variables, v => Assert.Contains(v, init.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_a_clone_workflows_run_on_pushes_to_the_remotes_default_branch()
    {
        using var clone = new TestRepository();
        clone.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop");

        await CommandLine.RunAsync(clone.Path, "init");

        Assert.Contains("branches: [develop]", clone.Read(".github/workflows/publish.yml"), StringComparison.Ordinal);
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
