using Concord.Tests.Models;
using Concord.Tests.Support;

namespace Concord.Tests.Running;

public sealed class ShardedRunTests
{
    [Fact]
    public async Task Three_clones_with_a_shard_each_join_to_the_same_tree_in_any_order()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var origin = BenchWorkspace.Create(server, challenges: 5, models: 3);
        for (var i = 1; i <= 3; i++)
        {
            using var clone = new TempFolder();
            origin.Git("clone", "-q", origin.Path, clone["work"]);
            origin.Git("-C", clone["work"], "checkout", "-q", "-b", $"shard-{i}");
            var result = await CommandLine.RunAsync(clone["work"], "bench", "run", "--samples", "2", "--shard", $"{i}/3");
            Assert.True(result.ExitCode == 0, result.Error);
            origin.Git("-C", clone["work"], "add", "-A");
            origin.Git("-C", clone["work"], "commit", "-q", "-m", $"outputs of shard {i}");
            origin.Git("-C", clone["work"], "push", "-q", "origin", $"shard-{i}");
        }

        var trees = new List<string>();
        foreach (var order in new[] { "1 2 3", "3 1 2", "2 3 1" })
        {
            origin.Git("checkout", "-q", "-B", "joined", "main");
            foreach (var shard in order.Split(' '))
                origin.Git("merge", "-q", "--no-ff", "-m", $"join {shard}", $"shard-{shard}");
            trees.Add(origin.Git("rev-parse", "HEAD^{tree}"));
        }

        Assert.Single(trees.Distinct());
        Assert.Equal(3, Directory.GetFiles(origin["benchmarks/runs"], "*.json").Length);
        Assert.Equal(30, server.Requests);
        Assert.Equal(30, server.Asked.Count);
        Assert.Equal(
            "Nothing to ask: all 30 outputs are there.\n",
            (await BenchWorkspace.RunAsync(origin, "--samples", "2")).Out
        );
    }
}
