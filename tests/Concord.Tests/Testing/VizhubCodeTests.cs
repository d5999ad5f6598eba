using System.Text.Json.Nodes;
using Concord.Core.Domain.Replies;
using Concord.Pipeline.Importing;
using Concord.Tests.Support;

namespace Concord.Tests.Testing;

/// <summary>
/// The five code challenges of the real project, with its recorded results. Its test, index.mjs, is in no challenge there, but most
/// replies repeat it word for word: that text becomes the starter file. Models could replace it there, so it is not protected.
/// </summary>
public sealed class VizhubCodeTests : IDisposable
{
    private static readonly string[] Challenges = ["add", "multiply", "reverseString", "square", "toUpperCase"];

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Tests_in_the_sandbox_pass_where_the_project_recorded_it()
    {
        await SandboxHere.WithNodeAsync();
        Prepare(protect: false);

        var results = await CheckAsync();

        Assert.Equal(74, results.Count);
        var recorded = Recorded();
        Assert.Equal([], results.Where(r => recorded[r.Key] != r.Value).Select(r => $"{r.Key}: {r.Value} here").ToArray());
    }

    [Fact]
    public async Task Replies_that_broke_the_test_alone_pass_once_it_is_protected()
    {
        await SandboxHere.WithNodeAsync();
        Prepare(protect: true);

        var results = await CheckAsync();

        var recorded = Recorded();
        Assert.Equal(
            [
                "add by qwen/qwen-2.5-72b-instruct",
                "reverseString by meta-llama/llama-3.2-3b-instruct",
                "reverseString by qwen/qwen-2.5-72b-instruct",
                "reverseString by qwen/qwen-vl-max",
            ],
            results.Where(r => recorded[r.Key] != r.Value).Select(r => r.Key).Order(StringComparer.Ordinal)
        );
        Assert.All(results.Where(r => recorded[r.Key] != r.Value), r => Assert.True(r.Value));
    }

    private void Prepare(bool protect)
    {
        var source = SourceTree.Reference("vizhub");
        VizhubImport.Run(source, _repository.Path, null, TestContext.Current.CancellationToken);
        foreach (var challenge in Challenges)
        {
            var test = Directory
                .EnumerateFiles(Path.Combine(source, "llm_responses", challenge), "llmResponse.md", SearchOption.AllDirectories)
                .SelectMany(f => ReplyFiles.Parse(File.ReadAllText(f)).Files)
                .Where(f => f.Path == "index.mjs")
                .CountBy(f => f.Content)
                .MaxBy(c => c.Value)
                .Key;
            _repository.Write($"benchmarks/challenges/{challenge}/files/index.mjs", test);
            _repository.Write(
                $"benchmarks/challenges/{challenge}/challenge.yaml",
                $"title: {challenge}\nkind: code\nchecks: ['node index.mjs']\n{(protect ? "protected: [index.mjs]\n" : "")}"
            );
        }
    }

    private static Dictionary<string, bool> Recorded() =>
        File.ReadLines(SourceTree.Reference("vizhub/results.csv"))
            .Skip(1)
            .Select(l => l.Split(','))
            .ToDictionary(l => $"{l[0]} by {l[1]}", l => l[2] == "pass");

    private async Task<IReadOnlyDictionary<string, bool>> CheckAsync()
    {
        var result = await CommandLine.RunAsync(_repository.Path, "bench", "check", "--json", "--concurrency", "2");
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonNode.Parse(result.Out)!["outputs"]!
            .AsArray()
            .ToDictionary(o => $"{(string)o!["challenge"]!} by {(string)o["model"]!}", o => (bool)o!["passed"]!);
    }
}
