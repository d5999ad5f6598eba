using Concord.Tests.Support;
using static Concord.Tests.Support.TestWorkspace;

namespace Concord.Tests.Publishing;

/// <summary>The consensus of a remote's branch, put onto it; with real git.</summary>
public sealed class CiPublishTests
{
    [Theory]
    [InlineData("")]
    [InlineData("bench/eval/")]
    public async Task What_is_published_is_what_consensus_write_writes_and_says_of_what(string prefix)
    {
        using var remote = new PublishedRemote(prefix);
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"), Row("lab/two", "2,5"));
        remote.Merge("ben-2026-11-02.csv", Row("lab/one", "5,3"));
        var source = remote.Git("rev-parse", "main");

        var result = await remote.PublishAsync(clone);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith(
            $"Published {remote.Git("rev-parse", "--short=7", "main")} on main, of the grades at {source[..7]}: ",
            result.Out,
            StringComparison.Ordinal
        );
        Assert.Equal("", await remote.WrittenAnewAsync());
        Assert.Equal(source, remote.Git("rev-parse", "main~"));
        Assert.Equal(
            $"consensus: 3 grades by 2 graders\n\nSource: {source}",
            remote.Git("log", "-1", "--format=%B", "main").TrimEnd()
        );
        Assert.Equal(source, remote.Git("log", "-1", "--format=%(trailers:key=Source,valueonly)", "main").Trim());
        Assert.All(
            remote.Lines("diff-tree", "-r", "--name-only", source, "main"),
            path => Assert.StartsWith($"{prefix}consensus/", path, StringComparison.Ordinal)
        );
        remote.Git("fsck", "--strict");
    }

    [Theory]
    [InlineData("", "--push", "Ada Ada")]
    [InlineData("", "", null)]
    [InlineData("true", "", "github-actions[bot] github-actions[bot]")]
    [InlineData("true", "--dry-run", null)]
    public async Task A_workflow_pushes_as_its_bot_and_a_person_only_where_asked_to_and_in_the_own_name(
        string actions,
        string option,
        string? names
    )
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        var before = remote.Git("rev-parse", "main");
        string[] variables = ["GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"];

        var result = await ConcordProcess.RunAsync(
            clone.Path,
            [
                ("GITHUB_ACTIONS", actions),
                .. variables.Select(v => (v, "Ada")),
                ("GIT_AUTHOR_EMAIL", "ada@concord.example"),
                ("GIT_COMMITTER_EMAIL", "ada@concord.example"),
            ],
            ["dotnet", ConcordProcess.Program, "ci", "publish", .. option.Length > 0 ? [option] : Array.Empty<string>()]
        );

        Assert.True(result.ExitCode == 0, result.Error);
        if (names is not null)
            Assert.Equal(names, remote.Git("log", "-1", "--format=%an %cn", "main"));
        else
        {
            Assert.StartsWith("Would publish on main, ", result.Out, StringComparison.Ordinal);
            Assert.Equal(option.Length == 0, result.Error.Contains("takes --push", StringComparison.Ordinal));
            Assert.Equal(before, remote.Git("rev-parse", "main"));
        }
    }

    [Fact]
    public async Task Of_no_grades_nothing_is_published_unless_some_were()
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        var before = remote.Git("rev-parse", "main");

        var none = await remote.PublishAsync(clone);
        Assert.Equal("On main is no grade yet; nothing to publish.\n", none.Out);
        Assert.Equal(before, remote.Git("rev-parse", "main"));

        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        await remote.PublishAsync(clone);
        remote.Merge("ada-2026-11-02.csv");
        var gone = await remote.PublishAsync(clone);
        Assert.StartsWith("Published ", gone.Out, StringComparison.Ordinal);
        Assert.Equal("consensus: 0 grades by 0 graders", remote.Git("log", "-1", "--format=%s", "main"));
    }

    [Fact]
    public async Task Nothing_is_committed_where_nothing_changed()
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        await remote.PublishAsync(clone);
        var before = remote.Git("rev-parse", "main");

        var again = await remote.PublishAsync(remote.Clone());

        Assert.Equal(0, again.ExitCode);
        Assert.Equal($"On main is the consensus of the grades at {before[..7]}; nothing to publish.\n", again.Out);
        Assert.Equal(before, remote.Git("rev-parse", "main"));
    }

    [Fact]
    public async Task A_dry_run_tells_and_pushes_nothing()
    {
        using var remote = new PublishedRemote();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        var before = remote.Git("rev-parse", "main");

        var result = await remote.PublishAsync(remote.Clone(), "--dry-run");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Would publish on main, ", result.Out, StringComparison.Ordinal);
        Assert.Contains("consensus.csv", result.Out, StringComparison.Ordinal);
        Assert.Equal(before, remote.Git("rev-parse", "main"));
    }

    [Fact]
    public async Task The_clone_keeps_its_files_its_index_its_branch_and_its_refs()
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        clone.Git("checkout", "-q", "-b", "other");
        clone.Write("staged.txt", "staged\n");
        clone.Git("add", "staged.txt");
        clone.Write("beside.txt", "edited\n");
        clone.Write("consensus/consensus.csv", "edited by hand\n");
        clone.Write("grades/ben-2026-11-02.csv", Header + Row("lab/two", "1,1"));
        string State() =>
            string.Join(
                '\n',
                clone.Git("status", "--porcelain", "--branch", "-uall"),
                clone.Git("ls-files", "--stage"),
                clone.Git("rev-parse", "HEAD"),
                clone.Git("for-each-ref", "refs/heads", "refs/concord", "refs/tags"),
                File.ReadAllText(clone["consensus/consensus.csv"])
            );
        var before = State();

        var result = await remote.PublishAsync(clone);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(before, State());
        Assert.Equal("consensus: 1 grades by 1 graders", remote.Git("log", "-1", "--format=%s", "main"));
        Assert.Equal("", await remote.WrittenAnewAsync());
    }

    [Fact]
    public async Task A_shallow_clone_and_another_branch_and_author_do()
    {
        using var remote = new PublishedRemote();
        remote.Maintainer.Git("push", "-q", "origin", "main:refs/heads/release/1");
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        remote.Maintainer.Git("push", "-q", "origin", "main:refs/heads/release/1");
        using var clone = new TestRepository();
        clone.Git("fetch", "-q", "--depth=1", $"file://{remote.Path}", "main");
        clone.Git("checkout", "-q", "FETCH_HEAD");

        var result = await remote.PublishAsync(
            clone,
            "--remote",
            $"file://{remote.Path}",
            "--branch",
            "release/1",
            "--author",
            "Nightly <nightly@concord.example>"
        );

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("Nightly nightly@concord.example", remote.Git("log", "-1", "--format=%cn %ae", "release/1"));
        Assert.Equal("grade: ada-2026-11-02.csv", remote.Git("log", "-1", "--format=%s", "main"));
    }

    [Fact]
    public async Task A_protected_branch_refuses_and_what_it_said_is_told()
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        var before = remote.Git("rev-parse", "main");
        PublishedRemote.Hook(remote.Path, "pre-receive", "echo 'GH006: Protected branch update failed' >&2\nexit 1\n");

        var result = await remote.PublishAsync(clone);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("'origin' refused the consensus: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("GH006: Protected branch update failed", result.Error, StringComparison.Ordinal);
        Assert.Contains("Let this identity push to main", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, remote.Git("rev-parse", "main"));
        Assert.Equal("", clone.Git("for-each-ref", "refs/concord"));
    }

    [Fact]
    public async Task A_branch_that_another_push_holds_for_a_moment_is_tried_again()
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        PublishedRemote.Hook(remote.Path, "update", "test -e once && exit 0\ntouch once\necho 'cannot lock ref' >&2\nexit 1\n");

        var result = await remote.PublishAsync(clone);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("main could not be moved; trying again.", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("consensus: ", remote.Git("log", "-1", "--format=%s", "main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pushed_between_the_count_and_the_push_is_counted_too()
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "4,3"));
        var late = remote.Grade("ben-2026-11-02.csv", Row("lab/one", "1,1"));
        PublishedRemote.Hook(
            clone[".git"],
            "pre-push",
            $"test -e .git/once && exit 0\ntouch .git/once\nunset $(git rev-parse --local-env-vars)\ngit -C '{remote.Maintainer.Path}' push -q origin main\n"
        );

        var result = await remote.PublishAsync(clone);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("main has moved; counting again.", result.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["consensus: 2 grades by 2 graders", "grade: ben-2026-11-02.csv"],
            remote.Lines("log", "-2", "--format=%s", "main")
        );
        Assert.Equal(late, remote.Git("rev-parse", "main~"));
        Assert.Equal("", await remote.WrittenAnewAsync());
    }

    [Fact]
    public async Task A_workspace_in_error_is_not_published()
    {
        using var remote = new PublishedRemote();
        var clone = remote.Clone();
        remote.Merge("ada-2026-11-02.csv", Row("lab/one", "9,3"));
        var before = remote.Git("rev-parse", "main");

        var result = await remote.PublishAsync(clone);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("grades/ada-2026-11-02.csv", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, remote.Git("rev-parse", "main"));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("<a@b.example>")]
    [InlineData("... <a@b.example>")]
    [InlineData("A\nB <a@b.example>")]
    public async Task An_author_that_git_would_not_take_is_refused(string author)
    {
        using var remote = new PublishedRemote();

        var result = await remote.PublishAsync(remote.Clone(), "--author", author);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Write it as git does: Name <address>.", result.Error, StringComparison.Ordinal);
    }
}
