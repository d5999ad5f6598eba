using System.Text.Json;
using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Documents;
using Concord.Pipeline.Git;
using Concord.Pipeline.Models;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Running;

/// <summary>The record of a run, <c>benchmarks/runs/&lt;run-id&gt;.json</c>: written when it begins, and again when it ends.</summary>
internal sealed record RunManifest(string RunId, RunOptions Options, string Version, DateTimeOffset StartedAt)
{
    public const string Running = "running";
    public const string Finished = "finished";
    public const string Interrupted = "interrupted";

    public const string Folder = "benchmarks/runs";

    // What 'git status --porcelain' writes before a path.
    private const int StatusLength = 3;

    // What runs write, they do not read.
    private static readonly string[] Made = ["outputs/", "runs/", ".cache/"];

    /// <summary>The commit that the workspace was at; null before the first.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether what the run reads differed from that commit.</summary>
    public bool IsDirty { get; init; }

    public required IReadOnlyList<PlannedOutput> Plan { get; init; }

    public required Func<ModelEntry, Provider> ProviderOf { get; init; }

    /// <summary>An id that begins with the time and is its own.</summary>
    public static string NewId(DateTimeOffset now) =>
        $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>The commit, and whether anything that a run reads differs from it.</summary>
    public static async Task<(string? Commit, bool IsDirty)> StateAsync(GitRepository repository, CancellationToken cancellation)
    {
        var commit = await repository.TryResolveAsync("HEAD", cancellation);
        var benchmarks = $"{repository.Prefix}benchmarks/";
        var status = await repository.Git.TryRunAsync(
            ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", benchmarks.TrimEnd('/')],
            cancellation
        );
        var changed = status
            .Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line[StatusLength..])
            .Where(path => !Made.Any(m => path.StartsWith(benchmarks + m, StringComparison.Ordinal)));
        return (commit, status.ExitCode != 0 || changed.Any());
    }

    public void Write(string root, string status, IReadOnlyList<RunOutcome> outcomes, double cost, double seconds) =>
        AtomicFile.Replace(
            Path.Combine(root, Folder, RunId + ".json"),
            CanonicalJson.Of(writer => Write(writer, status, outcomes, cost, seconds))
        );

    private void Write(Utf8JsonWriter writer, string status, IReadOnlyList<RunOutcome> outcomes, double cost, double seconds)
    {
        writer.WriteNumber("schema", 1);
        writer.WriteString("run", RunId);
        writer.WriteString("status", status);
        writer.WriteString("command", Command());
        writer.WriteString("started_at", Timestamp.Of(StartedAt.UtcDateTime));
        CanonicalJson.WriteNumber(writer, "seconds", Math.Round(seconds, 1));
        writer.WriteStartObject("versions");
        writer.WriteString("concord", Version);
        writer.WriteString("dotnet", Environment.Version.ToString());
        writer.WriteEndObject();
        writer.WriteString("commit", Commit);
        writer.WriteBoolean("dirty", IsDirty);
        WriteModels(writer);
        writer.WriteStartObject("challenges");
        foreach (var challenge in Plan.Select(p => p.Challenge).DistinctBy(c => c.Id).OrderBy(c => c.Id))
            writer.WriteString(challenge.Id.Value, challenge.Digest);
        writer.WriteEndObject();
        WriteCounts(writer, outcomes);
        writer.WriteStartObject("tokens");
        var paid = outcomes.Where(o => !o.IsCached && o.Usage is not null).ToArray();
        writer.WriteNumber("input", paid.Sum(o => o.Usage!.Input));
        writer.WriteNumber("output", paid.Sum(o => o.Usage!.Output));
        writer.WriteEndObject();
        CanonicalJson.WriteNumber(writer, "cost_usd", Math.Round(cost, 6));
        writer.WriteStartArray("failures");
        foreach (var outcome in outcomes.Where(o => o.Kind != OutcomeKind.Ok))
        {
            writer.WriteStartObject();
            writer.WriteString("challenge", outcome.Key.Challenge.Value);
            writer.WriteString("model", outcome.Key.Model.Value);
            writer.WriteString("reason", outcome.Reason);
            writer.WriteString("detail", outcome.Detail);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteModels(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("models");
        foreach (var model in Plan.Select(p => p.Model).DistinctBy(m => m.Id).OrderBy(m => m.Id))
        {
            var provider = ProviderOf(model);
            var protocol = ModelProtocol.Of(provider.Api);
            writer.WriteStartObject();
            writer.WriteString("id", model.Id.Value);
            writer.WriteString("provider", provider.Id);
            writer.WriteString("endpoint", protocol.Endpoint(provider).AbsoluteUri);
            writer.WriteString("model", model.Name ?? model.Id.Model);
            CanonicalJson.WriteObject(writer, "parameters", protocol.Parameters(model.Parameters));
            if (model.System is { } system)
                writer.WriteString("system", system);
            if (model.Price is { } price)
            {
                writer.WriteStartObject("price");
                CanonicalJson.WriteNumber(writer, "input", price.Input);
                CanonicalJson.WriteNumber(writer, "output", price.Output);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private void WriteCounts(Utf8JsonWriter writer, IReadOnlyList<RunOutcome> outcomes)
    {
        var toAsk = Plan.Count(p => p.IsToAsk);
        writer.WriteStartObject("counts");
        writer.WriteNumber("planned", Plan.Count);
        writer.WriteNumber("there_already", Plan.Count - toAsk);
        writer.WriteNumber("to_ask", toAsk);
        writer.WriteNumber("ok", outcomes.Count(o => o.Kind == OutcomeKind.Ok));
        writer.WriteNumber("failed", outcomes.Count(o => o.Kind == OutcomeKind.Failed));
        writer.WriteNumber("no_reply", outcomes.Count(o => o.Kind == OutcomeKind.NoReply));
        writer.WriteNumber("cached", outcomes.Count(o => o.IsCached));
        writer.WriteEndObject();
    }

    // What was asked for, in one form; a folder named with --repo is no part of it.
    private string Command() =>
        string.Join(
            ' ',
            [
                "concord bench run",
                .. Options.Challenges.Select(c => $"--challenge {c}"),
                .. Options.Models.Count > 0 ? [$"--models {string.Join(',', Options.Models)}"] : Array.Empty<string>(),
                $"--samples {Options.Samples}",
                $"--concurrency {Options.Concurrency}",
                .. Options.UseCache ? Array.Empty<string>() : ["--no-cache"],
                .. Options.CachedOnly ? ["--cached-only"] : Array.Empty<string>(),
                .. Options.MaxCost is { } cost ? [$"--max-cost {NumberText.Of(cost)}"] : Array.Empty<string>(),
                .. Options.Shard.Count > 1 ? [$"--shard {Options.Shard}"] : Array.Empty<string>(),
            ]
        );
}
