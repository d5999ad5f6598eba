using Concord.Tests.Models;
using Concord.Tests.Support;

namespace Concord.Tests.Running;

/// <summary>A workspace whose models are asked at a fake server.</summary>
internal static class BenchWorkspace
{
    /// <summary>Challenges <c>c1</c> …, models <c>lab/a</c>, <c>lab/b</c> …; seeds make every sample's request its own.</summary>
    public static TestRepository Create(
        FakeModelServer server,
        int challenges = 1,
        int models = 1,
        string modelKeys = "price: {input: 1, output: 10}",
        string parameters = "seed: 7, max_tokens: 1000"
    )
    {
        var repository = new TestRepository();
        repository.Write("benchmarks/benchmark.yaml", Yaml(server, models, modelKeys, parameters));
        repository.Write(".gitignore", ".concord-new-*\nbenchmarks/.cache/\n");
        repository.Write(
            ".gitattributes",
            "* text=auto eol=lf\nbenchmarks/outputs/** -text\nbenchmarks/challenges/*/files/** -text\n"
        );
        for (var i = 1; i <= challenges; i++)
        {
            repository.Write(
                $"benchmarks/challenges/c{i}/challenge.yaml",
                "title: Bars\nkind: visualization\nprotected: [data.csv]\n"
            );
            repository.Write($"benchmarks/challenges/c{i}/prompt.md", $"Draw bars, number {i}.\n");
            repository.Write($"benchmarks/challenges/c{i}/files/data.csv", "x,y\n1,2\n");
        }
        repository.Commit("start");
        return repository;
    }

    public static string Yaml(FakeModelServer server, int models, string modelKeys, string parameters) =>
        TestWorkspace.Benchmark[..TestWorkspace.Benchmark.IndexOf("models:", StringComparison.Ordinal)]
        + $"providers:\n  fake: {{base_url: \"{server.BaseUrl}\", {(server.Vendor == Vendor.Ollama ? "" : $"key_env: {FakeModelServer.KeyName}, ")}"
        + $"api: {(server.Vendor == Vendor.Anthropic ? "messages" : "chat")}, idle_timeout: 20, timeout: 60}}\nmodels:\n"
        + string.Concat(
            Enumerable
                .Range(0, models)
                .Select(i =>
                    $"  - {{id: lab/{(char)('a' + i)}, provider: fake, model: m{i}, license: MIT, parameters: {{{parameters}}}, {modelKeys}}}\n"
                )
        );

    public static Task<CommandResult> RunAsync(TempFolder repository, params string[] arguments) =>
        CommandLine.RunAsync(repository.Path, ["bench", "run", .. arguments]);

    /// <summary>Every file of the work tree but git's own and the caches.</summary>
    public static Dictionary<string, string> Files(TempFolder repository, string below = "benchmarks/outputs") =>
        Directory.Exists(repository[below])
            ? Directory
                .EnumerateFiles(repository[below], "*", SearchOption.AllDirectories)
                .ToDictionary(f => Path.GetRelativePath(repository.Path, f).Replace('\\', '/'), File.ReadAllText)
            : [];
}
