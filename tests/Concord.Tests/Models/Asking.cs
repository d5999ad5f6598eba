using Concord.Core.Domain;
using Concord.Pipeline.Http;
using Concord.Pipeline.Models;
using Concord.Tests.Support;

namespace Concord.Tests.Models;

/// <summary>Asks a fake server through the real client; waits between attempts are remembered and not waited for.</summary>
internal sealed class Asking : SkippedTime
{
    public static ModelRequest Request(Provider provider, params (string Name, string Json)[] parameters) =>
        new(provider, "m", parameters.ToDictionary(p => p.Name, p => p.Json), [new("system", "Be brief."), new("user", "Draw.")]);

    public async Task<ModelReply> AskAsync(FakeModelServer server, ModelRequest? request = null)
    {
        using var http = PlainHttp.New("1.0");
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
