using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>
/// Runs a workflow's jobs on this machine: each in a folder of its own, its <c>run:</c> steps by bash with the variables that GitHub
/// sets, checkouts by git from a bare repository, artifacts as a folder. Steps that install something do nothing.
/// </summary>
internal sealed class WorkflowRun(string path, TestRepository origin, string remote, TempFolder machine)
{
    private static int _runs;

    private readonly JsonObject _workflow = WorkflowYaml.Read(path);
    private readonly string _folder = machine[$"run-{Interlocked.Increment(ref _runs)}"];

    /// <summary>The inputs of a start by hand; empty for a push.</summary>
    public JsonObject Inputs { get; init; } = [];

    /// <summary>The variables that steps get beside GitHub's.</summary>
    public Dictionary<string, string> Variables { get; init; } = [];

    /// <summary>Called before a job of that name begins.</summary>
    public Action<string> BeforeJob { get; init; } = _ => { };

    /// <summary>Everything that the steps printed.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Runs the jobs in the file's order, which is that of their needs.</summary>
    /// <returns>The result of each job.</returns>
    public async Task<Dictionary<string, string>> RunAsync()
    {
        var results = new Dictionary<string, string>();
        var needs = new JsonObject();
        foreach (var (name, job) in WorkflowYaml.Jobs(_workflow))
        {
            BeforeJob(name);
            string[] needed = job["needs"] switch
            {
                null => [],
                JsonArray several => [.. several.Select(n => (string)n!)],
                var one => [(string)one!],
            };
            Assert.Subset(results.Keys.ToHashSet(), needed.ToHashSet());
            var contexts = Contexts(needs);
            var runs = job["if"] is { } condition
                ? WorkflowExpression.IsTrue(Condition(condition, contexts))
                : needed.All(n => results[n] == "success");
            var outputs = new JsonObject();
            results[name] = runs
                ? await JobAsync(name, job, contexts, outputs)
                    ? "success"
                    : "failure"
                : "skipped";
            needs[name] = new JsonObject { ["result"] = results[name], ["outputs"] = outputs };
        }
        return results;
    }

    private async Task<bool> JobAsync(string name, JsonObject job, JsonObject contexts, JsonObject outputs)
    {
        var shards = (string?)job["strategy"]?["matrix"]?["shard"] is { } matrix
            ? JsonNode.Parse(WorkflowExpression.Fill(matrix, contexts))!.AsArray()
            : [null];
        var isGood = true;
        foreach (var shard in shards)
        {
            var here = contexts.DeepClone().AsObject();
            here["matrix"] = new JsonObject { ["shard"] = shard?.DeepClone() };
            here["strategy"] = new JsonObject { ["job-total"] = shards.Count };
            if (!await OnMachineAsync($"{name}-{shard}", job, here))
            {
                isGood = false;
                continue;
            }
            foreach (var (key, value) in job["outputs"]?.AsObject() ?? [])
                outputs[key] = WorkflowExpression.Fill(value, here);
        }
        return isGood;
    }

    // As on GitHub, a step without a condition runs only where none before has failed.
    private async Task<bool> OnMachineAsync(string name, JsonObject job, JsonObject contexts)
    {
        var folder = Path.Combine(_folder, name);
        var temp = Path.Combine(folder, "temp");
        Directory.CreateDirectory(temp);
        Directory.CreateDirectory(Path.Combine(folder, "workspace"));
        contexts["runner"] = new JsonObject { ["temp"] = temp };
        contexts["steps"] = new JsonObject();
        var isGood = true;
        foreach (var step in WorkflowYaml.Steps(job))
        {
            var runs = step["if"] is { } condition ? WorkflowExpression.IsTrue(Condition(condition, contexts)) : isGood;
            if (!runs || (!isGood && !Text(step["if"]).Contains("cancelled()", StringComparison.Ordinal)))
                continue;
            isGood &= step["uses"] is { } action
                ? Use(((string)action!).Split('@')[0], step["with"]?.AsObject() ?? [], folder, contexts)
                : await ScriptAsync(job, step, folder, contexts);
        }
        return isGood;
    }

    private bool Use(string action, JsonObject with, string folder, JsonObject contexts)
    {
        string With(string key) => WorkflowExpression.Fill(with[key], contexts);
        var artifacts = Path.Combine(_folder, "artifacts");
        switch (action)
        {
            // Concord itself is here already.
            case "actions/checkout" when with["repository"] is not null:
            case "actions/setup-dotnet" or "actions/setup-node":
                return true;
            case "actions/checkout":
                // One commit deep, of a branch or a commit.
                var work = Path.Combine(folder, "workspace", With("path"));
                origin.Git("init", "-q", work);
                origin.Git("-C", work, "remote", "add", "origin", "file://" + remote);
                origin.Git("-C", work, "fetch", "-q", "--depth", "1", "origin", With("ref"));
                origin.Git("-C", work, "checkout", "-q", "--detach", "FETCH_HEAD");
                return true;
            case "actions/upload-artifact":
                var files = Directory.GetFiles(Path.GetDirectoryName(With("path"))!, Path.GetFileName(With("path")));
                Assert.Equal("ignore", With("if-no-files-found"));
                foreach (var file in files)
                {
                    Directory.CreateDirectory(Path.Combine(artifacts, With("name")));
                    File.Copy(file, Path.Combine(artifacts, With("name"), Path.GetFileName(file)));
                }
                return true;
            case "actions/download-artifact":
                Assert.Equal("true", With("merge-multiple"));
                if (Directory.Exists(artifacts))
                    foreach (var artifact in Directory.GetDirectories(artifacts, With("pattern")))
                    foreach (var file in Directory.GetFiles(artifact))
                    {
                        Directory.CreateDirectory(With("path"));
                        File.Copy(file, Path.Combine(With("path"), Path.GetFileName(file)));
                    }
                return true;
            default:
                throw new FormatException($"What is {action}?");
        }
    }

    private async Task<bool> ScriptAsync(JsonObject job, JsonObject step, string folder, JsonObject contexts)
    {
        // The program is built already, and on the PATH.
        if ((string?)step["name"] == "Build Concord")
            return true;
        var temp = Path.Combine(folder, "temp");
        var output = Path.Combine(temp, "output");
        await File.WriteAllTextAsync(output, "");
        var environment = new Dictionary<string, string>(Variables)
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_OUTPUT"] = output,
            ["GITHUB_WORKSPACE"] = Path.Combine(folder, "workspace"),
            ["RUNNER_TEMP"] = temp,
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        };
        foreach (var level in new[] { _workflow["env"], job["env"], step["env"] })
        foreach (var (key, value) in level?.AsObject() ?? [])
            environment[key] = WorkflowExpression.Fill(value, contexts);
        var script = Path.Combine(temp, "step.sh");
        await File.WriteAllTextAsync(script, (string)step["run"]!);
        var place = Path.Combine(folder, "workspace", (string?)_workflow["defaults"]?["run"]?["working-directory"] ?? "");
        var run = await ProcessRun.RunAsync(place, environment, "bash", "--noprofile", "--norc", "-eo", "pipefail", script);
        Log += $"{step["name"]}: {run.ExitCode}\n{run.Out}{run.Error}";
        if (step["id"] is { } id)
            contexts["steps"]![(string)id!] = new JsonObject
            {
                ["outputs"] = new JsonObject(
                    (await File.ReadAllLinesAsync(output)).Select(l =>
                        KeyValuePair.Create(l.Split('=')[0], (JsonNode?)l[(l.IndexOf('=') + 1)..])
                    )
                ),
            };
        return run.ExitCode == 0;
    }

    private JsonObject Contexts(JsonObject needs) =>
        new()
        {
            ["github"] = new JsonObject
            {
                ["event_name"] = Inputs.Count > 0 ? "workflow_dispatch" : "push",
                ["event"] = new JsonObject { ["repository"] = new JsonObject { ["default_branch"] = "main" } },
            },
            ["inputs"] = Inputs.DeepClone(),
            ["vars"] = new JsonObject { ["CONCORD_REPOSITORY"] = "example/concord", ["CONCORD_REF"] = "v1.2.3" },
            ["needs"] = needs.DeepClone(),
        };

    private static JsonNode? Condition(JsonNode condition, JsonObject contexts)
    {
        var text = Text(condition).Trim();
        return WorkflowExpression.Value(text.StartsWith("${{", StringComparison.Ordinal) ? text[3..^2] : text, contexts);
    }

    private static string Text(JsonNode? value) => WorkflowExpression.Text(value);
}
