using System.Globalization;
using Concord.Core.Domain;
using Concord.Core.Domain.Runs;
using Concord.Pipeline.Git;
using Concord.Pipeline.Http;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Running;

/// <summary>Asks models for the outputs that are missing or outdated.</summary>
public static class BenchRun
{
    /// <summary>Asks, and writes what comes. Running it again goes on where it was interrupted.</summary>
    /// <param name="root">The workspace.</param>
    /// <param name="repository">Its repository.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="version">The program's version.</param>
    /// <param name="time">The clock.</param>
    /// <param name="begin">Hears what will be asked, before it is.</param>
    /// <param name="report">Hears of each output as it is through, one at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">Nothing can be asked as it is.</exception>
    public static async Task<RunResult> RunAsync(
        string root,
        GitRepository repository,
        RunOptions options,
        string version,
        TimeProvider time,
        Action<RunResult> begin,
        Action<RunProgress> report,
        CancellationToken cancellation
    )
    {
        using var tree = new WorkTree(root);
        var material = RunMaterial.Read(tree);
        var challenges = material.ChallengesOf(options.Challenges);
        var models = material.ModelsOf(options.Models);
        var outputs = new OutputSet(root);
        foreach (var place in OutputSet.Places.Append(RunManifest.Folder))
            material.CheckLink(place);
        if (!options.DryRun)
            await outputs.RecoverAsync(cancellation);
        var plan = RunPlan.Of(challenges, models, options.Samples, options.Shard, key => material.Record(key)?.Known);
        material.CheckPlaces(plan);
        RunMaterial.CheckPrompts(plan);
        var cache = new ReplyCache(repository.CommonFolder);
        ModelQuestion[] questions = [.. plan.Where(p => p.IsToAsk).Select(material.Question)];
        PlannedRequest[] requests =
        [
            .. questions.Select(q => new PlannedRequest(
                q.Planned,
                options.UseCache && cache.Find(q.Digest) is not null,
                q.CostAtMost
            )),
        ];
        var asked = questions.Where((_, i) => !requests[i].IsCached && !options.CachedOnly).ToArray();
        var planned = new RunResult(null, plan, requests, [], 0, 0, Notes(options, asked));
        if (options.MaxCost is not null)
            RequirePrices(asked);
        if (options.DryRun || questions.Length == 0)
            return planned;
        Provider[] providers = [.. asked.Select(q => q.Request.Provider).DistinctBy(p => p.Id)];
        var keys = Keys(providers);
        begin(planned with { Keys = Destinations(providers) });

        var (commit, dirty) = await RunManifest.StateAsync(repository, cancellation);
        var startedAt = time.GetUtcNow();
        var manifest = new RunManifest(RunManifest.NewId(startedAt), options, version, startedAt)
        {
            Commit = commit,
            IsDirty = dirty,
            Plan = plan,
            ProviderOf = material.ProviderOf,
        };
        using var http = PlainHttp.New(version.Split('+')[0]);
        var work = new RunWork(root, manifest.RunId, options, new(http, time), cache, outputs, keys, time);
        var started = time.GetTimestamp();
        double Seconds() => time.GetElapsedTime(started).TotalSeconds;
        manifest.Write(root, RunManifest.Running, [], 0, 0);
        var status = RunManifest.Interrupted;
        try
        {
            await work.RunAsync(questions, report, cancellation);
            status = RunManifest.Finished;
        }
        finally
        {
            manifest.Write(root, status, work.Outcomes, work.Cost, Seconds());
        }
        return planned with { RunId = manifest.RunId, Outcomes = work.Outcomes, Cost = work.Cost, Seconds = Seconds() };
    }

    private static string[] Notes(RunOptions options, ModelQuestion[] asked) =>
        [
            .. asked
                .Where(q => options.MaxCost is not null && TokenEstimate.Limit(q.Sent) is null)
                .Select(q => q.Planned.Model.Id)
                .Distinct()
                .Order()
                .Select(id =>
                    $"'{id}' sets no max_tokens, so a reply is taken to cost at most {TokenEstimate.UnlimitedOutput} tokens; a longer one could exceed --max-cost."
                ),
        ];

    private static void RequirePrices(ModelQuestion[] asked)
    {
        var unknown = asked
            .Select(q => q.Planned.Model)
            .Where(m => m.Price is null)
            .Select(m => m.Id)
            .Distinct()
            .Order()
            .ToArray();
        if (unknown.Length > 0)
            throw new ConcordException(
                "no-price",
                $"--max-cost needs to know what replies cost, and no price is written for {string.Join(", ", unknown)}.",
                "Add 'price: {input: …, output: …}' in US dollars for a million tokens to each of them; 0 where they cost nothing.",
                WorkspaceFolder.BenchmarkFile
            );
    }

    private static (string Variable, string Host)[] Destinations(Provider[] providers) =>
        [
            .. providers
                .Where(p => p.KeyEnvironment is not null)
                .Select(p =>
                    (
                        p.KeyEnvironment!,
                        p.BaseUrl.IsDefaultPort
                            ? p.BaseUrl.IdnHost
                            : string.Create(CultureInfo.InvariantCulture, $"{p.BaseUrl.IdnHost}:{p.BaseUrl.Port}")
                    )
                )
                .Distinct()
                .Order(),
        ];

    // A key is read here and handed on in memory only. What is wrong with one is told without it.
    private static Dictionary<string, string> Keys(IEnumerable<Provider> providers)
    {
        var (keys, problems) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<Problem>());
        foreach (var provider in providers)
        {
            if (provider.KeyEnvironment is not { } name)
                continue;
            if (VendorKeys.Mistake(name, provider.BaseUrl) is { } mistake)
            {
                Add(
                    "key-elsewhere",
                    $"The provider '{provider.Id}' has another's key: {mistake}",
                    "If this is meant, give the key a name of your own, such as 'key_env: MY_PROXY_KEY', and set that variable."
                );
                continue;
            }
            var key = Environment.GetEnvironmentVariable(name)?.Trim();
            if (string.IsNullOrEmpty(key))
                Add(
                    "no-key",
                    $"The provider '{provider.Id}' needs a key, and the environment variable {name} is not set.",
                    $"Set {name} to your key."
                );
            else if (key.Any(c => c is <= ' ' or > '~'))
                Add(
                    "wrong-key",
                    $"The key in {name} has characters that no key has, such as blanks.",
                    $"Set {name} to the key alone."
                );
            else if (provider.BaseUrl is { Scheme: "http", IsLoopback: false })
                Add(
                    "key-in-the-clear",
                    $"The key of '{provider.Id}' would be sent unencrypted, because 'base_url' begins with http:.",
                    "Write https:, or take out 'key_env' where the server needs no key."
                );
            else
                keys[provider.Id] = key;
        }
        return problems.Count > 0 ? throw new ConcordException(Problem.Sorted(problems)) : keys;

        void Add(string rule, string what, string mend) =>
            problems.Add(new(Severity.Error, rule, WorkspaceFolder.BenchmarkFile, null, null, what, mend));
    }
}
