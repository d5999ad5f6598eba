using Concord.Core.Domain;
using Concord.Pipeline.Git;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;
using static Concord.Tests.Grading.GradingWorkspace;

namespace Concord.Tests.Grading;

/// <summary>Saving, coming back, undoing: on real git.</summary>
public sealed class GradingSessionTests
{
    [Fact]
    public async Task A_saved_grade_is_a_canonical_row_in_a_commit_of_the_grading_branch()
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();

        var saved = await SaveAsync(session, One, 4, 0, notes: "=good, \"really\"");

        Assert.Equal("ada-2026-11-21", session.Id);
        Assert.Equal(
            TestWorkspace.Header
                + TestWorkspace
                    .Row("lab/one", "4,0", notes: "\"'=good, \"\"really\"\"\"", at: "2026-11-21T09:00:00Z")
                    .Replace(",30\n", ",12", StringComparison.Ordinal),
            here.Committed(session.Branch)
        );
        Assert.Null(saved.Pending);
        Assert.Equal(here.Repository.Git("rev-parse", "--short", session.Branch), saved.Commit);
        Assert.Equal(
            "grade(bars): functionality 4, aesthetics 0\n\n"
                + $"Grader: ada\nChallenge: bars\nModel: lab/one\nOutput: {TestWorkspace.OutputId("<p>one</p>\n")}\nSession: ada-2026-11-21",
            here.Repository.Git("log", "-1", "--format=%B", session.Branch)
        );
        Assert.Equal("grades/ada-2026-11-21.csv", here.Repository.Git("diff", "--name-only", "main", session.Branch));
    }

    [Fact]
    public async Task The_users_staged_unstaged_stashed_and_untracked_changes_stay_as_they_are()
    {
        using var here = new GradingWorkspace();
        here.MakeDirty();
        var before = here.UserState();

        await using (var session = await here.OpenAsync())
        {
            await SaveAsync(session, One, 4, 3);
            await SaveAsync(session, Two, 1, 2);
        }
        await using var again = await here.OpenAsync();

        Assert.Equal(before, here.UserState());
        Assert.Equal(2, here.Subjects(again.Branch).Length);
        here.Repository.Git("fsck", "--strict");
    }

    [Fact]
    public async Task A_session_that_is_opened_again_is_the_same()
    {
        using var here = new GradingWorkspace();
        string id;
        SavedGrade saved;
        OutputKey[] order;
        await using (var session = await here.OpenAsync())
        {
            saved = await SaveAsync(session, One, 4, 3);
            await session.SaveDraftAsync(
                Two,
                new([2, null], "so far", "", here.Time.Now.UtcDateTime),
                TestContext.Current.CancellationToken
            );
            (id, order) = (session.Id, [.. session.Order]);
        }
        here.Time.Now += TimeSpan.FromMinutes(5);
        TestWorkspace.AddOutput(here.Repository, "bars", "lab/new", "<p>new</p>\n");

        await using var again = await here.OpenAsync();

        Assert.Equal(id, again.Id);
        Assert.Equal([.. order, Key("lab/new")], again.Order);
        Assert.Equal(saved, again.Current(One));
        Assert.Null(again.Current(Two));
        var draft = again.Draft(Two)!;
        Assert.Equal([2, null], draft.Scores);
        Assert.Equal("so far", draft.Notes);
        Assert.Empty(again.Pending);
        Assert.Equal(again.StartedAt, here.Time.Now.UtcDateTime.AddMinutes(-5));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(here.Repository[$".git/concord/grading/{id}/session.json"])
            );
    }

    [Fact]
    public async Task Undo_is_a_new_state_and_history_keeps_all()
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();
        var first = await SaveAsync(session, One, 4, 3);
        var second = await SaveAsync(session, One, 1, 1);

        var undone = await SaveAsync(session, One, 4, 3);

        Assert.Equal(3, new[] { first.Version, second.Version, undone.Version }.Distinct().Count());
        Assert.True(undone.Grade.GradedAt > second.Grade.GradedAt, "The later row wins.");
        Assert.Equal(3, here.Subjects(session.Branch).Length);
        Assert.Single(here.Committed(session.Branch).Split('\n')[1..]);
    }

    [Fact]
    public async Task Who_has_not_seen_the_present_version_is_told_and_nothing_changes()
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();
        var first = await SaveAsync(session, One, 4, 3);

        var conflict = await Assert.ThrowsAsync<GradeConflictException>(() => SaveAsync(session, One, 0, 0, version: ""));

        Assert.Equal(first, conflict.Current);
        Assert.Equal(first, session.Current(One));
        Assert.Single(here.Subjects(session.Branch));
    }

    [Fact]
    public async Task A_save_beats_a_draft_that_began_before_it()
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();
        var draft = new GradeDraft([1, null], "", "", here.Time.Now.UtcDateTime);
        await session.SaveDraftAsync(One, draft, TestContext.Current.CancellationToken);
        var saved = await SaveAsync(session, One, 4, 3);
        Assert.Null(session.Draft(One));

        await session.SaveDraftAsync(One, draft, TestContext.Current.CancellationToken);
        Assert.Null(session.Draft(One));
        await session.SaveDraftAsync(One, draft with { BaseVersion = saved.Version }, TestContext.Current.CancellationToken);

        Assert.Equal(saved.Version, session.Draft(One)!.BaseVersion);
        Assert.Equal(saved, session.Current(One));
    }

    [Theory]
    [InlineData(9.0, GradeStatus.Graded, "")]
    [InlineData(2.5, GradeStatus.Graded, "")]
    [InlineData(null, GradeStatus.Graded, "")]
    [InlineData(null, GradeStatus.Skipped, "")]
    [InlineData(3.0, GradeStatus.Skipped, "why")]
    [InlineData(3.0, GradeStatus.Graded, "a\0b")]
    public async Task What_could_not_be_read_again_is_not_written(double? score, GradeStatus status, string notes)
    {
        using var here = new GradingWorkspace();
        await using var session = await here.OpenAsync();

        await Assert.ThrowsAsync<ConcordException>(() => SaveAsync(session, One, score, null, status, notes));

        Assert.Null(session.Current(One));
        Assert.Empty(here.Subjects(session.Branch));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(here.Tree(session.Id), "grades")));
    }

    [Fact]
    public async Task A_session_that_crosses_midnight_stays_in_its_file_and_the_next_day_begins_another()
    {
        using var here = new GradingWorkspace();
        here.Time.Now = DateTimeOffset.UtcNow.Date.AddHours(23.5);
        string id;
        await using (var session = await here.OpenAsync())
        {
            id = session.Id;
            await SaveAsync(session, One, 4, 3);
            here.Time.Now = here.Time.Now.AddHours(1);
            Assert.NotNull((await SaveAsync(session, Two, 4, 3)).Commit);
            Assert.Single(Directory.EnumerateFiles(Path.Combine(here.Tree(id), "grades")));
        }
        await using (var soon = await here.OpenAsync())
            Assert.Equal(id, soon.Id);
        here.Time.Now = here.Time.Now.AddHours(9);

        await using var next = await here.OpenAsync();

        Assert.NotEqual(id, next.Id);
        Assert.Equal(4, next.Current(One)!.Grade.Scores[0]);
        Assert.NotNull(next.Current(One)!.Commit);
        await SaveAsync(next, One, 1, 1);
        Assert.Equal(1, next.Current(One)!.Grade.Scores[0]);
    }

    [Fact]
    public async Task After_its_branch_is_merged_or_gone_a_later_session_of_the_day_has_a_number()
    {
        using var here = new GradingWorkspace();
        await using (var first = await here.OpenAsync())
            await SaveAsync(first, One, 4, 3);
        here.Repository.Git("merge", "--squash", "-q", "grading/ada-2026-11-21");
        here.Repository.Commit("grade: 1 output of bars");
        await using (var second = await here.OpenAsync())
        {
            Assert.Equal("ada-2026-11-21-2", second.Id);
            Assert.Equal(4, second.Current(One)!.Grade.Scores[0]);
            await SaveAsync(second, Two, 1, 2);
            Assert.Equal(3, here.Committed(second.Branch).Split('\n').Length);
        }
        here.Repository.Git("worktree", "remove", "--force", here.Tree("ada-2026-11-21-2"));
        here.Repository.Git("branch", "-q", "-D", "grading/ada-2026-11-21-2");

        await using var third = await here.OpenAsync();

        Assert.Equal("ada-2026-11-21-3", third.Id);
        Assert.Null(third.Current(Two));
    }

    [Fact]
    public async Task A_grade_of_an_earlier_form_stays_in_the_file_and_is_not_the_present_one()
    {
        using var here = new GradingWorkspace();
        await using (var session = await here.OpenAsync())
            await SaveAsync(session, One, 4, 3);
        TestWorkspace.AddOutput(here.Repository, "bars", "lab/one", "<p>other</p>\n");

        await using var again = await here.OpenAsync();

        Assert.Null(again.Current(One));
        await SaveAsync(again, One, 1, 1);
        Assert.Equal(2, here.Committed(again.Branch).Split('\n')[1..].Length);
    }

    [Fact]
    public async Task Peers_are_counted_once_each_over_the_default_and_all_fetched_branches()
    {
        using var here = new GradingWorkspace();
        var repository = here.Repository;
        repository.Write(
            "benchmarks/graders.yaml",
            "- {id: ada}\n- {id: ben}\n- {id: cyd, kind: expert}\n- {id: robot, kind: model}\n"
        );
        void File(string grader, string date, params string[] rows) =>
            repository.Write($"grades/{grader}-{date}.csv", TestWorkspace.Header + string.Concat(rows));
        File("ben", "2026-11-02", TestWorkspace.Row("lab/one", "4,4"));
        File("robot", "2026-11-02", TestWorkspace.Row("lab/one", "4,4"), TestWorkspace.Row("lab/two", "4,4"));
        File("ada", "2026-11-02", TestWorkspace.Row("lab/one", "4,4"), TestWorkspace.Row("lab/two", "2,2"));
        repository.Commit("merged");
        repository.Git("checkout", "-q", "-b", "elsewhere");
        File(
            "ben",
            "2026-11-03",
            TestWorkspace.Row("lab/one", "1,1"),
            TestWorkspace.Row("lab/two", "1,", at: "2026-11-03T09:00:00Z")
        );
        File(
            "cyd",
            "2026-11-03",
            TestWorkspace.Row("lab/one", "1,1"),
            TestWorkspace.Row("lab/two", ",,skipped,no".Split(",skipped")[0], "skipped", "no")
        );
        repository.Commit("fetched");
        repository.Git("update-ref", "refs/remotes/upstream/grading/cyd-2026-11-03", "HEAD");
        repository.Git("checkout", "-q", "main");
        repository.Git("branch", "-q", "-D", "elsewhere");

        await using var session = await here.OpenAsync();

        Assert.Equal(2, session.PeerGraders[One]);
        Assert.Equal(0, session.PeerGraders[Two]);
        Assert.Equal(2, session.Current(Two)!.Grade.Scores[0]);
    }

    [Fact]
    public async Task Grades_in_others_names_on_a_branch_of_someone_else_count_for_nothing()
    {
        using var here = new GradingWorkspace();
        var repository = here.Repository;
        repository.Git("checkout", "-q", "-b", "elsewhere");
        foreach (var grader in new[] { "ada", "ben", "cyd" })
            repository.Write($"grades/{grader}-2026-11-03.csv", TestWorkspace.Header + TestWorkspace.Row("lab/one", "1,1"));
        repository.Commit("forged");
        repository.Git("update-ref", "refs/remotes/origin/grading/cyd-2026-11-03", "HEAD");
        repository.Git("checkout", "-q", "main");
        repository.Git("branch", "-q", "-D", "elsewhere");

        await using var session = await here.OpenAsync();

        Assert.Null(session.Current(One));
        Assert.Equal(1, session.PeerGraders[One]);
    }

    [Fact]
    public async Task While_a_hook_takes_its_time_the_counts_are_not_waited_for()
    {
        using var here = new GradingWorkspace();
        here.Hook("pre-commit", "touch \"$(git rev-parse --git-common-dir)/begun\"\nsleep 5\n");
        await using var session = await here.OpenAsync();
        var saving = SaveAsync(session, One, 4, 4);
        while (!File.Exists(here.Repository[".git/begun"]))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        await session.RefreshPeersAsync(TestContext.Current.CancellationToken);

        Assert.False(saving.IsCompleted);
        Assert.NotNull((await saving).Commit);
    }

    [Fact]
    public async Task Without_commits_the_file_is_in_the_users_own_grades()
    {
        using var here = new GradingWorkspace();
        var refs = here.Repository.Git("for-each-ref");
        await using (var session = await here.OpenAsync(commits: false))
        {
            var saved = await SaveAsync(session, One, 4, 3);
            Assert.Null(saved.Commit);
            Assert.Null(saved.Pending);
            Assert.Empty(session.Pending);
        }

        await using var again = await here.OpenAsync(commits: false);

        Assert.Equal(4, again.Current(One)!.Grade.Scores[0]);
        Assert.True(File.Exists(here.Repository["grades/ada-2026-11-21.csv"]));
        Assert.Equal(refs, here.Repository.Git("for-each-ref"));
    }

    [Fact]
    public async Task Review_walks_the_review_queue_with_its_reasons()
    {
        using var here = new GradingWorkspace();
        here.Repository.Write(
            "consensus/review.csv",
            "rank,challenge,model,output,criterion,graders,expected_loss,information_gain,reasons\n"
                + "1,bars,lab/two,0123456789ab,functionality,2,,,range 4\n2,bars,lab/one,0123456789ab,functionality,2,,,few\n"
                + "3,bars,lab/two,0123456789ab,aesthetics,2,,,two camps\n4,bars,lab/gone,0123456789ab,aesthetics,2,,,few\n"
        );

        await using var session = await here.OpenAsync(mode: GradingMode.Review);

        Assert.Equal([Two, One], session.Order);
        Assert.Equal(["range 4", "two camps"], session.Reasons[Two]);
    }

    [Fact]
    public async Task Adjudication_walks_what_two_people_scored_most_disagreement_first_and_has_a_file_of_its_own()
    {
        using var here = new GradingWorkspace();
        var (one, two) = (TestWorkspace.Row("lab/one", "4,4"), TestWorkspace.Row("lab/two", "5,4"));
        here.Repository.Write("grades/ben-2026-11-02.csv", TestWorkspace.Header + one + two);
        here.Repository.Write(
            "grades/cyd-2026-11-02.csv",
            TestWorkspace.Header + TestWorkspace.Row("lab/one", "3,4") + TestWorkspace.Row("lab/two", "0,4")
        );
        here.Repository.Commit("graded");
        await using (var session = await here.OpenAsync(mode: GradingMode.Adjudicate))
        {
            Assert.Equal([Two, One], session.Order);
            await SaveAsync(session, Two, 3, 4, notes: "it works");
            Assert.Equal("adjudicate(bars): functionality 3, aesthetics 4", Assert.Single(here.Subjects(session.Branch)));
            Assert.Contains(
                "it works",
                here.Committed(session.Branch, "ada-2026-11-21.adjudicated.csv"),
                StringComparison.Ordinal
            );
        }
        await using (var grading = await here.OpenAsync())
            Assert.Null(grading.Current(Two));
        await using var again = await here.OpenAsync(mode: GradingMode.Adjudicate);
        Assert.Equal(3, again.Current(Two)!.Grade.Scores[0]);
    }

    [Fact]
    public async Task Only_the_named_challenges_are_walked()
    {
        using var here = new GradingWorkspace();
        here.Repository.Write("benchmarks/challenges/lines/challenge.yaml", "title: Lines\n");
        here.Repository.Write("benchmarks/challenges/lines/prompt.md", "Draw lines.\n");
        TestWorkspace.AddOutput(here.Repository, "lines", "lab/one", "<p>line</p>\n");

        await using (var session = await here.OpenAsync("ada", true, GradingMode.Grade, "lines"))
            Assert.Equal([Key("lab/one", "lines")], session.Order);
        await using (var all = await here.OpenAsync())
            Assert.Equal(3, all.Order.Count);
        var wrong = await Assert.ThrowsAsync<ConcordException>(() => here.OpenAsync("ada", true, GradingMode.Grade, "line"));
        Assert.Contains("lines", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_a_file_a_branch_or_an_entry_is_known()
    {
        using var here = new GradingWorkspace();
        await using (var session = await here.OpenAsync("zoe"))
            await SaveAsync(session, One, 4, 3);
        here.Repository.Write("grades/dan-2026-11-02.csv", TestWorkspace.Header);

        var known = await KnownGraders.InAsync(
            here.Repository.Path,
            await GitRepository.FindAsync(here.Repository.Path, TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["ada", "ben", "dan", "zoe"], known.Order().Select(g => g.Value));
    }
}
