using Concord.Tests.Models;

namespace Concord.Tests.Running;

public sealed class KeyDestinationTests
{
    [Fact]
    public async Task A_vendors_key_for_another_host_is_refused_before_anybody_is_asked()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);
        // A variable that is set nowhere, and a host that is nowhere: the name alone decides.
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository
                .Read("benchmarks/benchmark.yaml")
                .Replace(server.BaseUrl, "https://evil.invalid/v1", StringComparison.Ordinal)
                .Replace(FakeModelServer.KeyName, "XAI_API_KEY", StringComparison.Ordinal)
        );

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "XAI_API_KEY is the name of a key for api.x.ai, and would be sent to evil.invalid.",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("key_env: MY_PROXY_KEY", result.Error, StringComparison.Ordinal);
        Assert.Empty(BenchWorkspace.Files(repository));
        Assert.Empty(BenchWorkspace.Files(repository, "benchmarks/runs"));
    }

    [Fact]
    public async Task Where_keys_go_is_said_before_the_first_question()
    {
        await using var server = await FakeModelServer.StartAsync();
        using var repository = BenchWorkspace.Create(server);

        var result = await BenchWorkspace.RunAsync(repository);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(
            $"Keys go out: {FakeModelServer.KeyName} to {new Uri(server.BaseUrl).Authority}.",
            result.Error,
            StringComparison.Ordinal
        );
    }
}
