using Concord.Core.Domain;
using Concord.Tests.Support;
using static Concord.Tests.Grading.GradingWorkspace;

namespace Concord.Tests.Grading;

/// <summary>What may go wrong under a session: hooks, signing, locks, lost folders, full disks. A saved grade is safe through all of it.</summary>
public sealed class JournalTroubleTests
{
    [Theory]
    [InlineData("pre-commit")]
    [InlineData("commit-msg")]
    public async Task A_failing_hook_is_shown_and_the_grade_is_safe_and_pending_until_it_passes(string hook)
    {
        using var here = new GradingWorkspace();
        here.Hook(hook, "echo 'no grades on Sundays'\necho 'says the hook' >&2\nexit 1\n");
        string version;
        await using (var session = await here.OpenAsync())
        {
            var saved = await SaveAsync(session, One, 4, 3);
            version = saved.Version;
            Assert.Null(saved.Commit);
            Assert.Contains("no grades on Sundays", saved.Pending, StringComparison.Ordinal);
            Assert.Contains("says the hook", saved.Pending, StringComparison.Ordinal);
            await SaveAsync(session, Two, 1, 1);
            Assert.Equal(2, session.Pending.Count);
            Assert.Equal(2, await session.CommitPendingAsync(TestContext.Current.CancellationToken));
        }
        await using (var again = await here.OpenAsync())
        {
            Assert.Equal(version, again.Current(One)!.Version);
            Assert.Contains("says the hook", again.Current(One)!.Pending, StringComparison.Ordinal);
            File.Delete(here.Repository[$".git/hooks/{hook}"]);

            Assert.Equal(0, await again.CommitPendingAsync(TestContext.Current.CancellationToken));

            Assert.NotNull(again.Current(One)!.Commit);
            Assert.Null(again.Current(Two)!.Pending);
            Assert.Equal("grade: 2 outputs of bars", Assert.Single(here.Subjects(again.Branch)));
        }
        await using var last = await here.OpenAsync();
        Assert.Equal(here.Repository.Git("rev-parse", "--short", last.Branch), last.Current(Two)!.Commit);
    }

    [Fact]
    public async Task Hooks_run_as_they_do_for_the_user()
    {
        using var here = new GradingWorkspace();
        here.Repository.Write(
            "hooks here/pre-commit",
            "#!/bin/sh\ngit diff --cached --name-only -- '*.csv' > \"$(git rev-parse --git-common-dir)/seen\"\nenv | grep -c GIT_LITERAL >> \"$(git rev-parse --git-common-dir)/seen\"; true\n"
        );
        here.MakeExecutable("hooks here/pre-commit");
        here.Repository.Git("config", "core.hooksPath", "hooks here");
        await using var session = await here.OpenAsync();

        Assert.NotNull((await SaveAsync(session, One, 4, 3)).Commit);

        Assert.Equal("grades/ada-2026-11-21.csv\n0\n", here.Repository.Read(".git/seen"));
    }

    [Fact]
    public async Task A_hook_that_leaves_something_running_does_not_hold_the_save()
    {
        using var here = new GradingWorkspace();
        here.Hook("post-commit", "cd /\nsleep 20 &\n");
        await using var session = await here.OpenAsync();

        var start = TimeProvider.System.GetTimestamp();
        Assert.NotNull((await SaveAsync(session, One, 4, 3)).Commit);

        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Commits_are_signed_as_git_is_configured()
    {
        using var here = new GradingWorkspace();
        here.Repository.Write(
            ".git/signer",
            "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED D 1 8 00 1 X' >&2\nprintf -- '-----BEGIN PGP SIGNATURE-----\\n\\nZmFrZQ==\\n-----END PGP SIGNATURE-----\\n'\n"
        );
        here.MakeExecutable(".git/signer");
        here.Repository.Git("config", "gpg.program", here.Repository[".git/signer"]);
        here.Repository.Git("config", "commit.gpgsign", "true");
        await using var session = await here.OpenAsync();

        var saved = await SaveAsync(session, One, 4, 3);

        Assert.Null(saved.Pending);
        Assert.Contains("gpgsig ", here.Repository.Git("cat-file", "commit", session.Branch), StringComparison.Ordinal);
        here.Repository.Write(".git/signer-broken", "");
        here.Repository.Git("config", "gpg.program", here.Repository[".git/no-such-signer"]);
        Assert.Contains("sign", (await SaveAsync(session, One, 1, 1)).Pending, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_identity_the_grade_is_safe_and_git_says_what_mends_it()
    {
        using var here = new GradingWorkspace(identity: false);
        await using var session = await here.OpenAsync();

        var saved = await SaveAsync(session, One, 4, 3);

        Assert.Null(saved.Commit);
        Assert.Contains("git config", saved.Pending, StringComparison.Ordinal);
        here.Repository.Git("config", "user.name", "Ada");
        here.Repository.Git("config", "user.email", "ada@concord.example");
        Assert.Equal(0, await session.CommitPendingAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_held_index_lock_is_waited_for_and_then_named()
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();
        var index = here.Repository[".git/worktrees/tree/index.lock"];
        await File.WriteAllTextAsync(index, "", TestContext.Current.CancellationToken);

        var waiting = SaveAsync(session, One, 4, 3);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        File.Delete(index);
        Assert.NotNull((await waiting).Commit);

        await File.WriteAllTextAsync(index, "", TestContext.Current.CancellationToken);
        var held = await SaveAsync(session, One, 1, 3);
        Assert.Contains("index.lock", held.Pending, StringComparison.Ordinal);
        Assert.Contains("4,3", here.Committed(session.Branch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stale_locks_of_a_dead_git_are_taken_away_at_the_next_start()
    {
        using var here = new GradingWorkspace();
        await using (var session = await here.OpenAsync())
            await SaveAsync(session, One, 4, 3);
        var file = Path.Combine(here.Tree("ada-2026-11-21"), "grades/ada-2026-11-21.csv");
        await File.WriteAllTextAsync(
            file,
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace(
                ",4,3,",
                ",2,2,",
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        foreach (
            var name in new[]
            {
                "worktrees/tree/index.lock",
                "worktrees/tree/HEAD.lock",
                "refs/heads/grading/ada-2026-11-21.lock",
            }
        )
            here.Repository.Write($".git/{name}", "");
        here.Repository.Write(
            Path.Combine(here.Tree("ada-2026-11-21"), $"grades/.concord-new-{int.MaxValue}-x-ada-2026-11-21.csv"),
            "torn"
        );

        await using var again = await here.OpenAsync();

        Assert.Empty(again.Pending);
        Assert.Equal(2, again.Current(One)!.Grade.Scores[0]);
        Assert.Equal(2, here.Subjects(again.Branch).Length);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(here.Tree("ada-2026-11-21"), "grades")));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("folder and entry")]
    [InlineData("moved by hand")]
    [InlineData("moved by git")]
    [InlineData("no .git file")]
    [InlineData("no index")]
    [InlineData("entry")]
    [InlineData("other branch")]
    [InlineData("locked while being made")]
    public async Task A_work_tree_that_is_gone_moved_or_half_made_is_made_again(string what)
    {
        using var here = new GradingWorkspace();
        using var elsewhere = new TempFolder();
        here.Hook("pre-commit", "test ! -e \"$(git rev-parse --git-common-dir)/fail\"\n");
        await using (var session = await here.OpenAsync())
        {
            await SaveAsync(session, One, 4, 3);
            here.Repository.Write(".git/fail", "");
            Assert.NotNull((await SaveAsync(session, Two, 1, 1)).Pending);
            File.Delete(here.Repository[".git/fail"]);
        }
        var tree = here.Tree("ada-2026-11-21");
        var lost = what.StartsWith("folder", StringComparison.Ordinal) || what is "moved by hand" or "locked while being made";
        switch (what)
        {
            case "folder":
                Directory.Delete(tree, recursive: true);
                break;
            case "folder and entry":
                Directory.Delete(tree, recursive: true);
                here.Repository.Git("worktree", "prune");
                break;
            case "moved by hand":
                Directory.Move(tree, elsewhere["moved"]);
                break;
            case "moved by git":
                here.Repository.Git("worktree", "move", tree, elsewhere["moved"]);
                break;
            case "no .git file":
                File.Delete(Path.Combine(tree, ".git"));
                break;
            case "no index":
                File.Delete(here.Repository[".git/worktrees/tree/index"]);
                break;
            case "entry":
                Directory.Delete(here.Repository[".git/worktrees/tree"], recursive: true);
                break;
            case "other branch":
                new GitIn(tree).Run("checkout", "-q", "-b", "mine");
                break;
            default:
                Directory.Delete(tree, recursive: true);
                here.Repository.Write(".git/worktrees/tree/locked", "initializing");
                break;
        }

        await using var again = await here.OpenAsync();

        Assert.Equal("ada-2026-11-21", again.Id);
        Assert.Equal(4, again.Current(One)!.Grade.Scores[0]);
        Assert.Equal(lost ? null : 1, again.Current(Two)?.Grade.Scores[0]);
        Assert.Empty(again.Pending);
        Assert.NotNull((await SaveAsync(again, One, 2, 2)).Commit);
        here.Repository.Git("fsck", "--strict");
    }

    [Fact]
    public async Task A_branch_that_is_deleted_meanwhile_begins_anew_from_the_default_branch()
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);
        here.Repository.Git("update-ref", "-d", $"refs/heads/{session.Branch}");

        Assert.NotNull((await SaveAsync(session, Two, 1, 1)).Commit);

        Assert.Equal("main", here.Repository.Git("name-rev", "--name-only", "--refs=main", $"{session.Branch}~1"));
        Assert.Equal(3, here.Committed(session.Branch).Split('\n').Length);
    }

    [Fact]
    public async Task A_branch_that_the_user_has_checked_out_is_refused()
    {
        using var here = new GradingWorkspace();
        here.Repository.Git("checkout", "-q", "-b", "grading/ada-2026-11-21");

        var refused = await Assert.ThrowsAsync<ConcordException>(() => here.OpenAsync());

        Assert.Equal("branch-in-use", refused.Problems[0].Rule);
    }

    [Fact]
    public async Task A_second_process_is_told_who_has_the_session()
    {
        using var here = new GradingWorkspace();
        await using (await here.OpenAsync())
        {
            var refused = await Assert.ThrowsAsync<ConcordException>(() => here.OpenAsync());
            Assert.Equal("session-open", refused.Problems[0].Rule);
            Assert.Contains($"{Environment.ProcessId} on", refused.Message, StringComparison.Ordinal);
            await using var other = await here.OpenAsync("ben");
            Assert.NotNull((await SaveAsync(other, One, 1, 1)).Commit);
        }
        await using var again = await here.OpenAsync();
    }

    [Theory]
    [InlineData("session.json", "{\"schema\":1,\"sess")]
    [InlineData("session.json", "")]
    [InlineData("process", "")]
    public async Task A_half_written_journal_is_written_again(string file, string text)
    {
        using var here = new GradingWorkspace();
        await using (var session = await here.OpenAsync())
            await SaveAsync(session, One, 4, 3);
        here.Repository.Write($".git/concord/grading/ada-2026-11-21/{file}", text);

        await using var again = await here.OpenAsync();

        Assert.Equal("ada-2026-11-21", again.Id);
        Assert.Equal(4, again.Current(One)!.Grade.Scores[0]);
        Assert.Equal(2, again.Order.Count);
    }

    [Fact]
    public async Task A_grade_file_that_the_disk_lost_is_put_aside_and_taken_from_the_branch()
    {
        using var here = new GradingWorkspace();
        await using (var session = await here.OpenAsync())
            await SaveAsync(session, One, 4, 3);
        await File.WriteAllBytesAsync(
            Path.Combine(here.Tree("ada-2026-11-21"), "grades/ada-2026-11-21.csv"),
            new byte[100],
            TestContext.Current.CancellationToken
        );

        await using var again = await here.OpenAsync();

        Assert.Equal(4, again.Current(One)!.Grade.Scores[0]);
        Assert.Single(Directory.EnumerateFiles(here.Repository[".git/concord/grading/ada-2026-11-21"], "damaged-*.csv"));
    }

    [Fact]
    public async Task A_disk_that_refuses_leaves_the_earlier_grade()
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();
        var saved = await SaveAsync(session, One, 4, 3);
        var grades = Path.Combine(here.Tree(session.Id), "grades");
        Directory.Move(grades, grades + "-away");
        await File.WriteAllTextAsync(grades, "no folder", TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<ConcordException>(() => SaveAsync(session, One, 1, 1));

        Assert.Equal("cannot-write", refused.Problems[0].Rule);
        Assert.Equal(saved, session.Current(One));
        File.Delete(grades);
        Directory.Move(grades + "-away", grades);
        Assert.NotNull((await SaveAsync(session, One, 1, 1)).Commit);
    }

    [Theory]
    [InlineData("my wörk [1] – 日本", "")]
    [InlineData("plain", "benchmärk [x]/a b")]
    public async Task Names_with_blanks_brackets_and_other_scripts_are_names(string folder, string below)
    {
        using var here = new GradingWorkspace();
        var place = here.Repository[folder];
        Directory.CreateDirectory(place);
        var git = new GitIn(place);
        git.Run("init", "-q", "-b", "main");
        git.Run("config", "user.name", "Ada");
        git.Run("config", "user.email", "ada@concord.example");
        Copy(here.Repository["benchmarks"], Path.Combine(place, below, "benchmarks"));
        git.Run("add", "-A");
        git.Run("commit", "-q", "-m", "start");
        here.Root = Path.Combine(folder, below);

        await using var session = await here.OpenAsync();

        Assert.NotNull((await SaveAsync(session, One, 4, 3)).Commit);
        Assert.NotNull((await SaveAsync(session, One, 4, 4)).Commit);
        var tree = Path.Combine(place, ".git/concord/grading", session.Id, "tree");
        Assert.True(File.Exists(Path.Combine(tree, below, "benchmarks/benchmark.yaml")));
        Assert.False(Directory.Exists(Path.Combine(tree, below, "benchmarks/outputs")));
        Assert.Empty(new GitIn(tree).Run("status", "--porcelain"));
    }

    [Fact]
    public async Task A_linked_work_tree_and_a_submodule_have_sessions_too()
    {
        using var here = new GradingWorkspace();
        here.Repository.Git("worktree", "add", "-q", "-b", "linked", "linked");
        here.Repository.Git("init", "-q", "above");
        new GitIn(here.Repository["above"]).Run(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            here.Repository.Path,
            "sub"
        );
        new GitIn(here.Repository["above/sub"]).Run("config", "user.name", "Ada");
        new GitIn(here.Repository["above/sub"]).Run("config", "user.email", "ada@concord.example");
        foreach (var root in new[] { "linked", "above/sub" })
        {
            here.Root = root;
            await using var session = await here.OpenAsync();
            Assert.NotNull((await SaveAsync(session, One, 4, 3)).Commit);
            Assert.Equal("1", new GitIn(here.Repository[root]).Run("rev-list", "--count", $"main..{session.Branch}").Trim());
        }
    }

    [Fact]
    public async Task A_detached_head_and_another_branch_grade_from_the_default_branch()
    {
        using var here = new GradingWorkspace();
        here.Repository.Write("extra.txt", "x");
        here.Repository.Git("checkout", "-q", "--detach");
        here.Repository.Commit("not on main");

        await using var session = await here.OpenAsync();

        Assert.NotNull((await SaveAsync(session, One, 4, 3)).Commit);
        Assert.Equal(here.Repository.Git("rev-parse", "main"), here.Repository.Git("rev-parse", $"{session.Branch}~1"));
    }

    [Fact]
    public async Task A_repository_without_commits_says_what_to_do()
    {
        using var here = new GradingWorkspace(repository: TestWorkspace.Create(commit: false));

        var refused = await Assert.ThrowsAsync<ConcordException>(() => here.OpenAsync());
        Assert.Equal("no-commits", refused.Problems[0].Rule);

        await using var session = await here.OpenAsync(commits: false);
        await SaveAsync(session, One, 4, 3);
    }

    [Fact]
    public async Task A_bare_repository_is_refused()
    {
        using var here = new GradingWorkspace();
        here.Repository.Git("clone", "-q", "--bare", ".", "bare.git");
        here.Root = "bare.git";

        await Assert.ThrowsAsync<ConcordException>(() => here.OpenAsync());
    }

    [Fact]
    public async Task What_an_earlier_session_left_uncommitted_is_committed_by_the_next_one_with_its_drafts()
    {
        using var here = new GradingWorkspace();
        here.Hook("pre-commit", "exit 1\n");
        await using (var session = await here.OpenAsync())
        {
            Assert.Null((await SaveAsync(session, One, 4, 3)).Commit);
            await session.SaveDraftAsync(
                Two,
                new([1, null], "half", "", here.Time.Now.UtcDateTime),
                TestContext.Current.CancellationToken
            );
        }
        File.Delete(here.Repository[".git/hooks/pre-commit"]);
        here.Time.Now = DateTimeOffset.UtcNow.AddDays(3);

        await using var next = await here.OpenAsync();

        Assert.Single(here.Subjects("grading/ada-2026-11-21"));
        var commit = next.Current(One)!.Commit!;
        Assert.Contains(",4,3,graded,", here.Committed(commit), StringComparison.Ordinal);
        Assert.Equal("half", next.Draft(Two)!.Notes);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
