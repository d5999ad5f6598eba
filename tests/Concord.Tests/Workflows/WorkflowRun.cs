using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Workflows;

/// <summary>
/// Runs a workflow's jobs on this machine: each in a folder of its own, its <c>run:</c> steps by bash with the variables that GitHub
/// sets, checkouts by git from a bare repository, artifacts as a folder. Steps that install something do nothing, except where a
/// server has Concord to install.
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

    /// <summary>What began it, as GitHub tells it; null for a push, or a start by hand where there are inputs.</summary>
    public JsonObject? Event { get; init; }

    /// <summary>The event's name, where <see cref="Event"/> is given.</summary>
    public string EventName { get; init; } = "push";

    /// <summary>The commit and the name of the ref that it runs on.</summary>
    public (string Sha, string Name) Ref { get; init; } = ("", "main");

    /// <summary>GitHub's address and the token of the run; null where nothing asks GitHub.</summary>
    public (string Url, string Token)? Server { get; init; }

    /// <summary>The repository's variables.</summary>
    public JsonObject Settings { get; init; } =
        new() { ["CONCORD_REPOSITORY"] = "example/concord", ["CONCORD_VERSION"] = "v1.2.3" };

    /// <summary>Whether the step that installs Concord is run; else it is on the PATH.</summary>
    public bool Installs { get; init; }

    /// <summary>Where artifacts are; those of another run where a workflow takes them from there.</summary>
    public string Artifacts => Path.Combine(_folder, "artifacts");

    /// <summary>The artifacts of the run that this one follows.</summary>
    public string? Followed { get; init; }

    /// <summary>What the steps wrote for the run's page.</summary>
    public string Summary { get; private set; } = "";

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
            // As on GitHub, a condition that does not say otherwise holds only where what is needed has succeeded.
            var runs =
                (needed.All(n => results[n] == "success") || Text(job["if"]).Contains("cancelled()", StringComparison.Ordinal))
                && (job["if"] is not { } condition || WorkflowExpression.IsTrue(Condition(condition, contexts)));
            var outputs = new JsonObject();
            if (!runs)
                results[name] = "skipped";
            else if (job["uses"] is { } called)
                results[name] = await CallAsync((string)called!) ? "success" : "failure";
            else
                results[name] = await JobAsync(name, job, contexts, outputs) ? "success" : "failure";
            needs[name] = new JsonObject { ["result"] = results[name], ["outputs"] = outputs };
        }
        return results;
    }

    // A workflow of the same commit.
    private async Task<bool> CallAsync(string called)
    {
        var run = new WorkflowRun($"{Path.GetDirectoryName(path)}/{Path.GetFileName(called)}", origin, remote, machine)
        {
            Variables = Variables,
            Event = Event,
            EventName = EventName,
            Ref = Ref,
            Server = Server,
            Settings = Settings,
            Installs = Installs,
        };
        var results = await run.RunAsync();
        Log += run.Log;
        return results.Values.All(r => r == "success");
    }

    private async Task<bool> JobAsync(string name, JsonObject job, JsonObject contexts, JsonObject outputs)
    {
        var matrix = job["strategy"]?["matrix"];
        JsonNode?[] machines =
            matrix?["include"] is JsonArray several ? [.. several]
            : (string?)matrix?["shard"] is { } shards
                ?
                [
                    .. JsonNode
                        .Parse(WorkflowExpression.Fill(shards, contexts))!
                        .AsArray()
                        .Select(s => new JsonObject { ["shard"] = s!.DeepClone() }),
                ]
            : [new JsonObject()];
        var isGood = true;
        foreach (var (number, values) in machines.Index())
        {
            var here = contexts.DeepClone().AsObject();
            here["matrix"] = values!.DeepClone();
            here["strategy"] = new JsonObject { ["job-total"] = machines.Length };
            if (!await OnMachineAsync($"{name}-{number}", job, here))
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
        await File.WriteAllTextAsync(Path.Combine(temp, "event.json"), contexts["github"]!["event"]!.ToJsonString());
        contexts["steps"] = new JsonObject();
        var isGood = true;
        foreach (var step in WorkflowYaml.Steps(job))
        {
            var runs = step["if"] is { } condition ? WorkflowExpression.IsTrue(Condition(condition, contexts)) : isGood;
            if (!runs || (!isGood && !Text(step["if"]).Contains("cancelled()", StringComparison.Ordinal)))
                continue;
            isGood &= step["uses"] is { } action
                ? Use(((string)action!).Split('@')[0], step["with"]?.AsObject() ?? [], folder, contexts)
                    || (bool?)step["continue-on-error"] == true
                : await ScriptAsync(job, step, folder, contexts);
        }
        return isGood;
    }

    private bool Use(string action, JsonObject with, string folder, JsonObject contexts)
    {
        string With(string key) => WorkflowExpression.Fill(with[key], contexts);
        switch (action)
        {
            case "actions/setup-dotnet" or "actions/setup-node":
                return true;
            case "actions/checkout":
                // One commit deep unless all is asked for, of a branch or a commit.
                var work = Path.Combine(folder, "workspace");
                origin.Git("init", "-q", work);
                origin.Git("-C", work, "remote", "add", "origin", "file://" + remote);
                if (With("fetch-depth") == "0")
                    origin.Git("-C", work, "fetch", "-q", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
                origin.Git(
                    "-C",
                    work,
                    "fetch",
                    "-q",
                    "--depth",
                    With("fetch-depth") == "0" ? "1000" : "1",
                    "origin",
                    With("ref")
                );
                origin.Git("-C", work, "checkout", "-q", "--detach", "FETCH_HEAD");
                return true;
            case "actions/upload-artifact":
                var from = Path.Combine(folder, "workspace", With("path"));
                string[] files =
                    Directory.Exists(from) ? Directory.GetFiles(from)
                    : Directory.Exists(Path.GetDirectoryName(from)!)
                        ? Directory.GetFiles(Path.GetDirectoryName(from)!, Path.GetFileName(from))
                    : [];
                foreach (var file in files)
                    Put(file, Path.Combine(Artifacts, With("name")));
                return files.Length > 0 || With("if-no-files-found") == "ignore";
            case "actions/download-artifact" when With("name").Length > 0:
                var one = Path.Combine(With("run-id").Length > 0 ? Followed! : Artifacts, With("name"));
                if (!Directory.Exists(one))
                    return false;
                foreach (var file in Directory.GetFiles(one))
                    Put(file, With("path"));
                return true;
            case "actions/download-artifact":
                Assert.Equal("true", With("merge-multiple"));
                if (Directory.Exists(Artifacts))
                    foreach (var artifact in Directory.GetDirectories(Artifacts, With("pattern")))
                    foreach (var file in Directory.GetFiles(artifact))
                        Put(file, With("path"));
                return true;
            default:
                throw new FormatException($"What is {action}?");
        }
    }

    private static void Put(string file, string folder)
    {
        Directory.CreateDirectory(folder);
        File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private async Task<bool> ScriptAsync(JsonObject job, JsonObject step, string folder, JsonObject contexts)
    {
        // The program is built already, and on the PATH.
        if ((string?)step["name"] == "Build Concord" || ((string?)step["name"] == "Install Concord" && !Installs))
            return true;
        var temp = Path.Combine(folder, "temp");
        var output = Path.Combine(temp, "output");
        await File.WriteAllTextAsync(output, "");
        var environment = new Dictionary<string, string>(Variables)
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_OUTPUT"] = output,
            ["GITHUB_PATH"] = Path.Combine(temp, "path"),
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(temp, "summary"),
            ["GITHUB_EVENT_PATH"] = Path.Combine(temp, "event.json"),
            ["GITHUB_REPOSITORY"] = "acme/bench",
            ["GITHUB_SERVER_URL"] = Server?.Url ?? "https://github.com",
            ["GITHUB_TOKEN"] = "",
            ["GH_TOKEN"] = "",
            ["GITHUB_WORKSPACE"] = Path.Combine(folder, "workspace"),
            ["RUNNER_TEMP"] = temp,
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_SYSTEM"] = "/dev/null",
        };
        if (File.Exists(Path.Combine(temp, "path")))
            environment["PATH"] = string.Join(
                Path.PathSeparator,
                [
                    .. (await File.ReadAllLinesAsync(Path.Combine(temp, "path"))).Reverse(),
                    environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH")!,
                ]
            );
        foreach (var level in new[] { _workflow["env"], job["env"], step["env"] })
        foreach (var (key, value) in level?.AsObject() ?? [])
            environment[key] = WorkflowExpression.Fill(value, contexts);
        var script = Path.Combine(temp, "step.sh");
        await File.WriteAllTextAsync(script, (string)step["run"]!);
        var place = Path.Combine(folder, "workspace");
        var run = await ProcessRun.RunAsync(place, environment, "bash", "--noprofile", "--norc", "-eo", "pipefail", script);
        Log += $"{step["name"]}: {run.ExitCode}\n{run.Out}{run.Error}";
        Summary = File.Exists(environment["GITHUB_STEP_SUMMARY"])
            ? await File.ReadAllTextAsync(environment["GITHUB_STEP_SUMMARY"])
            : Summary;
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
                ["event_name"] =
                    Event is not null ? EventName
                    : Inputs.Count > 0 ? "workflow_dispatch"
                    : "push",
                ["event"] =
                    Event?.DeepClone()
                    ?? new JsonObject
                    {
                        ["repository"] = new JsonObject { ["default_branch"] = "main", ["full_name"] = "acme/bench" },
                    },
                ["sha"] = Ref.Sha,
                ["ref_name"] = Ref.Name,
                ["server_url"] = Server?.Url ?? "https://github.com",
                ["token"] = Server?.Token ?? "",
            },
            ["inputs"] = Inputs.DeepClone(),
            ["vars"] = Settings.DeepClone(),
            ["needs"] = needs.DeepClone(),
        };

    private static JsonNode? Condition(JsonNode condition, JsonObject contexts)
    {
        var text = Text(condition).Trim();
        return WorkflowExpression.Value(text.StartsWith("${{", StringComparison.Ordinal) ? text[3..^2] : text, contexts);
    }

    private static string Text(JsonNode? value) => WorkflowExpression.Text(value);
}
