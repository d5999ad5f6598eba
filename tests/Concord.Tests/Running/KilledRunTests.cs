using System.Diagnostics;
using System.Text.Json.Nodes;
using Concord.Tests.Models;
using Concord.Tests.Support;

namespace Concord.Tests.Running;

/// <summary><c>kill -9</c> of a real <c>concord bench run</c>, again and again, until everything is there.</summary>
public sealed class KilledRunTests
{
    private const int Concurrency = 8;

    [Fact]
    public Task After_kills_everything_is_there_and_nothing_was_asked_twice_but_what_was_in_flight() => KillAsync(40, 3);

    [Fact]
    [Trait("Category", "Soak")]
    public Task After_ten_kills_two_hundred_outputs_are_there() => KillAsync(200, 10);

    [Fact]
    public Task A_kill_while_outputs_are_replaced_loses_none() => ReplaceAsync(16, 4);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Thirty_kills_while_outputs_are_replaced_lose_none() => ReplaceAsync(24, 30);

    /// <summary>Kills runs that replace every output, and looks for each: in its place, or put aside.</summary>
    private static async Task ReplaceAsync(int outputs, int kills)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: outputs);
        Assert.Equal(0, (await BenchWorkspace.RunAsync(repository, "--concurrency", $"{Concurrency}")).ExitCode);
        var random = new Random(4711);
        var aside = 0;
        for (var kill = 1; kill <= kills; kill++)
        {
            for (var i = 1; i <= outputs; i++)
                repository.Write($"benchmarks/challenges/c{i}/prompt.md", $"Draw bars, number {i}, again {kill}.\n");
            var before = server.Requests;
            using var process = ConcordProcess.Start(repository.Path, [], ["dotnet", ConcordProcess.Program, "bench", "run"]);
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var until = before + random.Next(1, outputs);
            while (!process.HasExited && server.Requests < until)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalMilliseconds < random.NextDouble() * 10; )
                Thread.SpinWait(20);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await Task.WhenAll(output, error);
            for (var i = 1; i <= outputs; i++)
            {
                string[] places = [$"benchmarks/outputs/c{i}/lab/a", $"benchmarks/.cache/replaced/c{i}/lab/a"];
                var whole = places.Where(p =>
                    File.Exists(repository[$"{p}/files/index.html"]) && File.Exists(repository[$"{p}/output.json"])
                );
                Assert.NotEmpty(whole);
                aside += whole.First() == places[0] ? 0 : 1;
            }
        }

        var last = await ConcordProcess.RunAsync(repository.Path, "bench", "run");

        Assert.True(last.ExitCode == 0, last.Out + last.Error);
        Assert.Equal(outputs, Whole(repository, server));
        Assert.False(
            Directory.Exists(repository["benchmarks/.cache/replaced"])
                && Directory.EnumerateFiles(repository["benchmarks/.cache/replaced"], "*", SearchOption.AllDirectories).Any()
        );
        TestContext.Current.SendDiagnosticMessage(
            $"{outputs} outputs replaced, {kills} kills: {aside} outputs were found put aside."
        );
    }

    private static async Task KillAsync(int outputs, int kills)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: outputs / 4, models: 2);
        string[] command = ["bench", "run", "--samples", "2", "--concurrency", $"{Concurrency}"];
        server.Answer = request => FakeAnswer.Reply(request.Answer, delayMs: 20 + (request.Mark[0] * 37 % 120));
        var random = new Random(4711);
        var (killed, twice) = (0, 0);
        while (killed < kills)
        {
            var before = server.Requests;
            Assert.True(before - twice < outputs, "Everything was asked before the last kill: kill earlier.");
            // Somewhere within an equal part of what is left, and a moment after a request came.
            var until = before + random.Next(1, Math.Max(2, (outputs - before + twice) / (kills - killed)));
            using var process = ConcordProcess.Start(repository.Path, [], ["dotnet", ConcordProcess.Program, .. command]);
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            while (!process.HasExited && server.Requests < until)
                await Task.Delay(1, TestContext.Current.CancellationToken);
            for (var watch = Stopwatch.StartNew(); watch.Elapsed.TotalMilliseconds < random.Next(60); )
                Thread.SpinWait(20);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await Task.WhenAll(output, error);
            killed++;
            Whole(repository, server);
            var now = server.Asked.Values.Sum(n => n - 1);
            Assert.InRange(now - twice, 0, Concurrency);
            twice = now;
        }

        var last = await ConcordProcess.RunAsync(repository.Path, command);

        Assert.True(last.ExitCode == 0, last.Out + last.Error);
        Assert.Equal(outputs, Whole(repository, server));
        Assert.Equal(outputs, server.Asked.Count);
        twice = server.Asked.Values.Sum(n => n - 1);
        Assert.InRange(twice, 0, kills * Concurrency);
        Assert.Equal(0, (await Findings.OfAsync(repository.Path)).ExitCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(repository["benchmarks/.cache/new"]));
        var runs = BenchWorkspace
            .Files(repository, "benchmarks/runs")
            .Values.Select(r => (string?)JsonNode.Parse(r)!["status"])
            .ToArray();
        Assert.Single(runs, "finished");
        Assert.All(runs.Where(r => r != "finished"), r => Assert.Equal("running", r));
        TestContext.Current.SendDiagnosticMessage($"{outputs} outputs, {kills} kills: {twice} asked twice.");
    }

    /// <summary>That every output that is there is whole, and the very one that its request was answered with.</summary>
    private static int Whole(TestRepository repository, FakeModelServer server)
    {
        var answers = server.Asked.Keys.Select(b => new FakeRequest(1, b, default).Mark).ToHashSet();
        var marks = new HashSet<string>();
        foreach (
            var path in Directory.Exists(repository["benchmarks/outputs"])
                ? Directory
                    .EnumerateDirectories(repository["benchmarks/outputs"], "?*", SearchOption.AllDirectories)
                    .Where(d => Path.GetFileName(Path.GetDirectoryName(d)) == "lab")
                : []
        )
        {
            var names = Directory
                .EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(path, f).Replace('\\', '/'));
            Assert.Equal(
                ["files/data.csv", "files/index.html", "output.json", "request.json", "response.md"],
                names.Order(StringComparer.Ordinal)
            );
            var page = File.ReadAllText(Path.Combine(path, "files/index.html"));
            var mark = page["<!doctype html><p>".Length..^"</p>\n".Length];
            Assert.Contains(mark, answers);
            Assert.True(marks.Add(mark), "Two outputs have one answer.");
            Assert.Contains(mark, File.ReadAllText(Path.Combine(path, "response.md")), StringComparison.Ordinal);
            var output = JsonNode.Parse(File.ReadAllText(Path.Combine(path, "output.json")))!;
            Assert.Equal("ok", (string?)output["status"]);
            Assert.True(
                File.Exists(repository[$"benchmarks/runs/{output["run"]}.json"]),
                "The run of an output has no manifest."
            );
        }
        return marks.Count;
    }
}
