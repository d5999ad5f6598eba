using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Concord.Tests.GitHub;
using Concord.Tests.Judging;
using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>A fake GitHub with a real repository behind it, a pull request from a fork, and the program that workflows call.</summary>
internal sealed class WorkflowHub : IAsyncDisposable
{
    public const string Version = "v1.2.3";
    private const string Program = $"concord-{Version}-linux-x64";

    private FakeRepository _fork = null!;

    private WorkflowHub(FakeGitHub fake) => Fake = fake;

    public FakeGitHub Fake { get; }

    public JudgedRepository Repository { get; } = new("merge: auto\n");

    public FakeRepository Bench { get; private set; } = null!;

    public TempFolder Machine { get; } = new();

    public FakePull Pull => Bench.Pulls.Single();

    public string Remote => Machine["bench.git"];

    public string Head => Repository.Files.Git("rev-parse", "topic");

    /// <summary>The repository's variables, with a release that has the program.</summary>
    public JsonObject Settings { get; private set; } = [];

    public static async Task<WorkflowHub> StartAsync()
    {
        var hub = new WorkflowHub(await FakeGitHub.StartAsync());
        hub.Fake.AddAccount("cleo-gh", GitHubSession.OtherToken);
        hub.Fake.AddAccount("github-actions[bot]", GitHubSession.AppToken, isApp: true);
        hub.Bench = hub.Fake.AddRepository("acme/bench", "github-actions[bot]");
        hub._fork = hub.Fake.AddFork(hub.Bench, "cleo-gh/bench");
        var git = hub.Repository.Files;
        git.Git("init", "-q", "--bare", "-b", "main", hub.Remote);
        // As GitHub does.
        git.Git("--git-dir", hub.Remote, "config", "uploadpack.allowReachableSHA1InWant", "true");
        git.Git("remote", "add", "origin", hub.Remote);
        git.Git("push", "-q", "origin", "main");
        hub.Bench.Tip = branch =>
            git.Git("ls-remote", "origin", $"refs/heads/{branch}") is { Length: > 0 } line ? line[..40] : null;
        hub.Bench.Merge = _ =>
        {
            git.Git("fetch", "-q", "origin", "main");
            git.Git("checkout", "-q", "-B", "main", "FETCH_HEAD");
            git.Git("merge", "-q", "--no-ff", "-m", "Merge", "topic");
            git.Git("push", "-q", "origin", "main");
            return git.Git("rev-parse", "main");
        };
        hub.Script("bin/concord", $"exec dotnet '{ConcordProcess.Program}' \"$@\"\n");
        hub.Serve();
        return hub;
    }

    /// <summary>A program on the PATH of every step, or in a folder.</summary>
    public void Script(string path, string text)
    {
        Machine.Write(path, "#!/bin/bash\n" + text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Machine[path], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Pushes the branch to the fork and opens the pull request.</summary>
    public async Task ProposeAsync(string grader)
    {
        var head = Repository.Propose(grader);
        Repository.Files.Git("push", "-q", "-f", "origin", "topic:refs/pull/1/head");
        _fork.Branches["topic"] = head;
        using var session = GitHubSession.With(Fake, GitHubSession.OtherToken);
        await session
            .Client.PullRequestsOf(new("acme", "bench"))
            .SubmitAsync(
                new(new Concord.Pipeline.GitHub.RepositoryName("cleo-gh", "bench"), "topic", "main", "Grades", ""),
                TestContext.Current.CancellationToken
            );
    }

    public WorkflowRun Check(string folder, string from = "cleo-gh/bench") =>
        Run(
            folder,
            "check.yml",
            "pull_request",
            $$"""
            {"number": 1, "repository": {"full_name": "acme/bench", "default_branch": "main"},
             "pull_request": {"number": 1, "draft": false, "user": {"login": "cleo-gh"}, "base": {"sha": "{{Git(
                "rev-parse",
                "main"
            )}}"},
               "head": {"sha": "{{Head}}", "repo": {"full_name": "{{from}}"} } } }
            """
        );

    public WorkflowRun Comment(string folder, WorkflowRun check) =>
        Run(
            folder,
            "comment.yml",
            "workflow_run",
            $$"""
            {"action": "completed", "repository": {"full_name": "acme/bench", "default_branch": "main"},
             "workflow_run": {"id": 30, "event": "pull_request", "conclusion": "success", "head_sha": "{{Head}}", "head_branch": "topic",
               "head_repository": {"full_name": "cleo-gh/bench"}, "html_url": "{{Fake.Url}}/acme/bench/actions/runs/30", "pull_requests": [] } }
            """,
            check.Artifacts
        );

    public WorkflowRun Publish(string folder) => Run(folder, "publish.yml", "push", null);

    public WorkflowRun Release(string folder, string tag) =>
        Run(folder, "release.yml", "workflow_dispatch", null, inputs: new() { ["tag"] = tag });

    public string Git(params string[] arguments) => Repository.Files.Git(["--git-dir", Remote, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        await Fake.DisposeAsync();
        Repository.Dispose();
        Machine.Dispose();
    }

    private WorkflowRun Run(
        string folder,
        string name,
        string eventName,
        string? document,
        string? followed = null,
        JsonObject? inputs = null
    )
    {
        // In the templates it is installed, so only there it may be found nowhere else.
        var installs = folder != Path.GetDirectoryName(WorkflowYaml.Ours);
        return new($"{folder}/{name}", Repository.Files, Remote, Machine)
        {
            Event = document is null ? null : JsonNode.Parse(document)!.AsObject(),
            EventName = eventName,
            Inputs = inputs ?? [],
            Followed = followed,
            Server = (Fake.Url, GitHubSession.AppToken),
            Settings = Settings,
            Installs = installs,
            Variables = installs
                ? []
                : new() { ["PATH"] = $"{Machine["bin"]}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}" },
        };
    }

    // A release of the program as release.yml packs it; in place of the program a script that calls this build's.
    private void Serve()
    {
        Script($"packed/{Program}/concord", $"exec dotnet '{ConcordProcess.Program}' \"$@\"\n");
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            TarFile.CreateFromDirectory(Machine["packed"], gzip, includeBaseDirectory: false);
        var bytes = stream.ToArray();
        Fake.Downloads[$"/example/concord/releases/download/{Version}/{Program}.tar.gz"] = bytes;
        Settings = new()
        {
            ["CONCORD_REPOSITORY"] = "example/concord",
            ["CONCORD_VERSION"] = Version,
            ["CONCORD_SHA256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }
}
