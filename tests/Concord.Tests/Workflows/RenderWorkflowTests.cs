using System.Text.Json.Nodes;
using Concord.Tests.Models;
using Concord.Tests.Rendering;
using Concord.Tests.Running;
using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>The steps of render.yml, run in order as GitHub would, against a bare repository.</summary>
public sealed class RenderWorkflowTests : IDisposable
{
    private const string Other = "benchmarks/challenges/bars/guidelines.md";

    // In place of a browser, where a test is about what becomes of a shard's commit: every n-th output gets its record.
    private const string Draws = """
        i=${3%/*} n=${3#*/} k=0
        for output in benchmarks/outputs/bars/lab/*/; do
          k=$((k % n + 1))
          [ "$k" != "$i" ] || echo drawn > "$output/render.json"
        done
        """;

    private readonly TempFolder _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(WorkflowYaml.Ours)]
    [InlineData(WorkflowYaml.Templates)]
    public async Task A_push_ends_with_every_screenshot_on_the_default_branch_and_a_second_one_with_nothing_to_commit(string path)
    {
        RenderWorkspace.RequireBrowser();
        using var origin = Pages(5);
        var remote = Remote(origin);

        var first = Run(path, origin, remote);
        Assert.Equal(All("success"), await first.RunAsync());
        var rendered = Git(origin, remote, "rev-parse", "main");
        var second = Run(path, origin, remote);
        Assert.Equal(All("success"), await second.RunAsync());

        Assert.Equal(
            5,
            Git(origin, remote, "ls-tree", "-r", "--name-only", "main")
                .Split('\n')
                .Count(f => f.EndsWith(".png", StringComparison.Ordinal))
        );
        Assert.Equal("2", Git(origin, remote, "rev-list", "--count", "main"));
        Assert.Equal("github-actions[bot]", Git(origin, remote, "log", "-1", "--format=%an", "main"));
        Assert.Equal(rendered, Git(origin, remote, "rev-parse", "main"));
        Assert.Contains("Nothing has changed.", second.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Init_writes_the_workflow_and_leaves_one_that_is_there(bool isThere)
    {
        if (isThere)
            _machine.Write(WorkflowYaml.Ours, "name: mine\n");

        var init = await CommandLine.RunAsync(_machine.Path, "init");

        Assert.Contains($"{(isThere ? "kept " : "wrote")} {WorkflowYaml.Ours}\n", init.Out, StringComparison.Ordinal);
        Assert.Equal(isThere ? "name: mine\n" : WorkflowYaml.Text(WorkflowYaml.Templates), _machine.Read(WorkflowYaml.Ours));
    }

    [Fact]
    public async Task What_was_pushed_meanwhile_stays()
    {
        using var origin = Pages(3);
        var remote = Remote(origin);
        var run = Run(
            WorkflowYaml.Ours,
            origin,
            remote,
            job => OnceBefore("join", job, () => Push(origin, remote, Other, "new\n")),
            Draws
        );

        Assert.Equal(All("success"), await run.RunAsync());

        Assert.Equal("new", Git(origin, remote, "show", $"main:{Other}"));
        Assert.Equal(3, Drawn(origin, remote));
        Assert.Equal("3", Git(origin, remote, "rev-list", "--count", "main"));
    }

    [Fact]
    public async Task A_push_that_comes_between_join_and_its_own_push_is_joined_onto()
    {
        using var origin = Pages(3);
        var remote = Remote(origin);
        // The remote refuses the first push, and has another commit after it.
        Push(origin, remote, Other, "late\n", "refs/heads/late");
        var hook = Path.Combine(remote, "hooks", "pre-receive");
        await File.WriteAllTextAsync(
            hook,
            "#!/bin/sh\n[ -e refused ] && exit 0\ntouch refused\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/main refs/heads/late\nexit 1\n",
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var run = Run(WorkflowYaml.Ours, origin, remote, concord: Draws);

        Assert.Equal(All("success"), await run.RunAsync());
        Assert.True(File.Exists(Path.Combine(remote, "refused")));
        Assert.Equal("late", Git(origin, remote, "show", $"main:{Other}"));
        Assert.Equal(3, Drawn(origin, remote));
        Assert.Equal("3", Git(origin, remote, "rev-list", "--count", "main"));
    }

    [Fact]
    public async Task An_output_that_was_committed_otherwise_meanwhile_stops_the_join()
    {
        using var origin = Pages(3);
        var remote = Remote(origin);
        const string Theirs = "benchmarks/outputs/bars/lab/page-01/render.json";
        var run = Run(
            WorkflowYaml.Ours,
            origin,
            remote,
            job => OnceBefore("join", job, () => Push(origin, remote, Theirs, "{}\n")),
            Draws
        );

        Assert.Equal(All("success", join: "failure"), await run.RunAsync());

        Assert.Contains("committed otherwise meanwhile", run.Log, StringComparison.Ordinal);
        Assert.Equal("2", Git(origin, remote, "rev-list", "--count", "main"));
    }

    [Fact]
    public async Task What_a_shard_wrote_elsewhere_is_not_taken()
    {
        using var origin = Pages(3);
        var remote = Remote(origin);
        // In place of Concord: a browser that a page has taken over.
        var run = Run(WorkflowYaml.Ours, origin, remote, concord: "echo 9 > benchmarks/graders.yaml");

        Assert.Equal(All("success", join: "failure"), await run.RunAsync());

        Assert.Contains("A shard wrote outside", run.Log, StringComparison.Ordinal);
        Assert.Equal("1", Git(origin, remote, "rev-list", "--count", "main"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("257")]
    [InlineData("2; id")]
    public async Task A_number_of_shards_that_is_none_stops_the_plan(string shards)
    {
        using var origin = Pages(1);
        var run = Run(WorkflowYaml.Ours, origin, Remote(origin), inputs: new() { ["shards"] = shards, ["ask"] = false });

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["plan"] = "failure",
                ["shard"] = "skipped",
                ["join"] = "skipped",
            },
            await run.RunAsync()
        );
    }

    [Fact]
    public async Task A_start_by_hand_asks_each_model_once_and_draws_what_came()
    {
        RenderWorkspace.RequireBrowser();
        await using var server = await FakeModelServer.StartAsync();
        using var origin = BenchWorkspace.Create(server, challenges: 3, models: 2);
        var remote = Remote(origin);
        WorkflowRun Ask() =>
            Run(
                WorkflowYaml.Templates,
                origin,
                remote,
                inputs: new()
                {
                    ["shards"] = "3",
                    ["ask"] = true,
                    ["samples"] = "1",
                    ["max_cost"] = "1",
                }
            );

        var first = Ask();
        var results = await first.RunAsync();
        Assert.True(results.Values.All(r => r == "success"), first.Log);
        Assert.Equal(All("success"), await Ask().RunAsync());

        Assert.Equal(6, server.Requests);
        var files = Git(origin, remote, "ls-tree", "-r", "--name-only", "main").Split('\n');
        Assert.Equal(6, files.Count(f => f.EndsWith("/output.json", StringComparison.Ordinal)));
        Assert.Equal(6, files.Count(f => f.EndsWith("/screenshot.png", StringComparison.Ordinal)));
        Assert.Equal("2", Git(origin, remote, "rev-list", "--count", "main"));
        Assert.DoesNotContain(FakeModelServer.Key, first.Log, StringComparison.Ordinal);
    }

    private WorkflowRun Run(
        string path,
        TestRepository origin,
        string remote,
        Action<string>? beforeJob = null,
        string? concord = null,
        JsonObject? inputs = null
    )
    {
        var program = _machine["bin/concord"];
        _machine.Write("bin/concord", $"#!/bin/sh\n{concord ?? $"exec dotnet '{ConcordProcess.Program}' \"$@\""}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path, origin, remote, _machine)
        {
            Inputs = inputs ?? [],
            BeforeJob = beforeJob ?? (_ => { }),
            Variables = new()
            {
                ["PATH"] = $"{_machine["bin"]}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
                [FakeModelServer.KeyName] = FakeModelServer.Key,
            },
        };
    }

    private static TestRepository Pages(int count)
    {
        var origin = new TestRepository();
        using var pages = RenderWorkspace.OfPages(count);
        foreach (var file in Directory.EnumerateFiles(pages.Path, "*", SearchOption.AllDirectories))
            origin.Write(Path.GetRelativePath(pages.Path, file), File.ReadAllBytes(file));
        origin.Write(".gitignore", "benchmarks/.cache/\nnode_modules/\n");
        origin.Commit("pages");
        return origin;
    }

    private string Remote(TestRepository origin)
    {
        var remote = _machine["remote.git"];
        origin.Git("clone", "-q", "--bare", origin.Path, remote);
        // As GitHub does.
        Git(origin, remote, "config", "uploadpack.allowReachableSHA1InWant", "true");
        return remote;
    }

    private static void Push(TestRepository origin, string remote, string path, string text, string to = "refs/heads/main")
    {
        origin.Write(path, text);
        origin.Commit("meanwhile");
        origin.Git("push", "-q", remote, $"HEAD:{to}");
    }

    private static void OnceBefore(string name, string job, Action act)
    {
        if (job == name)
            act();
    }

    private static Dictionary<string, string> All(string result, string? join = null) =>
        new()
        {
            ["plan"] = result,
            ["shard"] = result,
            ["join"] = join ?? result,
        };

    private static int Drawn(TestRepository origin, string remote) =>
        Git(origin, remote, "ls-tree", "-r", "--name-only", "main")
            .Split('\n')
            .Count(f => f.EndsWith("/render.json", StringComparison.Ordinal));

    private static string Git(TestRepository origin, string remote, params string[] arguments) =>
        origin.Git(["--git-dir", remote, .. arguments]);
}
