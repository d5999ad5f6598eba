using Concord.Pipeline.Publishing;
using Concord.Tests.GitHub;
using Concord.Tests.Grading;
using Concord.Tests.Host;
using Concord.Tests.Support;

namespace Concord.Tests;

/// <summary>From an empty folder to the published consensus of three graders: real git, real hosts, real commands, and a GitHub that keeps to its contract.</summary>
public sealed class PullRequestStoryTests
{
    private static readonly string[] Graders = ["ada", "ben", "cleo"];

    [Fact]
    public async Task Three_graders_propose_and_the_consensus_is_the_same_in_whatever_order_they_are_merged()
    {
        await using var story = await Story.BeginAsync();
        foreach (var grader in Graders)
            await story.GradeAndSubmitAsync(grader);
        Assert.Equal(["acme/bench", "acme/bench", "cleo-gh/bench"], story.Bench.Pulls.Select(p => p.Head.FullName));

        // As workflows do, at once.
        await Task.WhenAll(story.Bench.Pulls.Select(story.JudgeAsync));
        foreach (var (pull, grader) in story.Bench.Pulls.Zip(Graders))
        {
            Assert.Equal(["grades", "needs-another-grader"], pull.Labels);
            var status = Assert.Single(story.Bench.Statuses, s => s.Sha == story.Head(pull));
            Assert.Equal(
                ("concord", "success", $"6 new grades by {grader}; 6 outputs need another grader"),
                (status.Context, status.State, status.Description)
            );
            var comment = Assert.Single(pull.Comments).Body;
            Assert.StartsWith(
                $"<!-- concord-check -->\n### ✅ 6 new grades by {grader}: good to merge\n\nIt is about 6 outputs of 2 challenges. 6 outputs get an overall for the first time.",
                comment,
                StringComparison.Ordinal
            );
            Assert.Contains("**Needs another grader (6)**", comment, StringComparison.Ordinal);
            // No model had a place that it could change.
            Assert.DoesNotContain("place.", comment, StringComparison.Ordinal);
            // What the run without rights found is what the one with rights says.
            Assert.Equal($"<!-- concord-check -->\n{story.CommentOfCheck(pull)}".TrimEnd(), comment.TrimEnd());
        }

        var orders = Orders([.. story.Bench.Pulls]).ToArray();
        Assert.Equal(6, orders.Length);
        var published = await Task.WhenAll(orders.Select((order, i) => story.MergeAsync(order, squash: i % 2 == 1)));

        Assert.All(published, p => Assert.Equal("consensus: 18 grades by 3 graders", p.Subject));
        // The whole tree: consensus/ and grades/, byte for byte.
        Assert.Single(published.Select(p => p.Tree).Distinct());
    }

    private static IEnumerable<FakePull[]> Orders(FakePull[] pulls) =>
        pulls.Length == 0
            ?
            [
                [],
            ]
            : pulls.SelectMany(first => Orders([.. pulls.Where(p => p != first)]).Select(rest => (FakePull[])[first, .. rest]));

    private sealed record Published(string Subject, string Tree);

    /// <summary>A bare remote behind the fake, a fork of it, and everybody's clones.</summary>
    private sealed class Story : IAsyncDisposable
    {
        private static readonly string[] Challenges = ["bars", "lines"];
        private static readonly string[] Models = ["lab/one", "lab/three", "lab/two"];

        private readonly TempFolder _folder = new();
        private readonly List<TestRepository> _clones = [];
        private readonly FakeGitHub _hub;

        private Story(FakeGitHub hub) => _hub = hub;

        public FakeRepository Bench { get; private set; } = null!;

        private string Remote => _folder["bench.git"];

        public static async Task<Story> BeginAsync()
        {
            var story = new Story(await FakeGitHub.StartAsync());
            await story.SetUpAsync();
            return story;
        }

        /// <summary>Grades every output on the page, in a clone of one's own, and hands the session in.</summary>
        public async Task GradeAndSubmitAsync(string grader)
        {
            var clone = Clone(grader);
            var host = await HostedSession.StartAsync(clone, grader);
            foreach (var item in (await host.GetAsync("/api/session"))["items"]!.AsArray())
            {
                var key = (string)item!["key"]!;
                var page = (string)(await host.GetAsync($"/api/items/{key}"))["files"]![0]!["text"]!;
                // Graders agree more or less; what is graded by whom is the same in every run.
                var score = (page.Length + grader.Length) % 6;
                var (status, body, _) = await host.SendAsync(
                    HttpMethod.Put,
                    $"/api/items/{key}/grade",
                    HostedSession.Grade(score, 5 - score, notes: $"“{grader}”, \"read\"")
                );
                Assert.True(status == System.Net.HttpStatusCode.OK, body);
            }
            await host.CloseAsync();
            // Cleo may not push to the repository.
            string[] options = grader == "cleo" ? ["--fork"] : [];
            var submitted = await ConcordProcess.RunAsync(
                clone.Path,
                [("GH_HOST", _hub.Host), ("GH_ENTERPRISE_TOKEN", Token(grader)), ("GIT_CONFIG_GLOBAL", "/dev/null")],
                ["dotnet", ConcordProcess.Program, "submit", "--grader", grader, .. options]
            );
            Assert.True(submitted.ExitCode == 0, submitted.Error);
            var pull = Bench.Pulls[^1];
            Assert.Contains($"/acme/bench/pull/{pull.Number}", submitted.Out, StringComparison.Ordinal);
            Assert.Equal("grade: 6 outputs of 2 challenges", pull.Title);
            new GitIn(Remote).Run(
                "fetch",
                "-q",
                grader == "cleo" ? _folder["fork.git"] : Remote,
                $"refs/heads/{pull.Branch}:refs/pull/{pull.Number}/head"
            );
        }

        /// <summary>The run of the pull request, which has no rights, and the one that follows it.</summary>
        public async Task JudgeAsync(FakePull pull)
        {
            var (job, folder) = (_folder[$"job-{pull.Number}"], $"run-{pull.Number}");
            new GitIn(_folder.Path).Run("clone", "-q", Remote, job);
            new GitIn(job).Run("fetch", "-q", "origin", $"refs/pull/{pull.Number}/head");
            _folder.Write(
                $"{folder}/pull_request.json",
                $$"""
                {"number": {{pull.Number}}, "repository": {"full_name": "acme/bench"}, "pull_request": {"number": {{pull.Number}}, "draft": false,
                  "user": {"login": "{{pull.Author.Login}}"}, "base": {"sha": "{{new GitIn(job).Run(
                    "rev-parse",
                    "HEAD"
                ).Trim()}}"},
                  "head": {"sha": "{{Head(pull)}}", "repo": {"full_name": "{{pull.Head.FullName}}"} } } }
                """
            );
            _folder.Write(
                $"{folder}/workflow_run.json",
                $$"""
                {"action": "completed", "repository": {"full_name": "acme/bench"}, "workflow_run": {"id": {{pull.Number}}, "event": "pull_request",
                  "head_sha": "{{Head(
                    pull
                )}}", "head_branch": "{{pull.Branch}}", "head_repository": {"full_name": "{{pull.Head.FullName}}"},
                  "html_url": "https://github.example/runs/{{pull.Number}}", "pull_requests": [] } }
                """
            );
            var result = _folder[$"{folder}/result"];
            var check = await CommandLine.RunAsync(
                job,
                "ci",
                "check",
                "--event",
                _folder[$"{folder}/pull_request.json"],
                "--out",
                result
            );
            Assert.True(check.ExitCode == 0, check.Out + check.Error);
            Assert.Contains("A person merges it", check.Out, StringComparison.Ordinal);
            var comment = await ConcordProcess.RunAsync(
                job,
                [
                    ("GITHUB_SERVER_URL", _hub.Url),
                    ("GITHUB_TOKEN", GitHubSession.AppToken),
                    ("GH_TOKEN", ""),
                    ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ],
                [
                    "dotnet",
                    ConcordProcess.Program,
                    "ci",
                    "comment",
                    "--run-event",
                    _folder[$"{folder}/workflow_run.json"],
                    "--from",
                    result,
                ]
            );
            Assert.True(comment.ExitCode == 0, comment.Out + comment.Error);
            Assert.DoesNotContain("says otherwise", comment.Error, StringComparison.Ordinal);
        }

        public string Head(FakePull pull) => new GitIn(Remote).Run("rev-parse", $"refs/pull/{pull.Number}/head").Trim();

        public string CommentOfCheck(FakePull pull) => _folder.Read($"run-{pull.Number}/result/comment.md");

        /// <summary>Merges in a copy of the remote, one after the other, with a consensus after each.</summary>
        public async Task<Published> MergeAsync(FakePull[] order, bool squash)
        {
            var name = string.Concat(order.Select(p => p.Number));
            var copy = _folder[$"copy-{name}.git"];
            new GitIn(_folder.Path).Run("clone", "-q", "--mirror", Remote, copy);
            var clone = new TestRepository();
            lock (_clones)
                _clones.Add(clone);
            clone.Git("remote", "add", "origin", copy);
            foreach (var pull in order)
            {
                clone.Git("fetch", "-q", "origin", "main", $"+refs/pull/{pull.Number}/head:refs/heads/pull");
                clone.Git("checkout", "-q", "-B", "main", "origin/main");
                if (squash)
                    clone.Git("merge", "-q", "--squash", "pull");
                else
                    clone.Git("merge", "-q", "--no-ff", "-m", $"Merge #{pull.Number}", "pull");
                if (squash)
                    clone.Commit($"{pull.Title} (#{pull.Number})");
                clone.Git("push", "-q", "origin", "main");
                var published = await CommandLine.RunAsync(clone.Path, "ci", "publish", "--push", "--author", CommitAuthor.Bot);
                Assert.True(published.ExitCode == 0, published.Error);
                Assert.StartsWith("Published ", published.Out, StringComparison.Ordinal);
            }
            clone.Git("fetch", "-q", "origin", "main");
            clone.Git("checkout", "-q", "-B", "main", "origin/main");
            var check = await CommandLine.RunAsync(clone.Path, "check");
            Assert.True(check.ExitCode == 0, check.Out);
            Assert.DoesNotContain("consensus", check.Out, StringComparison.Ordinal);
            return new(clone.Git("log", "-1", "--format=%s"), clone.Git("rev-parse", "HEAD^{tree}"));
        }

        public async ValueTask DisposeAsync()
        {
            await _hub.DisposeAsync();
            foreach (var clone in _clones)
                clone.Dispose();
            _folder.Dispose();
        }

        private async Task SetUpAsync()
        {
            var first = new TestRepository();
            _clones.Add(first);
            await RunAsync("init");
            foreach (var challenge in Challenges)
            {
                await RunAsync("challenge", "add", challenge);
                first.Write($"benchmarks/challenges/{challenge}/prompt.md", $"Draw {challenge}.\n");
                foreach (var model in Models)
                    TestWorkspace.AddOutput(first, challenge, model, $"<p>{challenge} {model}</p>\n");
            }
            foreach (var grader in Graders)
                await RunAsync("grader", "add", grader, "--email", $"{grader}@concord.example", "--github", $"{grader}-gh");
            first.Commit("A workspace");
            foreach (var bare in new[] { "bench.git", "fork.git" })
            {
                new GitIn(_folder.Path).Run("init", "-q", "--bare", "-b", "main", _folder[bare]);
                first.Git("push", "-q", _folder[bare], "main");
            }
            foreach (var grader in Graders)
                _hub.AddAccount($"{grader}-gh", Token(grader));
            _hub.AddAccount("github-actions[bot]", GitHubSession.AppToken, isApp: true);
            Bench = _hub.AddRepository("acme/bench", "ada-gh", "ben-gh", "github-actions[bot]");
            // As from earlier pull requests. Writes are a second apart, so two less are two seconds less.
            Bench.Labels["grades"] = ("0e8a16", "Brings grades");
            Bench.Labels["needs-another-grader"] = ("fbca04", "Outputs in it need another grader");
            Bench.Tip = branch => Tip("bench.git", branch);
            _hub.AddFork(Bench, "cleo-gh/bench").Tip = branch => Tip("fork.git", branch);

            async Task RunAsync(params string[] arguments)
            {
                var done = await CommandLine.RunAsync(first.Path, arguments);
                Assert.True(done.ExitCode == 0, done.Error);
            }
        }

        private TestRepository Clone(string grader)
        {
            var clone = new TestRepository();
            _clones.Add(clone);
            foreach (var (bare, name) in new[] { ("bench.git", "acme/bench"), ("fork.git", "cleo-gh/bench") })
                clone.Git("config", $"url.{_folder[bare]}.insteadOf", $"{_hub.Url}/{name}.git");
            clone.Git("config", "user.name", grader);
            clone.Git("config", "user.email", $"{grader}@concord.example");
            clone.Git("remote", "add", "origin", $"{_hub.Url}/acme/bench.git");
            clone.Git("fetch", "-q", "origin");
            clone.Git("checkout", "-q", "-B", "main", "origin/main");
            return clone;
        }

        private string? Tip(string bare, string branch) =>
            new GitIn(_folder[bare]).Run("for-each-ref", "--format=%(objectname)", $"refs/heads/{branch}").Trim()
                is { Length: > 0 } tip
                ? tip
                : null;

        private static string Token(string grader) => $"ghp_{grader}{new string('x', 30)}";
    }
}
