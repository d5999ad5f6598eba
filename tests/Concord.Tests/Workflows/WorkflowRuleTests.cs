using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>What every workflow file obeys: this project's, and those of <c>concord init</c>.</summary>
public sealed partial class WorkflowRuleTests
{
    /// <summary>The jobs that may write, with what they may.</summary>
    private static readonly Dictionary<string, string> Writing = new()
    {
        ["render.yml/join"] = """{"contents":"write"}""",
        ["comment.yml/comment"] =
            """{"actions":"read","contents":"write","issues":"write","pull-requests":"write","statuses":"write"}""",
        ["comment.yml/publish"] = """{"contents":"write"}""",
        ["publish.yml/publish"] = """{"contents":"write"}""",
        ["release.yml/release"] = """{"contents":"write"}""",
    };

    /// <summary>What a job with a token that writes may check out: what is on the default branch, or has a maintainer's tag.</summary>
    private static readonly string[] Own =
    [
        "${{ github.event.repository.default_branch }}",
        "${{ needs.plan.outputs.commit }}",
        "${{ github.event_name == 'push' && github.sha || github.event.repository.default_branch }}",
    ];

    public static TheoryData<string> Files => [.. WorkflowYaml.Paths];

    [Fact]
    public void There_are_the_same_workflows_of_ours_and_of_the_template_but_for_ci() =>
        Assert.Equal(
            WorkflowYaml.Paths.Where(p =>
                p.StartsWith(".github/", StringComparison.Ordinal) && !p.EndsWith("/ci.yml", StringComparison.Ordinal)
            ),
            WorkflowYaml
                .Paths.Where(p => p.StartsWith("src/", StringComparison.Ordinal))
                .Select(p => p["src/Concord.App/Templates/workspace/".Length..])
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_used_is_pinned_by_commit_and_names_its_version(string path)
    {
        // What is of the same commit is pinned already.
        var uses = WorkflowYaml
            .Text(path)
            .Split('\n')
            .Where(l => Uses().IsMatch(l) && !l.Contains("uses: ./.github/workflows/", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(Pinned(), line));
    }

    [Fact]
    public void The_same_action_is_the_same_commit_everywhere() =>
        Assert.All(
            WorkflowYaml
                .Paths.SelectMany(p => Pinned().Matches(WorkflowYaml.Text(p)))
                .GroupBy(m => m.Groups["action"].Value, m => m.Groups["pin"].Value),
            action => Assert.Single(action.Distinct())
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_job_has_a_fixed_system_and_ends_by_itself(string path)
    {
        Assert.DoesNotContain("-latest", WorkflowYaml.Text(path), StringComparison.Ordinal);
        // A workflow that is called has these of its own.
        foreach (var (_, job) in WorkflowYaml.Jobs(WorkflowYaml.Read(path)).Where(j => j.Job["uses"] is null))
        {
            Assert.InRange((long)job["timeout-minutes"]!, 1, 360);
            Assert.NotNull(job["runs-on"]);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_workflow_says_what_may_not_run_beside_it_and_whether_it_may_be_cut_short(string path)
    {
        var concurrency = WorkflowYaml.Read(path)["concurrency"]!;

        Assert.NotNull(concurrency["group"]);
        Assert.NotNull(concurrency["cancel-in-progress"]);
        // What writes is never cut short.
        if (Writing.Keys.Any(k => k.StartsWith(Path.GetFileName(path) + "/", StringComparison.Ordinal)))
            Assert.False((bool)concurrency["cancel-in-progress"]!);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_expression_is_pasted_into_a_script(string path)
    {
        foreach (var (_, job) in WorkflowYaml.Jobs(WorkflowYaml.Read(path)).Where(j => j.Job["uses"] is null))
        foreach (var step in WorkflowYaml.Steps(job))
            Assert.DoesNotContain("${{", (string?)step["run"] ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_job_may_read_only_except_those_that_run_nothing_of_models_or_of_a_pull_request(string path)
    {
        var workflow = WorkflowYaml.Read(path);

        Assert.Equal("""{"contents":"read"}""", workflow["permissions"]!.ToJsonString());
        Assert.False(workflow["on"] is JsonObject on && on.ContainsKey("pull_request_target"));
        foreach (var (name, job) in WorkflowYaml.Jobs(workflow))
        {
            var key = $"{Path.GetFileName(path)}/{name}";
            Assert.Equal(Writing.GetValueOrDefault(key), job["permissions"]?.ToJsonString());
            if (job["uses"] is not null || job["permissions"] is null)
                continue;
            Assert.DoesNotContain("pull_request.", job["steps"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotMatch("workflow_run\\.(?!id\\b)|head_ref", job["steps"]!.ToJsonString());
            foreach (var step in WorkflowYaml.Steps(job))
                if (IsCheckout(step))
                    Assert.Contains((string)step["with"]!["ref"]!, Own);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_checkout_keeps_no_token_except_where_git_alone_runs(string path)
    {
        foreach (var (name, job) in WorkflowYaml.Jobs(WorkflowYaml.Read(path)).Where(j => j.Job["uses"] is null))
        {
            var isJoin = path.EndsWith("/render.yml", StringComparison.Ordinal) && name == "join";
            foreach (var step in WorkflowYaml.Steps(job))
            {
                if (IsCheckout(step))
                    Assert.Equal(isJoin, (bool?)step["with"]?["persist-credentials"]);
                if (isJoin)
                    Assert.DoesNotMatch(@"(?m)^\s*(\S*/)?(concord|node|dotnet|test)\b", (string?)step["run"] ?? "");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_token_is_given_to_steps_that_run_one_thing_only(string path)
    {
        var workflow = WorkflowYaml.Read(path);
        foreach (var (_, job) in WorkflowYaml.Jobs(workflow).Where(j => j.Job["uses"] is null))
        foreach (var step in WorkflowYaml.Steps(job))
        {
            if (IsCheckout(step) && (bool?)step["with"]?["persist-credentials"] == true)
                step.Remove("with");
            else if (step["env"]?["GH_TOKEN"] is not null)
            {
                Assert.Matches(@"\A(git fetch |concord ci |options=\(\)\n)", (string)step["run"]!);
                step.Remove("env");
            }
            else if (((string?)step["uses"])?.StartsWith("actions/download-artifact@", StringComparison.Ordinal) == true)
                step.Remove("with");
        }

        Assert.DoesNotContain("github.token", workflow.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/acme/bench", true)]
    [InlineData("https://evil.example/acme/bench", false)]
    public async Task Git_gets_the_token_for_GitHub_alone(string remote, bool gets)
    {
        foreach (var path in WorkflowYaml.Paths)
        foreach (var (_, job) in WorkflowYaml.Jobs(WorkflowYaml.Read(path)).Where(j => j.Job["uses"] is null))
        foreach (var step in WorkflowYaml.Steps(job).Where(s => s["env"]?["GH_TOKEN"] is not null))
        {
            var variables = new Dictionary<string, string>
            {
                ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                ["GIT_CONFIG_SYSTEM"] = "/dev/null",
                ["GIT_TERMINAL_PROMPT"] = "0",
            };
            var contexts = new JsonObject
            {
                ["github"] = new JsonObject { ["token"] = "s3cret", ["server_url"] = "https://github.com" },
            };
            foreach (var (key, value) in step["env"]!.AsObject().Where(v => v.Key.StartsWith('G')))
                variables[key] = WorkflowExpression.Fill(value, contexts);

            var run = await ProcessRun.RunAsync(
                SourceTree.Root,
                variables,
                "bash",
                "-c",
                $"printf 'url=%s\\n\\n' '{remote}' | git credential fill"
            );

            Assert.Equal(gets, run.Out.Contains("username=x-access-token\npassword=s3cret\n", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Keys_are_given_to_one_step_only_and_the_token_that_pushes_to_what_pushes(string path)
    {
        const string Push = "${{ secrets.CONCORD_PUSH_TOKEN || github.token }}";
        var workflow = WorkflowYaml.Read(path);
        foreach (var (name, job) in WorkflowYaml.Jobs(workflow))
        {
            var key = $"{Path.GetFileName(path)}/{name}";
            if (key == "comment.yml/publish")
                Assert.True(job.Remove("secrets"));
            foreach (var step in job["uses"] is null ? WorkflowYaml.Steps(job) : [])
                if (step["env"] is JsonObject variables && (string?)step["name"] == "Ask models")
                    variables.Clear();
                else if (key == "publish.yml/publish" && (string?)step["name"] == "Publish")
                    Assert.True((string?)step["env"]!["GH_TOKEN"] == Push && step["env"]!.AsObject().Remove("GH_TOKEN"));
                else if (key == "render.yml/join" && IsCheckout(step))
                    Assert.True((string?)step["with"]!["token"] == Push && step["with"]!.AsObject().Remove("token"));
        }

        Assert.DoesNotContain("secrets.", workflow.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check.yml")]
    [InlineData("comment.yml")]
    [InlineData("publish.yml")]
    [InlineData("render.yml")]
    public void Ours_and_the_templates_differ_only_in_where_Concord_is(string name)
    {
        var ours = WorkflowYaml.Text($".github/workflows/{name}").Split('\n').ToHashSet();
        var text = WorkflowYaml.Text($"{WorkflowYaml.TemplateFolder}/{name}");
        var changed = ForkStep()
            .Replace(text.Replace(Install(text), "", StringComparison.Ordinal), "")
            .Split('\n')
            .Where(l => !ours.Contains(l) && !l.TrimStart().StartsWith('#'))
            .ToArray();

        Assert.All(changed, line => Assert.Matches("CONCORD_|^env:$", line));
    }

    [Fact]
    public void Concord_is_installed_in_the_same_way_everywhere() =>
        Assert.Single(
            WorkflowYaml
                .Paths.Where(p => p.StartsWith(WorkflowYaml.TemplateFolder, StringComparison.Ordinal))
                .Select(p => Install(WorkflowYaml.Text(p)))
                .Distinct()
        );

    [Fact]
    public async Task Every_workflow_is_valid_by_GitHubs_own_parser()
    {
        using var folder = new TempFolder();
        folder.Write(
            "wrong.yml",
            WorkflowYaml.Text(WorkflowYaml.Ours).Replace("needs: plan", "needs: plane", StringComparison.Ordinal)
        );
        folder.Write(
            "misspelt.yml",
            WorkflowYaml.Text(WorkflowYaml.Ours).Replace("matrix.shard", "matric.shard", StringComparison.Ordinal)
        );

        var wrong = await WorkflowParser.ParseAsync(
            [.. WorkflowYaml.Paths.Select(p => Path.Combine(SourceTree.Root, p)), folder["wrong.yml"], folder["misspelt.yml"]]
        );

        Assert.All(wrong[..^2], Assert.Empty);
        Assert.All(wrong[^2..], Assert.NotEmpty);
    }

    [Fact]
    public async Task Every_workflow_is_valid_by_the_published_schema()
    {
        var schema = SourceTree.Reference("contracts/workflow/github-workflow.schema.json");
        using var folder = new TempFolder();
        var wrong = WorkflowYaml.Read(WorkflowYaml.Ours);
        wrong["jobs"]!["plan"]!["steps"]![1]!["runn"] = "echo";
        JsonObject[] documents = [.. WorkflowYaml.Paths.Select(WorkflowYaml.Read), wrong];
        for (var i = 0; i < documents.Length; i++)
            folder.Write($"{i}.json", documents[i].ToJsonString());

        var errors = await WorkflowParser.ValidateAsync(schema, documents.Select((_, i) => folder[$"{i}.json"]));

        Assert.All(errors[..^1], e => Assert.Equal("", e));
        Assert.NotEqual("", errors[^1]);
    }

    private static bool IsCheckout(JsonObject step) =>
        ((string?)step["uses"])?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true;

    /// <summary>The step that installs Concord, to the next one.</summary>
    private static string Install(string text) =>
        InstallStep().Match(text).Value is { Length: > 0 } step ? step : throw new FormatException(text);

    [GeneratedRegex(@"      - name: Install Concord\n(?:        .*\n)+")]
    private static partial Regex InstallStep();

    // Only check.yml runs for forks.
    [GeneratedRegex(@"      - name: Tell forks what they are not given\n(?:        .*\n)+")]
    private static partial Regex ForkStep();

    [GeneratedRegex(@"^\s*(-\s+)?uses:", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(
        @"^\s*(-\s+)?uses: (?<action>[a-z0-9-]+/[a-z0-9-]+)@(?<pin>[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+)$",
        RegexOptions.Multiline
    )]
    private static partial Regex Pinned();
}
