using Concord.Tests.Judging;

namespace Concord.Tests.Workflows;

/// <summary>The steps of check.yml, comment.yml, publish.yml and release.yml, run in order as GitHub would.</summary>
public sealed class GradingWorkflowTests
{
    private const string Cleo = "grades/cleo-2026-11-03.csv";

    /// <summary>This project's, and those of 'concord init'.</summary>
    public static TheoryData<string> Folders => [".github/workflows", WorkflowYaml.TemplateFolder];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task A_pull_request_is_checked_commented_merged_published_and_released(string folder)
    {
        await using var hub = await WorkflowHub.StartAsync();
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");

        var check = hub.Check(folder);
        await SucceedsAsync(check, "check");
        Assert.Equal(
            ["comment.md", "result.json", "summary.md"],
            Directory.GetFiles(Path.Combine(check.Artifacts, "check")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Contains("9 new grades by cleo", check.Summary, StringComparison.Ordinal);
        // It may read only, and so has written nothing.
        Assert.DoesNotContain(hub.Fake.Calls, c => c.Method != "GET" && c.Id != "pulls/create");

        var comment = hub.Comment(folder, check);
        await SucceedsAsync(comment, "comment", "publish");
        Assert.DoesNotContain("says otherwise", comment.Log, StringComparison.Ordinal);
        Assert.Equal(("closed", 1), (hub.Pull.State, hub.Pull.Comments.Count));
        Assert.StartsWith("consensus: ", hub.Git("log", "-1", "--format=%s", "main"), StringComparison.Ordinal);
        var published = hub.Git("rev-parse", "main");

        var publish = hub.Publish(folder);
        await SucceedsAsync(publish, "publish");
        Assert.Contains("nothing to publish", publish.Log, StringComparison.Ordinal);
        Assert.Equal(published, hub.Git("rev-parse", "main"));

        await ReleaseAsync(hub, folder, published);
        foreach (var log in new[] { check.Log, comment.Log, publish.Log })
            Assert.DoesNotContain("ghs_", log, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task What_is_refused_fails_the_check_and_is_told_and_nothing_is_merged(string folder)
    {
        await using var hub = await WorkflowHub.StartAsync();
        hub.Repository.Files.Write("grades/ben-2026-11-02.csv", JudgedRepository.Grades("0,0", "5,5", "0,0"));
        // What a stranger's code would do where it ran.
        hub.Repository.Files.Write("concord", "#!/bin/sh\ntouch \"$RUNNER_TEMP/../../../evil\"\n");
        hub.Repository.Files.Write(".gitattributes", "* filter=evil\n");
        await hub.ProposeAsync("cleo");
        var main = hub.Git("rev-parse", "main");

        var check = hub.Check(folder);
        var results = await check.RunAsync();
        var comment = hub.Comment(folder, check);
        var followed = await comment.RunAsync();

        Assert.Equal("failure", results["check"]);
        Assert.True(File.Exists(Path.Combine(check.Artifacts, "check", "result.json")), check.Log);
        Assert.Equal(("success", "skipped"), (followed["comment"], followed["publish"]));
        Assert.Contains("Refused: ", hub.Pull.Comments.Single().Body, StringComparison.Ordinal);
        Assert.Equal("failure", hub.Bench.Statuses.Single().State);
        Assert.Equal(("open", main), (hub.Pull.State, hub.Git("rev-parse", "main")));
        Assert.False(File.Exists(hub.Machine["evil"]));
    }

    [Fact]
    public async Task A_program_with_another_sum_is_not_run()
    {
        await using var hub = await WorkflowHub.StartAsync();
        hub.Settings["CONCORD_SHA256"] = new string('0', 64);

        var run = hub.Publish(WorkflowYaml.TemplateFolder);

        Assert.Equal("failure", (await run.RunAsync())["publish"]);
        Assert.Contains("FAILED", run.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Published", run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comment.yml")]
    [InlineData("publish.yml")]
    [InlineData("release.yml")]
    public async Task Without_the_variables_a_workspaces_workflows_do_nothing(string name)
    {
        await using var hub = await WorkflowHub.StartAsync();
        await hub.ProposeAsync("cleo");
        hub.Settings.Clear();
        var run = name switch
        {
            "comment.yml" => hub.Comment(WorkflowYaml.TemplateFolder, hub.Check(WorkflowYaml.TemplateFolder)),
            "publish.yml" => hub.Publish(WorkflowYaml.TemplateFolder),
            _ => hub.Release(WorkflowYaml.TemplateFolder, "v1.0.0"),
        };

        // By hand it says what is missing.
        Assert.All((await run.RunAsync()).Values, r => Assert.Equal(name == "release.yml" ? "failure" : "skipped", r));
        if (name == "release.yml")
            Assert.Contains("::error::Set the repository variables", run.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cleo-gh/bench", "GitHub gives a fork's run no repository variables")]
    [InlineData("acme/bench", "Set the repository variables")]
    public async Task Without_the_variables_the_check_fails_and_says_why(string from, string why)
    {
        await using var hub = await WorkflowHub.StartAsync();
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        hub.Settings.Clear();

        var run = hub.Check(WorkflowYaml.TemplateFolder, from);

        // A job that is skipped would count as one that went well.
        Assert.Equal("failure", (await run.RunAsync())["check"]);
        Assert.Contains($"::error::{why}", run.Log, StringComparison.Ordinal);
        Assert.Equal(1, run.Log.Split("::error::").Length - 1);
    }

    [Fact]
    public async Task Forks_are_checked_where_the_file_itself_says_which_Concord()
    {
        await using var hub = await WorkflowHub.StartAsync();
        hub.Repository.Files.Write(Cleo, JudgedRepository.Grades("4,4", "3,3", "4,4"));
        await hub.ProposeAsync("cleo");
        var text = WorkflowYaml.Text($"{WorkflowYaml.TemplateFolder}/check.yml");
        foreach (var (name, value) in hub.Settings)
            text = text.Replace($"vars.{name} || ''", $"vars.{name} || '{value}'", StringComparison.Ordinal);
        hub.Machine.Write("forks/check.yml", text);
        hub.Settings.Clear();

        var run = hub.Check(hub.Machine["forks"]);

        await SucceedsAsync(run, "check");
        Assert.Contains("9 new grades by cleo", run.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_is_none_of_a_version_stops_the_plan()
    {
        await using var hub = await WorkflowHub.StartAsync();

        var results = await hub.Release(".github/workflows", "v1.0.0$(id)").RunAsync();

        Assert.Equal(("failure", "skipped", "skipped"), (results["plan"], results["build"], results["release"]));
    }

    private static async Task ReleaseAsync(WorkflowHub hub, string folder, string commit)
    {
        var isOurs = folder == ".github/workflows";
        // The compiler is not run: packages for other systems are not to be had everywhere. What it would write is a script that calls
        // this build's program, in the place and under the name that the steps after it expect.
        if (isOurs)
            hub.Script(
                "bin/dotnet",
                $$"""
                if [[ $1 != publish ]]; then exec "$(type -aP dotnet | grep -v '^{{hub.Machine.Path}}' | head -n 1)" "$@"; fi
                printf '%s ' "$@" >> '{{hub.Machine["published"]}}'
                while [[ $1 != -o ]]; do [[ $1 != -p:Version=* ]] || version=${1#*=}; shift; done
                mkdir -p "$2"
                printf '#!/bin/bash\n[[ $1 != --version ]] || exec echo %s\nexec dotnet %q "$@"\n' "$version" '{{Support.ConcordProcess.Program}}' > "$2/concord"
                chmod +x "$2/concord"

                """
            );

        var release = hub.Release(folder, "v1.0.0");
        await SucceedsAsync(release, isOurs ? ["plan", "build", "release"] : ["release"]);

        Assert.Equal(commit, hub.Git("rev-parse", "refs/tags/v1.0.0"));
        string[] programs = isOurs ? ["linux-arm64", "linux-x64", "osx-arm64", "osx-x64", "win-x64"] : [];
        Assert.Equal(
            ["SHA256SUMS", .. programs.Select(p => $"concord-v1.0.0-{p}.tar.gz"), "test-v1.0.0.manifest.json", "test-v1.0.0.tar"],
            hub.Bench.Releases.Single().Assets.Select(a => a.Name).Order(StringComparer.Ordinal)
        );
        if (isOurs)
            Assert.All(
                programs,
                p => Assert.Contains($"-r {p} --self-contained ", hub.Machine.Read("published"), StringComparison.Ordinal)
            );
        Assert.DoesNotContain("ghs_", release.Log, StringComparison.Ordinal);
    }

    private static async Task SucceedsAsync(WorkflowRun run, params string[] jobs)
    {
        var results = await run.RunAsync();

        Assert.True(results.Values.All(r => r == "success"), run.Log);
        Assert.Equal(jobs, results.Keys);
    }
}
