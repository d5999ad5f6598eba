using Microsoft.Playwright;

namespace Concord.Pipeline.Browser;

/// <summary>One browser, kept for many pages. Nothing that it loads can reach a network.</summary>
public sealed class RunningBrowser : IAsyncDisposable
{
    private const int PatienceMilliseconds = 30_000;

    // The same pixels every time, as far as one program on one machine can.
    private static readonly string[] Determinism =
    [
        "--disable-partial-raster",
        "--font-render-hinting=none",
        "--disable-lcd-text",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--blink-settings=imageAnimationPolicy=2",
        "--disable-gpu",
    ];

    // Requests are answered or refused before they reach the network. What slips by (preconnects, workers' sockets, WebRTC)
    // finds no name, not even that of this machine, and only a proxy that has no address.
    private static readonly string[] NoNetwork =
    [
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--proxy-server=http://proxy.invalid:1",
        "--proxy-bypass-list=<-loopback>",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--block-new-web-contents",
        "--js-flags=--max-old-space-size=512",
    ];

    private readonly IPlaywright? _own;

    private RunningBrowser(IBrowser browser, IPlaywright? own) => (Browser, _own) = (browser, own);

    internal IBrowser Browser { get; }

    /// <summary>Starts the browser.</summary>
    /// <param name="program">Which one.</param>
    public static async Task<RunningBrowser> StartAsync(BrowserProgram program)
    {
        var playwright = await StartDriverAsync(program);
        return new(await LaunchAsync(playwright, program), playwright);
    }

    /// <summary>Starts the browser with a driver that runs already, and outlives it.</summary>
    internal static async Task<RunningBrowser> StartAsync(BrowserProgram program, IPlaywright driver) =>
        new(await LaunchAsync(driver, program), null);

    internal static Task<IPlaywright> StartDriverAsync(BrowserProgram program)
    {
        Environment.SetEnvironmentVariable("PLAYWRIGHT_NODEJS_PATH", program.Node);
        return Playwright.CreateAsync();
    }

    /// <summary>Ends the browser; one that does not end is left to who watches the process.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Browser.CloseAsync().WaitAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            // Its process goes with the worker's.
        }
        _own?.Dispose();
    }

    // Chromium's own sandbox does not work for root, and not where a system forbids user namespaces.
    private static Task<IBrowser> LaunchAsync(IPlaywright playwright, BrowserProgram program) =>
        LaunchAsync(playwright, program, sandboxed: !OperatingSystem.IsLinux() || Environment.UserName != "root");

    private static async Task<IBrowser> LaunchAsync(IPlaywright playwright, BrowserProgram program, bool sandboxed)
    {
        try
        {
            return await playwright.Chromium.LaunchAsync(
                new()
                {
                    ExecutablePath = program.Path,
                    ChromiumSandbox = sandboxed,
                    Timeout = PatienceMilliseconds,
                    Args = [.. Determinism, .. NoNetwork],
                }
            );
        }
        catch (PlaywrightException) when (sandboxed)
        {
            return await LaunchAsync(playwright, program, sandboxed: false);
        }
    }
}
