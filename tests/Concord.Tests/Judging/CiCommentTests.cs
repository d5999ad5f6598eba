using Concord.App;
using Concord.App.Commands;
using Concord.Pipeline.GitHub;
using Concord.Pipeline.Judging;
using Concord.Tests.GitHub;
using Concord.Tests.Support;

namespace Concord.Tests.Judging;

/// <summary>What follows a run: comment, labels, status, merge, against a fake GitHub with a real repository behind it.</summary>
public sealed class CiCommentTests
{
    private const string Cleo = "grades/cleo-2026-11-03.csv";
    private const string Auto = "merge: auto\n";

    [Fact]
    public async Task A_pull_request_gets_one_comment_its_labels_and_a_status_and_again_the_same()
    {
        await using var hub = await Hub.StartAsync();
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("1,4", "3,3", "5,5"));
        await hub.ProposeAsync("cleo");

        var first = await hub.CommentAsync();
        Assert.Single(await hub.FollowAsync());

        Assert.Equal(0, first.ExitCode);
        Assert.StartsWith("Pull request 1: 9 new grades by cleo", first.Out, StringComparison.Ordinal);
        var comment = Assert.Single(hub.Pull.Comments);
        Assert.StartsWith(
            "<!-- concord-check -->\n### ✅ 9 new grades by cleo: good to merge\n",
            comment.Body,
            StringComparison.Ordinal
        );
        Assert.Equal(["grades", "needs-another-grader"], hub.Pull.Labels);
        Assert.All(hub.Bench.Statuses, s => Assert.Equal((hub.Head, "concord", "success"), (s.Sha, s.Context, s.State)));
        Assert.Equal(("open", 0), (hub.Pull.State, hub.Calls("pulls/merge")));
    }

    [Fact]
    public async Task Where_the_base_says_so_own_grades_are_merged_by_the_head_that_was_judged()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");

        var result = await hub.CommentAsync();

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains($"Merged as {hub.Pull.MergeCommit}", result.Out, StringComparison.Ordinal);
        Assert.Equal("closed", hub.Pull.State);
        var merge = Assert.Single(hub.Fake.Calls, c => c.Id == "pulls/merge");
        Assert.Equal(hub.Head, merge.Text("sha"));
        // The run is followed again: nothing is open any more.
        Assert.Empty(await hub.FollowAsync());
        Assert.Contains("closed or pushed to since", hub.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_run_claims_merges_nothing_and_says_nothing()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write("grades/ben-2026-11-02.csv", JudgedRepository.Grades("0,0", "5,5", "0,0"));
        await hub.ProposeAsync("cleo");
        hub.Left.Write(
            "result.json",
            $$"""{"number": 1, "head": "{{hub.Head}}", "verdict": "passed", "merge": {"by_rule": true, "against": []}, "labels": ["admin"]}"""
        );
        hub.Left.Write("comment.md", "@maintainers all is well, https://evil.example\n");

        var result = await hub.CommentAsync("--from", hub.Left.Path);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("says otherwise", result.Error, StringComparison.Ordinal);
        Assert.Contains("### ❌ Refused: 1 error", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal(["grades"], hub.Pull.Labels);
        Assert.Equal("failure", hub.Bench.Statuses.Single().State);
        Assert.Equal(("open", 0), (hub.Pull.State, hub.Calls("pulls/merge")));
    }

    [Theory]
    [InlineData("foreign")]
    [InlineData("consensus")]
    [InlineData("scores")]
    [InlineData("workflow")]
    [InlineData("huge")]
    [InlineData("link")]
    public async Task What_is_refused_is_not_merged_though_the_base_merges_by_rule(string evil)
    {
        await using var hub = await Hub.StartAsync(Auto);
        await EvilChange.PublishAsync(hub.Repository);
        hub.Repository.Files.Git("push", "-q", "origin", "main");
        // Good grades come along, as they would.
        hub.Repository.Files.Write("grades/cleo-2026-11-01.csv", JudgedRepository.Grades("4,4", "3,3", "4,4", challenges: 1));
        EvilChange.Make(hub.Repository, evil);
        await hub.ProposeAsync("cleo");

        var outcome = Assert.Single(await hub.FollowAsync());

        Assert.Contains(outcome.Judgement.Problems, p => p.Rule == EvilChange.Rule(evil) && p.Path == EvilChange.Path(evil));
        Assert.Null(outcome.MergedAs);
        Assert.StartsWith("<!-- concord-check -->\n### ❌ Refused", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Contains($"`{EvilChange.Path(evil)}", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal("failure", hub.Bench.Statuses.Single().State);
        Assert.Equal(("open", 0), (hub.Pull.State, hub.Calls("pulls/merge")));
    }

    [Theory]
    [InlineData("{\"number\": 99}")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("")]
    public async Task What_the_run_left_may_be_anything(string text)
    {
        await using var hub = await Hub.StartAsync();
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        hub.Left.Write("result.json", text);

        Assert.Single(await hub.FollowAsync(left: hub.Left.Path));

        Assert.Contains("what was found here holds", hub.Said, StringComparison.Ordinal);
        Assert.Single(hub.Pull.Comments);
    }

    [Fact]
    public async Task A_run_of_an_earlier_head_does_nothing()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        var earlier = hub.Head;
        hub.Repository.Files.Write(".github/workflows/evil.yml", "on: push\n");
        hub.Push("cleo");

        var result = await hub.CommentAsync(earlier);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(hub.Pull.Comments);
        Assert.Empty(hub.Bench.Statuses);
        Assert.Equal("open", hub.Pull.State);
    }

    [Fact]
    public async Task A_head_that_moves_between_judging_and_merging_is_not_merged()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        // GitHub knows a newer head by the time it is asked to merge.
        hub.MoveBeforeMerge();

        var result = await hub.CommentAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("GitHub did not merge it", result.Out, StringComparison.Ordinal);
        Assert.Contains("GitHub did not merge it", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal("open", hub.Pull.State);
    }

    [Fact]
    public async Task What_lies_between_several_commits_is_for_a_person_to_merge()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write(".github/workflows/evil.yml", "on: push\n");
        hub.Repository.Propose("cleo");
        File.Delete(hub.Repository.Files[".github/workflows/evil.yml"]);
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");

        var outcome = Assert.Single(await hub.FollowAsync());

        Assert.True(outcome.Judgement.Passed);
        Assert.Null(outcome.MergedAs);
        Assert.Contains("more than one commit", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal(("open", 0), (hub.Pull.State, hub.Calls("pulls/merge")));
    }

    [Fact]
    public async Task Who_grades_again_in_another_file_what_they_had_graded_is_not_merged_by_rule()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Git("checkout", "-q", "main");
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        hub.Repository.Propose("cleo");
        hub.Repository.Files.Git("push", "-q", "origin", "main");
        hub.Repository.Files.Git("checkout", "-q", "-B", "topic");
        hub.Repository.Files.Write("grades/cleo-2026-11-04.csv", JudgedRepository.Grades("0,0", "5,5", "0,0", challenges: 1));
        await hub.ProposeAsync("cleo");

        var outcome = Assert.Single(await hub.FollowAsync());

        Assert.Null(outcome.MergedAs);
        Assert.Contains("grades again what its author had graded", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal(("open", 0), (hub.Pull.State, hub.Calls("pulls/merge")));
    }

    [Fact]
    public async Task A_pull_request_that_is_turned_to_another_branch_meanwhile_is_not_merged()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        hub.TurnWhileJudged();

        var outcome = Assert.Single(await hub.FollowAsync());

        Assert.Null(outcome.MergedAs);
        Assert.Contains("turned to another branch", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal(("open", 0), (hub.Pull.State, hub.Calls("pulls/merge")));
    }

    [Fact]
    public async Task What_may_go_into_another_branch_is_not_said_of_the_default_one()
    {
        await using var hub = await Hub.StartAsync(Auto);
        // The other branch knows a grader more than the default one.
        hub.Repository.Files.Git("checkout", "-q", "main");
        hub.Repository.Files.Git("push", "-q", "origin", "main:refs/heads/lax/branch");
        hub.Repository.Files.Write(
            "benchmarks/graders.yaml",
            JudgedRepository.Graders.Replace("Cleo-GH", "other", StringComparison.Ordinal)
        );
        hub.Repository.Files.Commit("no more cleo", "ada", "ada@concord.example");
        hub.Repository.Files.Git("push", "-q", "origin", "main");
        hub.Repository.Files.Git("checkout", "-q", "topic");
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        var other = hub.AlsoPropose("cleo-gh", "topic", "lax/branch");

        var outcomes = await hub.FollowAsync();

        Assert.Equal(2, outcomes.Count);
        Assert.Equal(
            [("concord", "failure"), ("concord/lax/branch", "success")],
            hub.Bench.Statuses.Select(s => (s.Context, s.State)).Order()
        );
        // And nobody but a person merges it.
        Assert.Equal(("open", 0), (other.State, hub.Calls("pulls/merge")));
        Assert.Contains("it is for another branch than the default one", other.Comments.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_proposes_the_commit_of_another_is_refused_and_the_commit_stays_good_in_its_own_pull_request()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        var pull = hub.Pull;
        var again = hub.AlsoPropose("eve-gh", "stolen", "main");

        var outcome = Assert.Single(await hub.FollowAsync("eve-gh/bench", "stolen"));

        Assert.Equal((2, false, null), (outcome.Number, outcome.Judgement.Passed, outcome.MergedAs));
        Assert.StartsWith("<!-- concord-check -->\n### ❌ Refused", again.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal(("concord", "success"), (hub.Bench.Statuses[^1].Context, hub.Bench.Statuses[^1].State));
        Assert.Equal(("open", "open"), (pull.State, again.State));
        // Nobody who may proposes it any more.
        pull.State = "closed";
        await hub.FollowAsync("eve-gh/bench", "stolen");
        Assert.Equal(("concord", "failure"), (hub.Bench.Statuses[^1].Context, hub.Bench.Statuses[^1].State));
    }

    [Fact]
    public async Task The_base_that_judges_is_the_branch_as_it_is_now()
    {
        await using var hub = await Hub.StartAsync(Auto);
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        var yaml = hub.Repository.Files.Read("benchmarks/benchmark.yaml");
        hub.Repository.Files.Git("checkout", "-q", "main");
        hub.Repository.Files.Write("benchmarks/benchmark.yaml", yaml.Replace(Auto, "merge: manual\n", StringComparison.Ordinal));
        hub.Repository.Files.Commit("no more merging by rule", "ada", "ada@concord.example");
        hub.Repository.Files.Git("push", "-q", "origin", "main");

        Assert.Single(await hub.FollowAsync());

        Assert.Equal(("open", 0), (hub.Pull.State, hub.Calls("pulls/merge")));
        Assert.Single(hub.Pull.Comments);
    }

    [Fact]
    public async Task A_run_of_a_push_is_none_of_its_business()
    {
        await using var hub = await Hub.StartAsync();
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        hub.Event = "push";

        var result = await hub.CommentAsync();

        Assert.Equal((0, ""), (result.ExitCode, result.Out));
        Assert.DoesNotContain(hub.Fake.Calls, c => c.Method != "GET" && c.Id != "pulls/create");
    }

    [Fact]
    public async Task Without_a_token_it_says_which_permissions_are_needed()
    {
        await using var hub = await Hub.StartAsync();
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        hub.Token = "";

        var result = await hub.CommentAsync();

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("statuses: write", result.Error, StringComparison.Ordinal);
    }

    /// <summary>The fake, the repository that it shows, somebody's fork, and the clone of a job.</summary>
    private sealed class Hub : IAsyncDisposable
    {
        private readonly TempFolder _folder = new();
        private FakeRepository _fork = null!;

        private Hub(JudgedRepository repository, FakeGitHub fake) => (Repository, Fake) = (repository, fake);

        public JudgedRepository Repository { get; }

        public FakeGitHub Fake { get; }

        public FakeRepository Bench { get; private set; } = null!;

        public FakePull Pull => Bench.Pulls.Single();

        public TempFolder Left { get; } = new();

        public string Head => Repository.Files.Git("rev-parse", "topic");

        public string Event { get; set; } = "pull_request";

        public string Token { get; set; } = GitHubSession.AppToken;

        /// <summary>What <see cref="FollowAsync"/> told last.</summary>
        public string Said { get; private set; } = "";

        public static async Task<Hub> StartAsync(string settings = "")
        {
            var hub = new Hub(new(settings), await FakeGitHub.StartAsync());
            hub.Fake.AddAccount("cleo-gh", GitHubSession.OtherToken);
            hub.Fake.AddAccount("github-actions[bot]", GitHubSession.AppToken, isApp: true);
            hub.Bench = hub.Fake.AddRepository("acme/bench", "github-actions[bot]");
            hub._fork = hub.Fake.AddFork(hub.Bench, "cleo-gh/bench");
            var git = hub.Repository.Files;
            git.Git("init", "-q", "--bare", "-b", "main", hub._folder["bench.git"]);
            git.Git("remote", "add", "origin", hub._folder["bench.git"]);
            git.Git("push", "-q", "origin", "main");
            git.Git("clone", "-q", hub._folder["bench.git"], hub._folder["job"]);
            hub.Bench.Tip = branch =>
                git.Git("ls-remote", "origin", $"refs/heads/{branch}") is { Length: > 0 } line ? line[..40] : null;
            hub.Bench.Merge = _ => hub.MergeInBench();
            return hub;
        }

        /// <summary>Pushes the branch to the fork and opens the pull request.</summary>
        public async Task ProposeAsync(string grader)
        {
            Push(grader);
            using var session = GitHubSession.With(Fake, GitHubSession.OtherToken);
            await session
                .Client.PullRequestsOf(new("acme", "bench"))
                .SubmitAsync(
                    new(new RepositoryName("cleo-gh", "bench"), "topic", "main", "Grades", ""),
                    TestContext.Current.CancellationToken
                );
        }

        /// <summary>Opens another pull request of the same commit.</summary>
        public FakePull AlsoPropose(string login, string branch, string into)
        {
            var fork = _fork;
            if (!_fork.FullName.StartsWith(login, StringComparison.Ordinal))
            {
                fork = Fake.AddFork(Bench, $"{login}/bench");
                fork.Branches[branch] = Head;
            }
            var pull = new FakePull
            {
                Number = Bench.Pulls.Count + 1,
                Author = new(login, null),
                Head = fork,
                Branch = branch,
                Into = into,
                Title = "Grades",
            };
            Bench.Pulls.Add(pull);
            Repository.Files.Git("push", "-q", "-f", "origin", $"topic:refs/pull/{pull.Number}/head");
            return pull;
        }

        public void Push(string grader)
        {
            var head = Repository.Propose(grader);
            Repository.Files.Git("push", "-q", "-f", "origin", "topic:refs/pull/1/head");
            _fork.Branches["topic"] = head;
        }

        /// <summary>By the time that the merge is asked for, the fork has another head.</summary>
        public void MoveBeforeMerge() => At("pulls/merge", () => _fork.Branches["topic"] = new('9', 40));

        /// <summary>As its verdict is written, its author names another branch to merge into.</summary>
        public void TurnWhileJudged()
        {
            Repository.Files.Git("push", "-q", "origin", "main:refs/heads/other");
            At("repos/create-commit-status", () => Pull.Into = "other");
        }

        // The call itself is answered as ever.
        private void At(string call, Action happens) =>
            Fake.Break(
                new(
                    c =>
                    {
                        if (c.Id == call)
                            happens();
                        return false;
                    },
                    _ => Task.CompletedTask
                )
            );

        public Task<CommandResult> CommentAsync(params string[] options)
        {
            WriteEvent(options is [{ Length: 40 } earlier] ? earlier : Head);
            return ConcordProcess.RunAsync(
                _folder["job"],
                [("GITHUB_SERVER_URL", Fake.Url), ("GITHUB_TOKEN", Token), ("GH_TOKEN", ""), ("GIT_CONFIG_GLOBAL", "/dev/null")],
                [
                    "dotnet",
                    ConcordProcess.Program,
                    "ci",
                    "comment",
                    "--run-event",
                    _folder["event.json"],
                    .. options.Where(o => o.Length != 40),
                ]
            );
        }

        /// <summary>The same in this process, where the pauses between writes are not waited for.</summary>
        /// <param name="from">Whose fork it is.</param>
        /// <param name="branch">Its branch.</param>
        /// <param name="left">What the run left; null where nothing is compared.</param>
        public async Task<IReadOnlyList<CommentOutcome>> FollowAsync(
            string from = "cleo-gh/bench",
            string branch = "topic",
            string? left = null
        )
        {
            WriteEvent(Head, from, branch);
            using var output = new StringWriter();
            var said = new List<string>();
            var terminal = new Terminal
            {
                Out = output,
                Error = output,
                Input = Stream.Null,
                Folder = _folder["job"],
                Width = 80,
            };
            var outcomes = await CommentRun.RunAsync(
                new(
                    _folder["job"],
                    _folder["event.json"],
                    left,
                    "1.0",
                    name =>
                        name switch
                        {
                            "GITHUB_SERVER_URL" => Fake.Url,
                            "GITHUB_TOKEN" => Token,
                            _ => null,
                        },
                    new SkippedTime(),
                    said.Add
                ),
                (repository, proposal, token) => CiJudging.OfAsync(repository, proposal, terminal, TimeProvider.System, token),
                TestContext.Current.CancellationToken
            );
            Said = string.Join('\n', said);
            return outcomes;
        }

        private void WriteEvent(string sha, string from = "cleo-gh/bench", string branch = "topic") =>
            _folder.Write(
                "event.json",
                $$"""
                {"action": "completed", "repository": {"full_name": "acme/bench"}, "workflow_run": {"id": 30, "event": "{{Event}}",
                  "head_sha": "{{sha}}", "head_branch": "{{branch}}", "head_repository": {"full_name": "{{from}}"},
                  "html_url": "https://github.example/acme/bench/actions/runs/30", "pull_requests": [] } }
                """
            );

        public int Calls(string operation) => Fake.Calls.Count(c => c.Id == operation);

        public async ValueTask DisposeAsync()
        {
            await Fake.DisposeAsync();
            Repository.Dispose();
            Left.Dispose();
            _folder.Dispose();
        }

        private string MergeInBench()
        {
            Repository.Files.Git("checkout", "-q", "main");
            Repository.Files.Git("merge", "-q", "--no-ff", "-m", "Merge", "topic");
            Repository.Files.Git("push", "-q", "origin", "main");
            return Repository.Files.Git("rev-parse", "main");
        }
    }
}
