using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary>.github/CODEOWNERS, made from graders.yaml and kept by doctor.</summary>
public sealed class CodeOwnersTests
{
    private const string Path = ".github/CODEOWNERS";

    private const string Graders = """
        - {id: zoe, name: Z, github: zoe-gh}
        - {id: ada-b, name: B, github: Ben-GH}
        - {id: ada, name: A, github: ada-gh, role: lead}
        - {id: bot, name: M, kind: model}
        - {id: eve, name: E, github: "eve-app[bot]"}

        """;

    [Theory]
    [InlineData("")]
    [InlineData("bench/eval/")]
    public async Task Each_graders_files_are_the_graders_and_the_leads_and_all_else_is_the_leads(string prefix)
    {
        using var clone = Workspace(prefix);
        clone.Write($"{prefix}benchmarks/graders.yaml", Graders);

        var before = await CommandLine.RunAsync(clone[prefix], "doctor");
        var fix = await CommandLine.RunAsync(clone[prefix], "doctor", "--fix");
        var after = await CommandLine.RunAsync(clone[prefix], "doctor");

        Assert.Contains("concord doctor --fix, then commit", before.Out, StringComparison.Ordinal);
        Assert.Contains($"Wrote {Path}: commit it.", fix.Error, StringComparison.Ordinal);
        Assert.Contains("as graders.yaml says; of one lead", after.Out, StringComparison.Ordinal);
        Assert.Equal(
            $"""
            # concord: made from graders.yaml by 'concord doctor --fix'; edit outside of these marks
            /{prefix}benchmarks/ @ada-gh
            /{prefix}consensus/ @ada-gh
            /{prefix}grades/ @ada-gh
            /.github/ @ada-gh
            /{prefix}grades/ada-*.csv @ada-gh
            /{prefix}grades/ada-b-*.csv @Ben-GH @ada-gh
            /{prefix}grades/zoe-*.csv @zoe-gh @ada-gh
            # concord: end

            """,
            clone.Read(Path)
        );
    }

    [Fact]
    public async Task Lines_of_ones_own_stay_and_keep_their_say()
    {
        using var clone = Workspace("");
        clone.Write("benchmarks/graders.yaml", Graders);
        clone.Write(Path, "*.md @writers\n");
        await CommandLine.RunAsync(clone.Path, "doctor", "--fix");
        clone.Write("benchmarks/graders.yaml", "- {id: ada, name: A, github: ada-new}\n");

        await CommandLine.RunAsync(clone.Path, "doctor", "--fix");

        Assert.Equal(
            "# concord: made from graders.yaml by 'concord doctor --fix'; edit outside of these marks\n"
                + "/grades/ada-*.csv @ada-new\n# concord: end\n*.md @writers\n",
            clone.Read(Path)
        );
    }

    [Fact]
    public async Task Init_writes_it_where_graders_are_known_and_none_for_nobody()
    {
        using var empty = new TempFolder();
        using var known = new TempFolder();
        known.Write("benchmarks/graders.yaml", "- {id: ada, name: A, github: ada-gh}\n");

        await CommandLine.RunAsync(empty.Path, "init");
        var init = await CommandLine.RunAsync(known.Path, "init");

        Assert.False(File.Exists(empty[Path]));
        Assert.Contains($"wrote {Path}", init.Out, StringComparison.Ordinal);
        Assert.Contains("/grades/ada-*.csv @ada-gh\n", known.Read(Path), StringComparison.Ordinal);
        Assert.Contains(
            "nothing to write: no grader has 'github:'",
            (await CommandLine.RunAsync(empty.Path, "doctor")).Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no lead has 'github:'",
            (await CommandLine.RunAsync(known.Path, "doctor")).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_no_login_gets_no_line()
    {
        using var clone = Workspace("");
        clone.Write("benchmarks/graders.yaml", "- {id: eve, name: E, github: \"x\\n* @eve\"}\n");

        Assert.Equal(2, (await CommandLine.RunAsync(clone.Path, "doctor", "--fix")).ExitCode);
        Assert.False(File.Exists(clone[Path]));
    }

    [Fact]
    public async Task A_broken_list_of_graders_stops_a_fix_and_not_the_doctor()
    {
        using var clone = Workspace("");
        clone.Write("benchmarks/graders.yaml", "{\n");

        Assert.Contains("'concord check' says", (await CommandLine.RunAsync(clone.Path, "doctor")).Out, StringComparison.Ordinal);
        Assert.Equal(2, (await CommandLine.RunAsync(clone.Path, "doctor", "--fix")).ExitCode);
        Assert.False(File.Exists(clone[Path]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bench/")]
    public async Task Check_says_where_it_is_behind_the_graders_and_how_to_mend_it(string prefix)
    {
        using var clone = Workspace(prefix);
        clone.Write($"{prefix}benchmarks/graders.yaml", Graders);
        await CommandLine.RunAsync(clone[prefix], "doctor", "--fix");
        clone.Commit("start");
        var good = await CommandLine.RunAsync(clone[prefix], "check");
        clone.Write($"{prefix}benchmarks/graders.yaml", Graders + "- {id: new, name: N, github: new-gh}\n");
        var lying = await CommandLine.RunAsync(clone[prefix], "check");
        clone.Commit("a grader more");
        await CommandLine.RunAsync(clone[prefix], "doctor", "--fix");

        var mended = await CommandLine.RunAsync(clone[prefix], "check");
        var commit = await CommandLine.RunAsync(clone[prefix], "check", "--at", "HEAD");

        foreach (var behind in new[] { lying, commit })
        {
            Assert.Contains($"warning: {Path}: ", behind.Out, StringComparison.Ordinal);
            Assert.Contains("Run 'concord doctor --fix' and commit", behind.Out, StringComparison.Ordinal);
            Assert.Equal(0, behind.ExitCode);
        }
        foreach (var fine in new[] { good, mended })
            Assert.DoesNotContain("codeowners-behind", fine.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_nothing_of_a_file_that_is_the_users_alone()
    {
        using var clone = Workspace("");
        clone.Write("benchmarks/graders.yaml", Graders);
        clone.Write(Path, "* @somebody\n");

        var check = await CommandLine.RunAsync(clone.Path, "check");

        Assert.DoesNotContain("codeowners-behind", check.Out, StringComparison.Ordinal);
    }

    private static TestRepository Workspace(string prefix)
    {
        var clone = new TestRepository();
        clone.Write($"{prefix}benchmarks/benchmark.yaml", TestWorkspace.Benchmark);
        return clone;
    }
}
