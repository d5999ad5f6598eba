using Concord.Core.Domain;
using Concord.Pipeline.Grading;
using Concord.Pipeline.Submitting;
using Concord.Tests.Grading;
using Concord.Tests.Support;
using static Concord.Tests.Grading.GradingWorkspace;

namespace Concord.Tests.Submitting;

/// <summary>Sessions handed in to a bare remote: one commit each, nothing of the user's touched, nothing lost.</summary>
public sealed class SubmitTests
{
    private const string Branch = "grading/ada-2026-11-21";

    [Fact]
    public async Task A_session_becomes_one_commit_on_the_default_branch_as_the_remote_has_it()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4), (Two, 1));
        var journal = here.Repository.Git("rev-parse", Branch);
        remote.Push("benchmarks/graders.yaml", "- {id: ada}\n");
        here.MakeDirty();
        var before = here.UserState();

        var result = await SharedRemote.SubmitAsync(here);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(before, here.UserState());
        Assert.Equal(["grade: 2 outputs of bars"], remote.Subjects(Branch));
        Assert.Equal(remote.Git("rev-parse", "main"), remote.Git("rev-parse", $"{Branch}^"));
        Assert.Equal("Ada Sample <ada@concord.example>", remote.Git("log", "-1", "--format=%an <%ae>", Branch));
        Assert.Equal(
            "grade: 2 outputs of bars\n\nchallenge  graded  flagged  skipped\nbars            2        0        0\n\nGrader: ada\nSession: ada-2026-11-21",
            remote.Git("log", "-1", "--format=%B", Branch).TrimEnd()
        );
        Assert.Equal("grades/ada-2026-11-21.csv", remote.Git("diff", "--name-only", "main", Branch));
        Assert.Equal(
            "ada ada-2026-11-21",
            remote.Git(
                "log",
                "-1",
                "--format=%(trailers:key=Grader,valueonly,separator=) %(trailers:key=Session,valueonly,separator=)",
                Branch
            )
        );
        Assert.Equal(journal, here.Repository.Git("rev-parse", "refs/concord/submitted/ada-2026-11-21/1"));
        Assert.Equal(remote.Git("rev-parse", Branch), here.Repository.Git("rev-parse", Branch));
        AssertClean(here);
        Assert.Contains("Open a pull request", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Again_without_anything_new_moves_nothing()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        await SharedRemote.SubmitAsync(here);
        var refs = here.Repository.Git("for-each-ref");
        remote.Push("README.md", "moved on\n");

        var again = await SharedRemote.SubmitAsync(here);

        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Contains("has it already", again.Out, StringComparison.Ordinal);
        Assert.Equal(
            refs.Split('\n').Where(l => !l.Contains("origin/", StringComparison.Ordinal)),
            here.Repository.Git("for-each-ref").Split('\n').Where(l => !l.Contains("origin/", StringComparison.Ordinal))
        );
        Assert.Single(remote.Subjects(Branch));
    }

    [Fact]
    public async Task Later_grades_of_the_session_are_folded_in_and_the_session_goes_on()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        await SharedRemote.SubmitAsync(here);
        var first = here.Repository.Git("rev-parse", Branch);
        await using (var session = await here.OpenAsync())
        {
            Assert.Equal("ada-2026-11-21", session.Id);
            Assert.Equal(first[..7], session.Current(One)!.Commit);
            Assert.Empty(session.Pending);
            await SaveAsync(session, Two, 2, 2);
            await SaveAsync(session, One, 0, 0);
        }
        remote.Push("README.md", "moved on\n");

        var again = await SharedRemote.SubmitAsync(here);

        Assert.True(again.ExitCode == 0, again.Error);
        Assert.Equal(["grade: 2 outputs of bars"], remote.Subjects(Branch));
        Assert.Contains(",0,0,", remote.File(Branch), StringComparison.Ordinal);
        Assert.Contains(",2,2,", remote.File(Branch), StringComparison.Ordinal);
        Assert.Contains(
            first,
            here.Repository.Git("rev-list", "refs/concord/submitted/ada-2026-11-21/2"),
            StringComparison.Ordinal
        );
        AssertClean(here);
    }

    [Fact]
    public async Task An_open_session_is_handed_in_and_goes_on_saving()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);
        remote.Push("benchmarks/graders.yaml", "- {id: ada}\n");

        var result = await SharedRemote.SubmitAsync(here, session);
        Assert.True(result.Pushed);
        Assert.Equal(remote.Git("rev-parse", "--short=7", Branch), session.Current(One)!.Commit);
        AssertClean(here);
        var saved = await SaveAsync(session, Two, 1, 1);
        Assert.Null(saved.Pending);
        Assert.Equal(remote.Git("rev-parse", Branch), here.Repository.Git("rev-parse", $"{Branch}^"));
        await SaveAsync(session, One, 2, 2);
        await SharedRemote.SubmitAsync(here, session);

        Assert.Equal(["grade: 2 outputs of bars"], remote.Subjects(Branch));
        Assert.Contains(",2,2,", remote.File(Branch), StringComparison.Ordinal);
        AssertClean(here);
        var other = await SharedRemote.SubmitAsync(here);
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("is open in another", other.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_nothing_to_hand_in_is_told_whose_sessions_are_here()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();

        var none = await SharedRemote.SubmitAsync(here);
        await GradeAsync(here, (One, 4));
        var unknown = await CommandLine.RunAsync(here.Repository.Path, "submit", "--grader", "zoe");
        here.Repository.Write("benchmarks/graders.yaml", "- {id: zoe}\n");
        var others = await CommandLine.RunAsync(here.Repository.Path, "submit", "--grader", "zoe");

        Assert.Contains("nothing of ada to hand in, and no grading session in this clone", none.Out, StringComparison.Ordinal);
        Assert.Equal(
            "There is nothing of zoe to hand in: no session of zoe is in this clone. Sessions of ada are; name whose to hand in with --grader.\n",
            others.Out
        );
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("There is no grader 'zoe'", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_a_merged_session_can_be_removed_as_it_is_said()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        await SharedRemote.SubmitAsync(here);
        remote.Squash(Branch);
        var said = (await SharedRemote.SubmitAsync(here)).Out;
        var command = said[said.IndexOf("git worktree", StringComparison.Ordinal)..].TrimEnd()[..^1];

        var removed = await ConcordProcess.RunAsync(
            here.Repository.Path,
            [],
            ["bash", "-c", command.Replace("SESSION", "ada-2026-11-21", StringComparison.Ordinal)]
        );

        Assert.True(removed.ExitCode == 0, removed.Error);
        Assert.Equal("", here.Repository.Git("for-each-ref", "refs/heads/grading"));
        Assert.DoesNotContain("concord/grading", here.Repository.Git("worktree", "list"), StringComparison.Ordinal);
        await GradeAsync(here, (Two, 1));
        var later = await SharedRemote.SubmitAsync(here);
        Assert.True(later.ExitCode == 0, later.Error);
    }

    [Fact]
    public async Task Before_anything_is_pushed_it_is_said_what_becomes_of_the_pull_request()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));

        var dry = await SharedRemote.SubmitAsync(here, "--dry-run", "--draft");
        var real = await SharedRemote.SubmitAsync(here, "--draft");

        Assert.Contains("You would open the pull request where the repository is kept", dry.Out, StringComparison.Ordinal);
        Assert.Contains("choose there that it is a draft", dry.Out, StringComparison.Ordinal);
        Assert.Contains("Choose there that it is a draft", real.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_merged_as_another_commit_is_not_handed_in_again()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        await SharedRemote.SubmitAsync(here);
        remote.Squash(Branch);

        var nothing = await SharedRemote.SubmitAsync(here);

        Assert.Equal(0, nothing.ExitCode);
        Assert.Contains(
            "nothing of ada to hand in: all that is saved is on the default branch",
            nothing.Out,
            StringComparison.Ordinal
        );
        await GradeAsync(here, (Two, 1));
        var later = await SharedRemote.SubmitAsync(here);
        Assert.True(later.ExitCode == 0, later.Error);
        Assert.Equal(["grade: 1 output of bars"], remote.Subjects($"{Branch}-2"));
        Assert.Equal(3, remote.File($"{Branch}-2").Split('\n').Length);
        Assert.Equal("1\t0\tgrades/ada-2026-11-21.csv", remote.Git("diff", "--numstat", "main", $"{Branch}-2"));
    }

    [Fact]
    public async Task An_open_session_whose_first_part_was_merged_brings_only_the_rest()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);
        await SharedRemote.SubmitAsync(here, session);
        remote.Squash(Branch);
        await SaveAsync(session, Two, 1, 1);

        Assert.True((await SharedRemote.SubmitAsync(here, session)).Pushed);

        Assert.Equal(["grade: 1 output of bars"], remote.Subjects(Branch));
        Assert.Equal("1\t0\tgrades/ada-2026-11-21.csv", remote.Git("diff", "--numstat", "main", Branch));
        AssertClean(here);
    }

    [Fact]
    public async Task Two_machines_of_one_grader_join_row_by_row_and_the_later_grade_wins()
    {
        using var remote = new SharedRemote();
        var (here, there) = (remote.Clone(), remote.Clone());
        await GradeAsync(here, (One, 4));
        there.Time.Now += TimeSpan.FromMinutes(5);
        await GradeAsync(there, (One, 1), (Two, 2));
        await SharedRemote.SubmitAsync(here);

        var second = await SharedRemote.SubmitAsync(there);

        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Contains("the later one stays", second.Out, StringComparison.Ordinal);
        Assert.Equal(["grade: 2 outputs of bars"], remote.Subjects(Branch));
        Assert.Contains(",1,1,", remote.File(Branch), StringComparison.Ordinal);
        // And back: the first machine has not seen the second's.
        await using (var session = await here.OpenAsync())
            await SaveAsync(session, One, 5, 5);
        await using (var live = await here.OpenAsync())
        {
            Assert.True((await SharedRemote.SubmitAsync(here, live)).Pushed);
            Assert.Equal(2, live.Current(Two)!.Grade.Scores[0]);
            Assert.Empty(live.Pending);
        }
        Assert.Single(remote.Subjects(Branch));
        Assert.Equal(3, remote.File(Branch).Split('\n').Length);
        Assert.Contains(",2,2,", remote.File(Branch), StringComparison.Ordinal);
        AssertClean(here);
    }

    [Fact]
    public async Task Commits_with_other_files_are_refused_unless_all_are_kept()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        here.Hook("pre-commit", "echo x >> CHANGES.md\ngit add --sparse CHANGES.md\n");
        await GradeAsync(here, (One, 4), (Two, 1));

        var refused = await SharedRemote.SubmitAsync(here);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("CHANGES.md", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--keep-commits", refused.Error, StringComparison.Ordinal);
        Assert.Empty(remote.Git("branch", "--list", "grading/*"));
        var kept = await SharedRemote.SubmitAsync(here, "--keep-commits");
        Assert.True(kept.ExitCode == 0, kept.Error);
        Assert.Equal(2, remote.Subjects(Branch).Length);
        Assert.Equal(here.Repository.Git("rev-parse", Branch), remote.Git("rev-parse", Branch));
    }

    [Fact]
    public async Task Kept_commits_of_two_machines_are_merged()
    {
        using var remote = new SharedRemote();
        var (here, there) = (remote.Clone(), remote.Clone());
        await GradeAsync(here, (One, 4));
        await GradeAsync(there, (Two, 2));
        await SharedRemote.SubmitAsync(here, "--keep-commits");

        var second = await SharedRemote.SubmitAsync(there, "--keep-commits");

        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Equal(3, remote.Subjects(Branch).Length);
        Assert.Equal(3, remote.File(Branch).Split('\n').Length);
        AssertClean(there);
    }

    [Fact]
    public async Task Two_sessions_are_two_branches_and_one_that_fails_does_not_hold_the_other()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        here.Time.Now += TimeSpan.FromDays(1);
        await GradeAsync(here, (Two, 1));
        remote.Hook("update", "case $1 in *-21) echo 'not that one'; exit 1;; esac\n");

        var result = await SharedRemote.SubmitAsync(here);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("not that one", result.Error, StringComparison.Ordinal);
        Assert.Equal(["grade: 1 output of bars"], remote.Subjects("grading/ada-2026-11-22"));
        File.Delete(remote.Folder["hooks/update"]);
        Assert.Equal(0, (await SharedRemote.SubmitAsync(here)).ExitCode);
        Assert.Equal(["grade: 1 output of bars"], remote.Subjects(Branch));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hook_that_refuses_the_push_is_heard_and_the_next_run_goes_on(bool there)
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        if (there)
            remote.Hook("pre-receive", "echo 'protected by the house'\nexit 1\n");
        else
            here.Hook("pre-push", "echo 'protected by the house' >&2\nexit 1\n");

        var refused = await SharedRemote.SubmitAsync(here);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("protected by the house", refused.Error, StringComparison.Ordinal);
        Assert.Contains("run 'concord submit' again", refused.Error, StringComparison.Ordinal);
        Assert.Single(here.Repository.Git("log", "--format=%s", $"main..{Branch}").Split('\n'));
        File.Delete(there ? remote.Folder["hooks/pre-receive"] : here.Repository[".git/hooks/pre-push"]);
        Assert.Equal(0, (await SharedRemote.SubmitAsync(here)).ExitCode);
        Assert.Single(remote.Subjects(Branch));
    }

    [Fact]
    public async Task A_remote_branch_with_somebody_elses_work_is_not_overwritten()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        await SharedRemote.SubmitAsync(here);
        remote.Maintainer.Git("fetch", "-q", "origin", Branch);
        remote.Maintainer.Git("checkout", "-q", "FETCH_HEAD");
        remote.Maintainer.Write("notes.md", "a maintainer's\n");
        remote.Maintainer.Commit("help");
        remote.Maintainer.Git("push", "-q", "origin", $"HEAD:{Branch}");
        var theirs = remote.Git("rev-parse", Branch);
        await GradeAsync(here, (Two, 2));

        var refused = await SharedRemote.SubmitAsync(here);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("notes.md", refused.Error, StringComparison.Ordinal);
        Assert.Equal(theirs, remote.Git("rev-parse", Branch));
        var kept = await SharedRemote.SubmitAsync(here, "--keep-commits");
        Assert.True(kept.ExitCode == 0, kept.Error);
        Assert.Contains("notes.md", remote.Git("ls-tree", "-r", "--name-only", Branch), StringComparison.Ordinal);
        Assert.Equal(3, remote.File(Branch).Split('\n').Length);
    }

    [Fact]
    public async Task Rows_that_somebody_else_pushed_are_not_handed_in_as_the_graders_own()
    {
        using var remote = new SharedRemote();
        var (here, there) = (remote.Clone(), remote.Clone());
        await GradeAsync(here, (One, 4));
        there.Repository.Git("config", "user.name", "Eve");
        there.Repository.Git("config", "user.email", "eve@evil.example");
        await GradeAsync(there, (Two, 0));
        there.Repository.Git("push", "-q", "origin", Branch);
        var theirs = remote.Git("rev-parse", Branch);

        var refused = await SharedRemote.SubmitAsync(here);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"commit {theirs[..7]} by Eve <eve@evil.example>", refused.Error, StringComparison.Ordinal);
        Assert.Equal(theirs, remote.Git("rev-parse", Branch));
        // Kept, they stay hers.
        var kept = await SharedRemote.SubmitAsync(here, "--keep-commits", "--dry-run");
        Assert.True(kept.ExitCode == 0, kept.Error);
        // The grader's other address.
        remote.Push("benchmarks/graders.yaml", "- {id: ada, emails: [ada@concord.example, Eve@evil.example]}\n");
        var known = await SharedRemote.SubmitAsync(here);
        Assert.True(known.ExitCode == 0, known.Error);
        Assert.Single(remote.Subjects(Branch));
        Assert.Equal(3, remote.File(Branch).Split('\n').Length);
    }

    [Fact]
    public async Task A_push_that_somebody_was_quicker_than_is_planned_anew()
    {
        using var remote = new SharedRemote();
        var (here, there) = (remote.Clone(), remote.Clone());
        await GradeAsync(there, (Two, 2));
        await SharedRemote.SubmitAsync(there);
        var theirs = remote.Git("rev-parse", Branch);
        remote.Git("update-ref", "-d", $"refs/heads/{Branch}");
        remote.Git("update-ref", "refs/kept/theirs", theirs);
        await GradeAsync(here, (One, 4));
        // Between the look and the push the other machine pushes.
        here.Hook(
            "pre-push",
            $"test -e \"$0.done\" || {{ touch \"$0.done\"; unset GIT_DIR; git -C '{remote.Path}' update-ref refs/heads/{Branch} {theirs}; }}\n"
        );

        var result = await SharedRemote.SubmitAsync(here);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["grade: 2 outputs of bars"], remote.Subjects(Branch));
        Assert.Equal(3, remote.File(Branch).Split('\n').Length);
        AssertClean(here);
    }

    [Fact]
    public async Task A_dry_run_tells_and_changes_nothing()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4), (Two, 3));
        remote.Push("README.md", "moved on\n");
        var (before, refs, there) = (here.UserState(), here.Repository.Git("for-each-ref"), remote.Git("for-each-ref"));

        var fetched = here.Repository.Read(".git/FETCH_HEAD");

        var result = await SharedRemote.SubmitAsync(here, "--dry-run");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("would become one commit on main", result.Out, StringComparison.Ordinal);
        Assert.Contains("grade: 2 outputs of bars", result.Out, StringComparison.Ordinal);
        Assert.Equal((before, refs, there), (here.UserState(), here.Repository.Git("for-each-ref"), remote.Git("for-each-ref")));
        Assert.Equal(fetched, here.Repository.Read(".git/FETCH_HEAD"));
    }

    [Fact]
    public async Task Offline_nothing_changes_and_it_says_so()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await GradeAsync(here, (One, 4));
        here.Repository.Git("remote", "set-url", "origin", "https://user:hunter2@127.0.0.1:1/o/r.git");
        var refs = here.Repository.Git("for-each-ref");

        var result = await SharedRemote.SubmitAsync(here);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Nothing is lost", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", result.Error + result.Out, StringComparison.Ordinal);
        Assert.Equal(refs, here.Repository.Git("for-each-ref"));
    }

    [Fact]
    public async Task A_remote_that_never_answers_is_given_up()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        await using var session = await here.OpenAsync();
        await SaveAsync(session, One, 4, 3);
        here.Repository.Git("config", "remote.origin.uploadpack", "sleep 60; git-upload-pack");

        var slow = await Assert.ThrowsAsync<ConcordException>(() =>
            SharedRemote.SubmitAsync(
                here,
                session,
                new(here.Repository.Path, GraderId.Parse("ada"), here.Time, _ => { }) { Patience = TimeSpan.FromSeconds(1) }
            )
        );

        Assert.Contains("no end after 1 seconds", slow.Message, StringComparison.Ordinal);
        Assert.Null((await SaveAsync(session, Two, 1, 1)).Pending);
    }

    [Fact]
    public async Task Pending_grades_are_committed_first_and_where_a_hook_refuses_them_it_is_told()
    {
        using var remote = new SharedRemote();
        var here = remote.Clone();
        here.Hook("pre-commit", "test ! -e \"$(git rev-parse --git-common-dir)/fail\" || { echo 'not now'; exit 1; }\n");
        here.Repository.Write(".git/fail", "");
        await GradeAsync(here, (One, 4));

        var refused = await SharedRemote.SubmitAsync(here);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("not now", refused.Error, StringComparison.Ordinal);
        File.Delete(here.Repository[".git/fail"]);
        Assert.Equal(0, (await SharedRemote.SubmitAsync(here)).ExitCode);
        Assert.Equal(["grade: 1 output of bars"], remote.Subjects(Branch));
    }

    [Fact]
    public async Task The_one_commit_is_signed_where_commits_are()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable("PATH")!.Split(':').All(p => !File.Exists($"{p}/ssh-keygen")),
            "There is no ssh-keygen."
        );
        using var remote = new SharedRemote();
        var here = remote.Clone();
        var key = here.Repository[".git/key"];
        await ConcordProcess.RunAsync(here.Repository.Path, [], ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key]);
        here.Repository.Write(
            ".git/signers",
            "ada@concord.example " + await File.ReadAllTextAsync(key + ".pub", TestContext.Current.CancellationToken)
        );
        here.Repository.Git("config", "gpg.format", "ssh");
        here.Repository.Git("config", "gpg.ssh.allowedSignersFile", here.Repository[".git/signers"]);
        here.Repository.Git("config", "user.signingKey", key);
        here.Repository.Git("config", "commit.gpgsign", "true");
        await GradeAsync(here, (One, 4), (Two, 2));

        var result = await SharedRemote.SubmitAsync(here);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("G", here.Repository.Git("log", "-1", "--format=%G?", Branch));
        Assert.Single(remote.Subjects(Branch));
    }

    [Fact]
    public async Task A_workspace_in_a_folder_and_a_leads_decisions_are_handed_in_too()
    {
        using var remote = new SharedRemote();
        Directory.CreateDirectory(remote.Maintainer["deep/er"]);
        remote.Maintainer.Git("mv", "benchmarks", "deep/er/benchmarks");
        remote.Maintainer.Commit("deeper");
        remote.Maintainer.Git("push", "-q", "origin", "main");
        remote.Push("deep/er/grades/ben-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "4,4"));
        remote.Push("deep/er/grades/cyd-2026-11-02.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "0,4"));
        var here = remote.Clone();
        here.Root = "deep/er";
        await GradeAsync(here, (One, 4), (Two, 2));
        await using (var session = await here.OpenAsync(mode: GradingMode.Adjudicate))
            await SaveAsync(session, One, 3, 4, notes: "it works");

        var result = await CommandLine.RunAsync(here.Repository["deep/er"], "submit", "--grader", "ada");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["grade: 2 outputs of bars, and 1 decision"], remote.Subjects(Branch));
        Assert.Equal(
            "deep/er/grades/ada-2026-11-21.adjudicated.csv\ndeep/er/grades/ada-2026-11-21.csv",
            remote.Git("diff", "--name-only", "main", Branch)
        );
        Assert.Contains("decided  withdrawn", remote.Git("log", "-1", "--format=%B", Branch), StringComparison.Ordinal);
        AssertClean(here);
    }

    [Fact]
    public async Task Without_a_remote_or_a_session_it_says_what_is_missing()
    {
        using var here = new GradingWorkspace();
        var none = await CommandLine.RunAsync(here.Repository.Path, "submit");
        await GradeAsync(here, (One, 4));
        var nowhere = await CommandLine.RunAsync(here.Repository.Path, "submit");
        await using (var session = await here.OpenAsync("ben"))
            await SaveAsync(session, One, 1, 1);
        var two = await CommandLine.RunAsync(here.Repository.Path, "submit");

        Assert.Equal((2, 2, 2), (none.ExitCode, nowhere.ExitCode, two.ExitCode));
        Assert.Contains("no remote", nowhere.Error, StringComparison.Ordinal);
        Assert.Contains("ada, ben", two.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folded")]
    [InlineData("taken")]
    [InlineData("moved")]
    [InlineData("pushed")]
    public async Task A_run_that_ends_after_any_step_is_gone_on_with(string last)
    {
        using var remote = new SharedRemote();
        var (here, there) = (remote.Clone(), remote.Clone());
        await GradeAsync(there, (Two, 2));
        await SharedRemote.SubmitAsync(there);
        await GradeAsync(here, (One, 4));
        remote.Push("benchmarks/graders.yaml", "- {id: ada}\n");
        var cancellation = TestContext.Current.CancellationToken;
        var submission = await Submission.OpenAsync(
            new(here.Repository.Path, GraderId.Parse("ada"), here.Time, _ => { }),
            cancellation
        );
        // The process ends in the midst: nothing of what follows a step is done.
        using (
            var closed = await ClosedSession.OpenAsync(
                here.Repository.Path,
                GraderId.Parse("ada"),
                "ada-2026-11-21",
                here.Time,
                cancellation
            )
        )
        {
            var plan = await closed.AtRestAsync(
                async branch =>
                {
                    var plan = await submission.PlanAsync(
                        new(branch.Id, branch.Branch, branch.Commit, branch.Files),
                        cancellation
                    );
                    if (last != "folded")
                        branch.Take(plan.Files);
                    if (last is "moved" or "pushed")
                        await submission.MoveAsync(plan, cancellation);
                    return plan;
                },
                cancellation
            );
            if (last == "pushed")
                Assert.NotNull(await submission.PushAsync(plan, cancellation));
        }
        await using (var session = await here.OpenAsync())
        {
            Assert.Empty(session.Pending);
            Assert.Equal(4, session.Current(One)!.Grade.Scores[0]);
            Assert.Equal(2, session.Current(Two)!.Grade.Scores[0]);
            await SaveAsync(session, One, 5, 5);
        }
        if (last is "moved" or "pushed")
            AssertClean(here);

        var result = await SharedRemote.SubmitAsync(here);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["grade: 2 outputs of bars"], remote.Subjects(Branch));
        Assert.Equal("grades/ada-2026-11-21.csv", remote.Git("diff", "--name-only", "main", Branch));
        Assert.Contains(",5,5,", remote.File(Branch), StringComparison.Ordinal);
        Assert.Contains(",2,2,", remote.File(Branch), StringComparison.Ordinal);
        AssertClean(here);
    }

    private static async Task GradeAsync(GradingWorkspace here, params (OutputKey Key, double Score)[] grades)
    {
        await using var session = await here.OpenAsync();
        foreach (var (key, score) in grades)
            await SaveAsync(session, key, score, score);
    }

    /// <summary>The linked work tree is in step with its branch, down to the index.</summary>
    internal static void AssertClean(GradingWorkspace here, string session = "ada-2026-11-21")
    {
        var tree = new GitIn(here.Tree(session));
        Assert.Equal("", tree.Run("status", "--porcelain"));
        tree.Run("diff-index", "--cached", "--quiet", "HEAD");
        Assert.Equal(
            tree.Run("show", "HEAD:./" + here.Root + (here.Root.Length > 0 ? "/" : "") + "benchmarks/graders.yaml"),
            File.ReadAllText(Path.Combine(here.Tree(session), here.Root, "benchmarks/graders.yaml"))
        );
        here.Repository.Git("fsck", "--strict");
    }
}
