using System.Text.Json.Nodes;
using Concord.Tests.Models;
using Concord.Tests.Support;

namespace Concord.Tests.Running;

/// <summary>An endpoint that answers in order to harm who asks.</summary>
public sealed class HostileEndpointTests
{
    [Fact]
    public async Task What_it_says_of_tokens_and_cost_breaks_no_record()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server, challenges: 4);
        var usages = new Queue<string>(
            [
                """{"prompt_tokens":9223372036854775807,"completion_tokens":9223372036854775807,"cost":1e308}""",
                """{"prompt_tokens":9223372036854775807,"completion_tokens":1,"cost":1e308}""",
                """{"prompt_tokens":-5,"completion_tokens":1e3,"cost":-1}""",
                """{"prompt_tokens":1000000000000,"completion_tokens":1000000000000,"cost":1e999}""",
            ]
        );
        server.Answer = _ =>
            FakeAnswer.Raw(
                $$$"""{"choices":[{"index":0,"message":{"content":"**index.html**\n```html\n<p>\n```"},"finish_reason":"stop"}],"usage":{{{usages.Dequeue()}}}}""",
                "application/json"
            );

        var result = await BenchWorkspace.RunAsync(repository, "--concurrency", "1");

        Assert.True(result.ExitCode == 0, result.Error);
        var manifest = JsonNode.Parse(repository.Read(Assert.Single(BenchWorkspace.Files(repository, "benchmarks/runs").Keys)))!;
        Assert.Equal("finished", (string?)manifest["status"]);
        Assert.True((double)manifest["cost_usd"]! < 1e9);
        Assert.Equal(0, (await Findings.OfAsync(repository.Path)).ExitCode);
    }

    [Theory]
    // The key across the place where the message is shortened.
    [InlineData(390, "")]
    [InlineData(380, "\u001b]0;owned\u0007\u001b[31m")]
    // Half of a letter at that place.
    [InlineData(399, "😀")]
    public async Task Its_errors_bring_no_piece_of_the_key_and_no_control_character(int before, string then)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        var message = new string('x', before) + then + FakeModelServer.Key;
        var type = "odd\u001b[2J" + new string('t', 50_000);
        server.Answer = _ =>
            FakeAnswer.Error(
                400,
                new JsonObject
                {
                    ["error"] = new JsonObject { ["message"] = message, ["type"] = type },
                }.ToJsonString()
            );

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal(1, result.ExitCode);
        var manifest = repository.Read(Assert.Single(BenchWorkspace.Files(repository, "benchmarks/runs").Keys));
        Assert.Equal("bad-request", (string?)JsonNode.Parse(manifest)!["failures"]![0]!["reason"]);
        foreach (var said in new[] { result.Out, result.Error, manifest })
        {
            Assert.DoesNotContain(FakeModelServer.Key[..8], said, StringComparison.Ordinal);
            Assert.DoesNotContain(said, c => char.IsControl(c) && c != '\n');
            Assert.True(said.Length < 5000);
        }
    }

    [Theory]
    [InlineData("refusal", "refused")]
    [InlineData("event", "not-understood")]
    public async Task A_stream_without_end_is_not_kept_in_memory(string how, string reason)
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        server.Answer = request =>
            request.Number > 1 ? FakeAnswer.Error(400, """{"error":{"message":"No.","type":null,"code":null}}""")
            : how == "refusal"
                ? FakeAnswer.Stream(
                    [
                        .. Enumerable.Repeat(
                            $$$"""data: {"choices":[{"index":0,"delta":{"refusal":"{{{new string('r', 1 << 20)}}}"}}]}"""
                                + "\n\n",
                            32
                        ),
                        "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
                    ]
                )
            : FakeAnswer.Raw(string.Concat(Enumerable.Repeat($"data: {new string('d', 1 << 20)}\n", 80)), "text/event-stream");

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Contains(how == "refusal" ? reason : "bad-request", result.Out + result.Error, StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(repository.Path, "*", SearchOption.AllDirectories))
            Assert.True(new FileInfo(file).Length < 1 << 20, file);
    }
}
