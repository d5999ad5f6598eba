using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace Concord.Performance;

/// <summary>The page in a browser, with a clock in it that tells when a frame with another output was painted.</summary>
internal sealed class GradingPageProbe : IAsyncDisposable
{
    private const int SettleMilliseconds = 90;

    // The page keeps the time itself; whoever asks often takes it from what is measured.
    private const int AskingMilliseconds = 150;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // A frame later the browser has painted what it was given.
    private const string Clock = """
        (() => {
          if (window !== top) return;
          const now = () => performance.timeOrigin + performance.now();
          const probe = (window.probe = { keyed: 0, answered: 0, shown: 0, first: 0, number: null });
          const send = window.fetch;
          window.fetch = async (...request) => {
            const answer = await send(...request);
            if (request[1]?.method === 'PUT' && String(request[0]).endsWith('/grade')) probe.answered = now();
            return answer;
          };
          addEventListener('keydown', () => { probe.keyed = now(); }, true);
          const look = () => {
            if (!document.querySelector('#grade .fields:not([inert])')) return;
            const number = /Output (\d+)/.exec(document.querySelector('.blind')?.textContent ?? '')?.[1];
            if (!number || number === probe.number) return;
            probe.number = number;
            requestAnimationFrame(() => {
              const painted = new MessageChannel();
              painted.port1.onmessage = () => { probe.shown = now(); probe.first ||= probe.shown; };
              painted.port2.postMessage(0);
            });
          };
          new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        })();
        """;

    private readonly IBrowserContext _context;
    private readonly Dictionary<string, string> _addresses = [];
    private readonly List<(string Address, long Bytes)> _received = [];
    private string _origin = "";

    private GradingPageProbe(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>A new context, with nothing in its cache, and the page opened in it.</summary>
    public static async Task<GradingPageProbe> OpenAsync(IBrowser browser, GradingProcess host)
    {
        var probe = await PrepareAsync(browser, countsBytes: true);
        await probe.OpenAsync(host);
        return probe;
    }

    /// <summary>A new context, with nothing in its cache, and an empty tab in it.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="countsBytes">Whether it tells what came over the wire, which takes time.</param>
    public static async Task<GradingPageProbe> PrepareAsync(IBrowser browser, bool countsBytes)
    {
        var context = await browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 1280, Height = 720 },
            }
        );
        await context.AddInitScriptAsync(Clock);
        var page = await context.NewPageAsync();
        var probe = new GradingPageProbe(context, page);
        if (countsBytes)
            await probe.CountBytesAsync();
        return probe;
    }

    /// <summary>Opens the grading page in the tab.</summary>
    public async Task OpenAsync(GradingProcess host)
    {
        _origin = host.Origin;
        await Page.GotoAsync(host.Address, new() { WaitUntil = WaitUntilState.Commit });
    }

    /// <summary>When the first output was painted.</summary>
    public async Task<DateTime> FirstAsync() => DateTime.UnixEpoch.AddMilliseconds(await UntilAsync("probe.first"));

    /// <summary>What came over the wire until now, headers too.</summary>
    public IReadOnlyList<(string Address, long Bytes)> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    /// <summary>Presses a key that leads to another output.</summary>
    /// <returns>Milliseconds from the key, and from the answer to a save, to the painted output.</returns>
    public async Task<(double FromKey, double FromAnswer)> TurnAsync(string key)
    {
        var before = await Page.EvaluateAsync<double>("probe.shown");
        await Page.Keyboard.PressAsync(key);
        await Task.Delay(SettleMilliseconds);
        await UntilAsync($"probe.shown > {before.ToString("R", CultureInfo.InvariantCulture)} ? probe.shown : 0");
        var times = await Page.EvaluateAsync<double[]>("[probe.keyed, probe.answered, probe.shown]");
        return (times[2] - times[0], times[2] - times[1]);
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private async Task<double> UntilAsync(string expression)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(AskingMilliseconds))
            if (await Page.EvaluateAsync<double>($"window.probe ? {expression} : 0") is var value and > 0)
                return value;
        throw new TimeoutException(
            $"{expression} did not come about: {await Page.EvaluateAsync<string>("JSON.stringify(window.probe) + document.body.innerText")}"
        );
    }

    private async Task CountBytesAsync()
    {
        var network = await _context.NewCDPSessionAsync(Page);
        network.Event("Network.responseReceived").OnEvent += (_, e) =>
        {
            if (e is { } json && json.GetProperty("response").GetProperty("url").GetString() is { } url)
                lock (_received)
                    _addresses[json.GetProperty("requestId").GetString()!] = url;
        };
        network.Event("Network.loadingFinished").OnEvent += (_, e) =>
        {
            lock (_received)
                if (
                    e is { } json
                    && _addresses.TryGetValue(json.GetProperty("requestId").GetString()!, out var url)
                    && url.StartsWith(_origin, StringComparison.Ordinal)
                )
                    _received.Add((url[_origin.Length..], (long)json.GetProperty("encodedDataLength").GetDouble()));
        };
        await network.SendAsync("Network.enable");
    }
}
