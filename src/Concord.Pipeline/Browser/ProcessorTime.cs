using Microsoft.Playwright;

namespace Concord.Pipeline.Browser;

/// <summary>What the pages of a browser take of the processors.</summary>
internal static class ProcessorTime
{
    private const int AskingMilliseconds = 250;
    private static readonly TimeSpan AnsweringTime = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Ends when the pages that are open have used so much processor time. Those that others kept from a processor, or from the
    /// driver, have used less.
    /// </summary>
    /// <param name="browser">The browser.</param>
    /// <param name="milliseconds">How much.</param>
    /// <param name="over">Ends the waiting.</param>
    public static async Task SpendAsync(IBrowser browser, int milliseconds, CancellationToken over)
    {
        await Task.Delay(milliseconds, over);
        while (!await HaveSpentAsync(browser, milliseconds))
            await Task.Delay(AskingMilliseconds, over);
    }

    private static async Task<bool> HaveSpentAsync(IBrowser browser, int milliseconds)
    {
        var used = SecondsAsync(browser);
        _ = used.ContinueWith(t => t.Exception, TaskScheduler.Default);
        try
        {
            return await used.WaitAsync(AnsweringTime) * 1000 >= milliseconds;
        }
        catch (Exception e)
            when (e is PlaywrightException or TimeoutException or KeyNotFoundException or InvalidOperationException)
        {
            // It does not tell: then the deadline counts.
            return false;
        }
    }

    // A page that is busy without end cannot keep the browser from telling.
    private static async Task<double> SecondsAsync(IBrowser browser)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        var told = await session.SendAsync("SystemInfo.getProcessInfo");
        await session.DetachAsync();
        return told!
            .Value.GetProperty("processInfo")
            .EnumerateArray()
            .Where(p => p.GetProperty("type").GetString() == "renderer")
            .Sum(p => p.GetProperty("cpuTime").GetDouble());
    }
}
