using Concord.Pipeline.Git;
using Concord.Tests.Support;

namespace Concord.Tests.Git;

/// <summary>Git itself merging and showing grade files with our drivers, and what it does without them.</summary>
public sealed class DriverTests
{
    private const string File = "grades/ada-2026-11-21.csv";
    private static readonly string One = TestWorkspace.Row("lab/one", "4,3", at: "2026-11-21T09:00:00Z");
    private static readonly string OneLater = TestWorkspace.Row("lab/one", "5,5", at: "2026-11-21T10:00:00Z");
    private static readonly string Two = TestWorkspace.Row("lab/two", "1,1", at: "2026-11-21T09:30:00Z");

    [Fact]
    public async Task One_grader_on_two_machines_in_one_day_merges_without_a_conflict()
    {
        using var clone = await TwoMachinesAsync(OneLater, One + Two);

        clone.Git("merge", "-q", "-m", "merge", "other");

        Assert.Equal(TestWorkspace.Header + OneLater + Two, clone.Read(File));
        Assert.Equal(0, (await CommandLine.RunAsync(clone.Path, "check")).ExitCode);
    }

    /// <summary>What both had, what each made of it, and what has to come of it; a row is a letter and when it was graded.</summary>
    [Theory]
    [InlineData("", "a1", "b1", "a1 b1")]
    [InlineData("", "a1 b2", "a2 b1", "a2 b2")]
    [InlineData("", "a1 b1 c1", "a1 b1 c1", "a1 b1 c1")]
    [InlineData("a1", "a1 b1", "a1 c1", "a1 b1 c1")]
    [InlineData("a1 b1", "a2 b1 c1", "a1 b2", "a2 b2 c1")]
    [InlineData("a1 b1 c1", "a3 b2 c1", "a2 b3 c2", "a3 b3 c2")]
    [InlineData("a1 c1", "a2 b1 c1", "a2 b2 c1", "a2 b2 c1")]
    public async Task Whatever_two_machines_graded_that_day_the_later_grade_wins_and_nothing_is_dropped(
        string before,
        string here,
        string there,
        string merged
    )
    {
        using var clone = await TwoMachinesAsync(Rows(here), Rows(there), Rows(before));

        clone.Git("switch", "-q", "--detach", "main");
        clone.Git("merge", "-q", "-m", "merge", "other");
        Assert.Equal(TestWorkspace.Header + Rows(merged), clone.Read(File));
        clone.Git("switch", "-q", "--detach", "other");
        clone.Git("merge", "-q", "-m", "merge", "main");
        Assert.Equal(TestWorkspace.Header + Rows(merged), clone.Read(File));
    }

    [Fact]
    public async Task A_union_of_lines_would_keep_two_grades_of_an_output_that_both_changed()
    {
        using var clone = await TwoMachinesAsync(Rows("a2 b1"), Rows("a3 b1"), Rows("a1 b1"));
        clone.Write(".gitattributes", "grades/*.csv -text merge=union\n");

        clone.Git("merge", "-q", "-m", "merge", "other");

        Assert.Equal(TestWorkspace.Header + Rows("a2 a3 b1"), clone.Read(File));
        Assert.Equal(1, (await CommandLine.RunAsync(clone.Path, "check")).ExitCode);
    }

    [Fact]
    public async Task Rebasing_gives_the_same_file()
    {
        using var clone = await TwoMachinesAsync(OneLater, One + Two);

        clone.Git("rebase", "-q", "other");

        Assert.Equal(TestWorkspace.Header + OneLater + Two, clone.Read(File));
    }

    [Fact]
    public async Task A_union_of_lines_would_grade_an_output_twice()
    {
        using var clone = await TwoMachinesAsync(OneLater, One + Two);
        clone.Write(".gitattributes", "grades/*.csv -text merge=union\n");

        clone.Git("merge", "-q", "-m", "merge", "other");

        Assert.Contains(OneLater, clone.Read(File), StringComparison.Ordinal);
        Assert.Contains(One, clone.Read(File), StringComparison.Ordinal);
        var check = await CommandLine.RunAsync(clone.Path, "check");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("graded twice", check.Out + check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_left_to_the_user_as_a_conflict()
    {
        using var clone = await TwoMachinesAsync(OneLater, "no grade at all\n");

        Assert.Throws<InvalidOperationException>(() => clone.Git("merge", "-q", "-m", "merge", "other"));
        Assert.Equal($"AA {File}", clone.Git("status", "--porcelain", "--untracked-files=no"));
        Assert.Contains(OneLater, clone.Read(File), StringComparison.Ordinal);
        Assert.Contains("no grade at all\n", clone.Read(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a1", "a2", "b1")]
    [InlineData("", "a1 b1", "a2 c1")]
    [InlineData("a1 b1", "a2 b1", "a3 b1")]
    public async Task Where_the_program_is_gone_both_sides_stay_in_the_file_and_differences_are_shown(
        string before,
        string here,
        string there
    )
    {
        using var clone = await TwoMachinesAsync(Rows(here), Rows(there), Rows(before));
        await DriverSettings.SetAsync(
            clone.Path,
            ["/nowhere/it's 100%/dotnet", "/nowhere/concord.dll"],
            TestContext.Current.CancellationToken
        );

        var lines = clone.Git("diff", "other", "main", "--", File).Split('\n');
        Assert.Throws<InvalidOperationException>(() => clone.Git("merge", "-q", "-m", "merge", "other"));

        Assert.EndsWith($" {File}", clone.Git("status", "--porcelain", "--untracked-files=no"), StringComparison.Ordinal);
        foreach (var row in $"{here} {there}".Split(' '))
            Assert.Contains(Rows(row), clone.Read(File), StringComparison.Ordinal);
        Assert.Contains("+" + Rows(here.Split(' ')[0]).TrimEnd(), lines);
        Assert.Contains("concord doctor --fix", (await CommandLine.RunAsync(clone.Path, "doctor")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_believes_another_program_that_answers_and_none_that_does_not()
    {
        using var clone = await TwoMachinesAsync(OneLater, One + Two);
        // As an earlier version set them.
        var (program, name) = ($"dotnet '{ConcordProcess.Program}'", "merge.concord-grades.driver");
        clone.Git("config", name, $"{program} merge-grades %O %A %B %P");
        clone.Git("config", "diff.concord.textconv", $"{program} textconv");
        var works = await CommandLine.RunAsync(clone.Path, "doctor");
        clone.Git("config", name, "'/nowhere/concord' merge-grades %O %A %B %P");
        var merges = await CommandLine.RunAsync(clone.Path, "doctor");
        clone.Git("config", name, $"{program} merge-grades %O %A %B %P");
        clone.Git("config", "diff.concord.textconv", "'/nowhere/concord' textconv");
        var tells = await CommandLine.RunAsync(clone.Path, "doctor");

        Assert.DoesNotContain("concord doctor --fix, in the clone", works.Out, StringComparison.Ordinal);
        Assert.Contains("gone or does not answer", merges.Out, StringComparison.Ordinal);
        Assert.Contains("gone or does not answer", tells.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_reads_as_sentences()
    {
        using var clone = await TwoMachinesAsync(OneLater, One + Two);

        var diff = clone.Git("diff", "other", "main", "--", File).Split('\n');

        Assert.Contains(
            $"-bars, lab/one ({TestWorkspace.OutputId("<p>one</p>\n")}): functionality 4, aesthetics 3, 2026-11-21T09:00:00Z in 30 s",
            diff
        );
        Assert.Contains(
            $"+bars, lab/one ({TestWorkspace.OutputId("<p>one</p>\n")}): functionality 5, aesthetics 5, 2026-11-21T10:00:00Z in 30 s",
            diff
        );
        Assert.Contains(diff, l => l.StartsWith("-bars, lab/two", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_tells_a_clone_that_is_not_set_up_and_sets_it_up()
    {
        using var clone = TestWorkspace.Create();

        var before = await CommandLine.RunAsync(clone.Path, "doctor");
        var fixing = await CommandLine.RunAsync(clone.Path, "doctor", "--fix");

        Assert.Contains("concord doctor --fix", before.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("concord doctor --fix", fixing.Out, StringComparison.Ordinal);
        Assert.Contains("merge-grades %O %A %B %P", clone.Git("config", "merge.concord-grades.driver"), StringComparison.Ordinal);
    }

    private static string Rows(string rows) =>
        string.Concat(
            rows.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(r => $"bars,lab/{r[0]},{new string(r[0], 12)},{r[1]},{r[1]},graded,,2026-11-21T09:0{r[1]}:00Z,30\n")
        );

    /// <summary>A clone on main with the one machine's file, and a branch with the other's; both began from the same, perhaps none.</summary>
    private static async Task<TestRepository> TwoMachinesAsync(string here, string there, string before = "")
    {
        var clone = TestWorkspace.Create(commit: false);
        clone.Write(".gitattributes", System.IO.File.ReadAllText(Path.Combine(SourceTree.Root, ".gitattributes")));
        if (before.Length > 0)
            clone.Write(File, TestWorkspace.Header + before);
        clone.Commit("start");
        Assert.Equal(0, (await CommandLine.RunAsync(clone.Path, "doctor", "--fix")).ExitCode);
        clone.Git("switch", "-q", "-c", "other");
        clone.Write(File, TestWorkspace.Header + there);
        clone.Commit("there");
        clone.Git("switch", "-q", "main");
        clone.Write(File, TestWorkspace.Header + here);
        clone.Commit("here");
        return clone;
    }
}
