using Concord.Pipeline.Sandbox;

namespace Concord.Tests.Support;

/// <summary>The sandbox of this machine; the test skips where there is none.</summary>
internal static class SandboxHere
{
    public static async Task<Bubblewrap> FindAsync()
    {
        var (sandbox, why) = await Bubblewrap.FindAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(sandbox is null, why ?? "");
        return sandbox;
    }

    /// <summary>The test skips where there is no node in one of the system's folders.</summary>
    public static async Task<Bubblewrap> WithNodeAsync()
    {
        var sandbox = await FindAsync();
        Assert.SkipUnless(
            File.Exists("/usr/bin/node") || File.Exists("/usr/local/bin/node"),
            "There is no node among the system's programs."
        );
        return sandbox;
    }
}
