using System.Collections.Concurrent;
using Concord.Core.Domain;
using Concord.Pipeline.Models;

namespace Concord.Tests.Models;

/// <summary>Asks a fake server through the real client; waits between attempts are remembered and not waited for.</summary>
internal sealed class Asking : TimeProvider
{
    private TimeSpan _passed;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _passed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        _passed += dueTime;
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    public static ModelRequest Request(Provider provider, params (string Name, string Json)[] parameters) =>
        new(provider, "m", parameters.ToDictionary(p => p.Name, p => p.Json), [new("system", "Be brief."), new("user", "Draw.")]);

    public async Task<ModelReply> AskAsync(FakeModelServer server, ModelRequest? request = null)
    {
        using var http = ModelClient.NewHttp("1.0");
        return await new ModelClient(http, this).AskAsync(
            request ?? Request(server.Provider),
            server.Provider.KeyEnvironment is null ? null : FakeModelServer.Key,
            1,
            _ => true,
            TestContext.Current.CancellationToken
        );
    }

    public async Task<ModelFailure> FailAsync(FakeModelServer server, ModelRequest? request = null) =>
        (await Assert.ThrowsAsync<ModelException>(() => AskAsync(server, request))).Failure;
}
