using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace Concord.Pipeline.Browser;

/// <summary>Draws one page in a context of its own, by a clock of its own, until a deadline that nothing in it can move.</summary>
public sealed class PageVisit
{
    private const string NeverLoaded = "loading without end";
    private const int LongestMessage = 300;
    private const int MostMessages = 50;

    // Longer than this nothing from memory takes, even on a busy machine: such a request has lost its end.
    private const int RestMilliseconds = 3000;
    private const int AuditMilliseconds = 5000;
    private const int AuditReserve = 500;

    // What a page's workers get of the real clock; where that took so much longer, they had less of a processor than usual.
    private const int WorkerTurns = 5;
    private const int WorkerMilliseconds = 100;
    private const int SlowFactor = 4;
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(2);
    private static readonly DateTime Start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    // Shares of the virtual time: short steps first, because data that arrives late in a step is drawn by the next one.
    private static readonly int[] Steps = [5, 5, 10, 30, 50, 100, 300, 500];

    // What runs by the browser's own clock: drawings stand still at ten seconds, styles at their end, or their start where there is none.
    private const string FreezeScript = """
        () => {
          document.querySelectorAll('svg').forEach(s => { try { s.pauseAnimations(); s.setCurrentTime(10); } catch {} });
          document.getAnimations().forEach(a => { try { a.finish(); } catch { try { a.cancel(); } catch {} } });
        }
        """;

    // Frames are left out: they would have to be asked by messages, which a page can answer itself.
    private const string AuditScript = """
        ;axe.run(document, {resultTypes: ['violations'], elementRef: false, iframes: false, preload: false})
          .then(r => r.violations.map(v => `${v.id} (${v.impact || 'minor'}): ${v.nodes.length}`))
        """;
    private static readonly string InitScript = Script("page.js");
    private static readonly string MeasureScript = Script("measure.js");

    private readonly PageOrder _order;
    private readonly PageTraffic _traffic;
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly Lock _lists = new();
    private readonly List<string> _pageErrors = [];
    private readonly List<string> _consoleErrors = [];
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IBrowserContext? _context;
    private IPage? _page;
    private bool _isHurried;

    private PageVisit(PageOrder order, PageServer server) => (_order, _traffic) = (order, new(server));

    /// <summary>Draws a page.</summary>
    /// <param name="browser">The browser, which is used for many.</param>
    /// <param name="order">The page.</param>
    /// <param name="server">What it is served.</param>
    public static async Task<PageResult> MakeAsync(RunningBrowser browser, PageOrder order, PageServer server)
    {
        var visit = new PageVisit(order, server);
        var work = visit.DrawAsync(browser.Browser);
        using var over = new CancellationTokenSource();
        var deadline = Task.Delay(order.DeadlineMilliseconds, over.Token);
        var spent = ProcessorTime.SpendAsync(browser.Browser, order.OwnMilliseconds, over.Token);
        PageResult result;
        try
        {
            var first = await Task.WhenAny(work, visit._crashed.Task, spent, deadline);
            result =
                first == work ? await work
                : first == deadline || first == spent ? new() { Failure = visit.Late(), IsItsOwn = first == spent }
                : new() { Failure = "The page crashed; it may have used more memory than a page gets." };
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            result = visit._crashed.Task.IsCompleted
                ? new() { Failure = "The page crashed; it may have used more memory than a page gets." }
                : new() { Failure = $"The page could not be drawn: {FirstLine(e.Message).TrimEnd('.')}." };
        }
        await over.CancelAsync();
        _ = work.ContinueWith(t => t.Exception, TaskScheduler.Default);
        return await visit.CloseAsync(visit.WithFindings(result));
    }

    private string Late() =>
        $"The page was not drawn within {_order.OwnTime}; it {(_traffic.Stopped.Contains(NeverLoaded) ? "never ends loading, or goes elsewhere meanwhile" : "may be busy without end")}.";

    private async Task<PageResult> DrawAsync(IBrowser browser)
    {
        var page = await OpenAsync(browser);
        await page.GotoAsync(
            PageTraffic.Origin + _order.Path,
            new() { WaitUntil = WaitUntilState.Commit, Timeout = _order.DeadlineMilliseconds }
        );
        await LoadAsync(page);
        await RunClockAsync(page);
        if (!page.Url.StartsWith(PageTraffic.Origin + "/", StringComparison.Ordinal))
            return new() { Failure = "The page left its own address, so there is nothing to draw." };
        await page.EvaluateAsync(FreezeScript);
        var world = await IsolatedWorld.OpenAsync(page);
        bool? ready = _order.Ready is { } selector ? await IsReadyAsync(world, selector) : null;
        var measure = await MeasureAsync(world);
        var screenshot = await page.ScreenshotAsync(
            new() { Animations = ScreenshotAnimations.Disabled, Timeout = _order.DeadlineMilliseconds }
        );
        return new()
        {
            Screenshot = screenshot,
            IsReady = ready,
            Measure = measure,
            AuditFindings = _order.Audit is { } axe ? await AuditAsync(world, axe) : null,
        };
    }

    private async Task<IPage> OpenAsync(IBrowser browser)
    {
        var context = _context = await browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = _order.Width, Height = _order.Height },
                DeviceScaleFactor = 1,
                Locale = "en-US",
                TimezoneId = "UTC",
                ColorScheme = ColorScheme.Light,
                ReducedMotion = ReducedMotion.Reduce,
                ServiceWorkers = ServiceWorkerPolicy.Block,
                AcceptDownloads = false,
            }
        );
        await _traffic.AttachAsync(context);
        await context.AddInitScriptAsync(InitScript);
        await context.Clock.PauseAtAsync(Start);
        var page = _page = await context.NewPageAsync();
        page.SetDefaultTimeout(_order.DeadlineMilliseconds);
        context.Page += (_, other) =>
        {
            _traffic.Stop("pop-up");
            _ = other.CloseAsync();
        };
        page.Dialog += (_, dialog) =>
        {
            _traffic.Stop($"dialog: {dialog.Type}");
            _ = dialog.DismissAsync();
        };
        page.Download += (_, download) => _traffic.Stop($"download: {download.SuggestedFilename}");
        page.Crash += (_, _) => _crashed.TrySetResult();
        page.PageError += (_, error) => Add(_pageErrors, error);
        page.Console += (_, message) =>
        {
            // A request that failed is told as such.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                Add(_consoleErrors, message.Text);
        };
        return page;
    }

    // The page is asked, because Playwright's own waiting now and then misses the event of a page that loads at once. One that
    // goes elsewhere while it loads never tells that it is loaded: half of its time is enough.
    private async Task LoadAsync(IPage page)
    {
        var patience = TimeSpan.FromMilliseconds(_order.DeadlineMilliseconds / 2.0);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < patience)
        {
            try
            {
                var loaded = page.EvaluateAsync<bool>("() => document.readyState === 'complete'");
                _ = loaded.ContinueWith(t => t.Exception, TaskScheduler.Default);
                if (await loaded.WaitAsync(patience))
                    return;
            }
            catch (PlaywrightException e) when (IsNavigation(e))
            {
                // The next document is asked.
            }
            catch (TimeoutException)
            {
                break;
            }
            await Task.Delay(10);
        }
        _isHurried = true;
        _traffic.Stop(NeverLoaded);
    }

    // Ten virtual seconds pass in a few hundred real milliseconds; the page's requests are waited for in between.
    private async Task RunClockAsync(IPage page)
    {
        await RestAsync(page);
        var seen = _traffic.Started;
        foreach (var step in Steps)
        {
            await StepAsync(page, _order.VirtualMilliseconds * step / Steps.Sum());
            if (_traffic.InFlight == 0 && _traffic.Started == seen && page.Workers.Count == 0)
                continue;
            await RestAsync(page);
            seen = _traffic.Started;
        }
        // Workers have a clock of their own, the real one.
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < WorkerTurns && page.Workers.Count > 0; i++)
        {
            await Task.Delay(WorkerMilliseconds);
            await StepAsync(page, WorkerMilliseconds);
        }
        _isHurried |= watch.ElapsedMilliseconds > SlowFactor * WorkerTurns * WorkerMilliseconds;
        await RestAsync(page);
        if (_traffic.Started != seen)
            await StepAsync(page, 1000);
    }

    private async Task StepAsync(IPage page, int milliseconds)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await page.Context.Clock.RunForAsync(milliseconds);
                return;
            }
            catch (PlaywrightException e) when (attempt < 3 && IsNavigation(e))
            {
                await LoadAsync(page);
            }
            catch (PlaywrightException e) when (!page.IsClosed && !IsGone(e))
            {
                // The first error of the page's own timers; the others ran all the same.
                Add(_pageErrors, e.Message);
                return;
            }
        }
    }

    // Twice in a row nothing is asked for: each time the page's own tasks had their turn.
    private async Task RestAsync(IPage page)
    {
        var patience = Stopwatch.StartNew();
        for (var quiet = 0; quiet < 2; )
        {
            if (patience.ElapsedMilliseconds >= RestMilliseconds)
            {
                _isHurried = true;
                return;
            }
            try
            {
                await page.EvaluateAsync(
                    "() => new Promise(done => { const c = new MessageChannel(); c.port1.onmessage = () => done(); c.port2.postMessage(0); })"
                );
            }
            catch (PlaywrightException e) when (IsNavigation(e))
            {
                await LoadAsync(page);
            }
            quiet = _traffic.InFlight == 0 ? quiet + 1 : 0;
        }
    }

    private static bool IsNavigation(PlaywrightException e) =>
        e.Message.Contains("context was destroyed", StringComparison.Ordinal)
        || e.Message.Contains("navigat", StringComparison.OrdinalIgnoreCase);

    private static bool IsGone(PlaywrightException e) =>
        e.Message.Contains("has been closed", StringComparison.Ordinal) || e.Message.Contains("crash", StringComparison.Ordinal);

    // A selector that no browser knows matches nothing.
    private async Task<bool> IsReadyAsync(IsolatedWorld world, string selector) =>
        await world.EvaluateAsync($"Document.prototype.querySelector.call(document, {Quoted(selector)}) !== null", Left())
            is { ValueKind: JsonValueKind.True };

    private async Task<PageMeasure?> MeasureAsync(IsolatedWorld world) =>
        await world.EvaluateAsync($"({MeasureScript})()", Left()) is { ValueKind: JsonValueKind.Object } found
            ? new(
                found.GetProperty("width").GetDouble(),
                found.GetProperty("height").GetDouble(),
                found.GetProperty("cutTexts").GetInt32(),
                [.. found.GetProperty("cutExamples").EnumerateArray().Select(t => t.GetString()!)]
            )
            : null;

    // The picture is taken: an audit that fails, or takes too long, costs only itself.
    private async Task<IReadOnlyList<string>?> AuditAsync(IsolatedWorld world, string axe)
    {
        var left = Math.Min(AuditMilliseconds, Left() - AuditReserve);
        if (left <= 0)
        {
            _isHurried = true;
            return null;
        }
        var audit = world.EvaluateAsync(axe + AuditScript, left);
        _ = audit.ContinueWith(t => t.Exception, TaskScheduler.Default);
        try
        {
            return await audit.WaitAsync(TimeSpan.FromMilliseconds(left)) is { ValueKind: JsonValueKind.Array } found
                ? [.. found.EnumerateArray().Select(f => f.GetString()!).Order(StringComparer.Ordinal)]
                : null;
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            _isHurried = true;
            return null;
        }
    }

    private int Left() => Math.Max(1, _order.DeadlineMilliseconds - (int)_watch.ElapsedMilliseconds);

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private PageResult WithFindings(PageResult result)
    {
        lock (_lists)
            return result with
            {
                IsHurried = _isHurried,
                PageErrors = [.. _pageErrors],
                ConsoleErrors = [.. _consoleErrors],
                Blocked = _traffic.Blocked,
                MissingFiles = _traffic.MissingFiles,
                Stopped = _traffic.Stopped,
            };
    }

    // A page that is busy without end is closed in half a second; what does not close takes the browser with it.
    private async Task<PageResult> CloseAsync(PageResult result)
    {
        try
        {
            if (result.Failure is not null && _page is { } page)
                await page.CloseAsync().WaitAsync(ClosingTime);
            if (_context is { } context)
                await context.CloseAsync().WaitAsync(ClosingTime);
            return _context is null ? result with { IsBroken = true } : result;
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            return result with { IsBroken = true };
        }
    }

    private void Add(List<string> list, string message)
    {
        lock (_lists)
            if (list.Count < MostMessages)
                list.Add(FirstLine(message));
    }

    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0].Trim();
        return line.Length > LongestMessage ? line[..LongestMessage] + "…" : line;
    }

    private static string Script(string name)
    {
        using var stream = typeof(PageVisit).Assembly.GetManifestResourceStream("browser/" + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
