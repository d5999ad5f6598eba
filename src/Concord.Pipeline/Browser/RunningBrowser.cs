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

    private RunningBrowser(IBrowser browser) => Browser = browser;

    internal IBrowser Browser { get; }

    // Chromium's own sandbox does not work for root, and not where a system forbids user namespaces.
    internal static async Task<RunningBrowser> LaunchAsync(IPlaywright playwright, BrowserProgram program) =>
        new(await LaunchAsync(playwright, program, sandboxed: !OperatingSystem.IsLinux() || Environment.UserName != "root"));

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
    }

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
