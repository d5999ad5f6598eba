using Concord.Pipeline.Browser;

[assembly: AssemblyFixture(typeof(Concord.BrowserTests.Support.Chromium))]

namespace Concord.BrowserTests.Support;

/// <summary>One browser for all tests; a context of its own for each.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Nothing but this machine has a name.
    private static readonly string[] Arguments =
    [
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        "--hide-scrollbars",
        "--disable-gpu",
        "--font-render-hinting=none",
    ];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var program = BrowserProgram.Find();
        Environment.SetEnvironmentVariable("PLAYWRIGHT_NODEJS_PATH", program.Node);
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program.Path, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright?.Dispose();
    }
}
