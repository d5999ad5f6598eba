using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>What every workflow file obeys: this project's, and those of <c>concord init</c>.</summary>
public sealed partial class WorkflowRuleTests
{
    private const string Validate = """
        import Ajv from 'ajv';
        import { readFileSync } from 'node:fs';
        const [schema, ...files] = process.argv.slice(2).map(f => JSON.parse(readFileSync(f, 'utf8')));
        const validate = new Ajv({ strict: false, logger: false, allErrors: true }).compile(schema);
        process.stdout.write(JSON.stringify(files.map(f => validate(f) ? '' : JSON.stringify(validate.errors))));
        """;

    private static readonly Dictionary<string, string> NoVariables = [];

    public static TheoryData<string> Files => [.. WorkflowYaml.Paths];

    [Fact]
    public void There_are_workflows_of_ours_and_of_the_template()
    {
        Assert.Contains(WorkflowYaml.Ours, WorkflowYaml.Paths);
        Assert.Contains(WorkflowYaml.Templates, WorkflowYaml.Paths);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void What_is_used_is_pinned_by_commit_and_names_its_version(string path)
    {
        var uses = WorkflowYaml.Text(path).Split('\n').Where(l => Uses().IsMatch(l)).ToArray();

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
        foreach (var (_, job) in WorkflowYaml.Jobs(WorkflowYaml.Read(path)))
        {
            Assert.InRange((long)job["timeout-minutes"]!, 1, 360);
            Assert.DoesNotContain("latest", (string)job["runs-on"]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void No_expression_is_pasted_into_a_script(string path)
    {
        foreach (var (_, job) in WorkflowYaml.Jobs(WorkflowYaml.Read(path)))
        foreach (var step in WorkflowYaml.Steps(job))
            Assert.DoesNotContain("${{", (string?)step["run"] ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_job_may_read_only_except_one_that_runs_no_code_of_models(string path)
    {
        var workflow = WorkflowYaml.Read(path);

        Assert.Equal("""{"contents":"read"}""", workflow["permissions"]!.ToJsonString());
        foreach (var (name, job) in WorkflowYaml.Jobs(workflow))
        {
            var writes = job["permissions"] is not null;
            foreach (var step in WorkflowYaml.Steps(job))
            {
                if (((string?)step["uses"])?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true)
                    Assert.Equal(writes, (bool?)step["with"]?["persist-credentials"]);
                if (writes)
                    Assert.DoesNotMatch(@"(?m)^\s*(\S*/)?(concord|node|dotnet|test)\b", (string?)step["run"] ?? "");
            }
            Assert.True(!writes || name == "join", name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_secret_is_given_to_one_step_only(string path)
    {
        var workflow = WorkflowYaml.Read(path);
        foreach (var (_, job) in WorkflowYaml.Jobs(workflow))
        {
            foreach (var step in WorkflowYaml.Steps(job))
                if (step["env"] is JsonObject variables && (string?)step["name"] == "Ask models")
                    variables.Clear();
        }

        Assert.DoesNotContain("secrets.", workflow.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ours_and_the_templates_differ_only_in_where_Concord_is()
    {
        var ours = WorkflowYaml.Text(WorkflowYaml.Ours).Split('\n').ToHashSet();
        var changed = WorkflowYaml
            .Text(WorkflowYaml.Templates)
            .Split('\n')
            .Where(l => !ours.Contains(l) && !l.TrimStart().StartsWith('#'))
            .ToArray();

        Assert.All(
            changed,
            line => Assert.Matches("CONCORD_|concord/|/concord|path: (workspace|concord)|working-directory: workspace", line)
        );
    }

    [Fact]
    public async Task Every_workflow_is_valid_by_the_published_schema()
    {
        var schema = SourceTree.Reference("contracts/workflow/github-workflow.schema.json");
        using var folder = new TempFolder();
        await InstallAjvAsync(folder);
        folder.Write("validate.mjs", Validate);
        var wrong = WorkflowYaml.Read(WorkflowYaml.Ours);
        wrong["jobs"]!["plan"]!["steps"]![1]!["runn"] = "echo";
        JsonObject[] documents = [.. WorkflowYaml.Paths.Select(WorkflowYaml.Read), wrong];
        for (var i = 0; i < documents.Length; i++)
            folder.Write($"{i}.json", documents[i].ToJsonString());

        var run = await ProcessRun.RunAsync(
            folder.Path,
            NoVariables,
            "node",
            ["validate.mjs", schema, .. documents.Select((_, i) => folder[$"{i}.json"])]
        );

        Assert.True(run.ExitCode == 0, run.Error);
        var errors = JsonSerializer.Deserialize<string[]>(run.Out)!;
        Assert.All(errors[..^1], e => Assert.Equal("", e));
        Assert.NotEqual("", errors[^1]);
    }

    private static async Task InstallAjvAsync(TempFolder folder)
    {
        folder.Write("package.json", "{\"private\":true,\"type\":\"module\"}");
        CommandResult npm;
        try
        {
            npm = await ProcessRun.RunAsync(
                folder.Path,
                NoVariables,
                "npm",
                ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "ajv@8.20.0"]
            );
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no npm here, which brings the validator of schemas.");
            return;
        }
        Assert.SkipUnless(npm.ExitCode == 0, "npm could not install the validator of schemas; its registry may be out of reach.");
    }

    [GeneratedRegex(@"^\s*(-\s+)?uses:", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(
        @"^\s*(-\s+)?uses: (?<action>[a-z0-9-]+/[a-z0-9-]+)@(?<pin>[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+)$",
        RegexOptions.Multiline
    )]
    private static partial Regex Pinned();
}
