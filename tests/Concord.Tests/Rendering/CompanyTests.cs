using System.Text;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Rendering;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

/// <summary>What is told of pages that others may have disturbed, and what becomes of them.</summary>
public sealed class CompanyTests
{
    [Theory]
    [InlineData(null, false, false, false)]
    [InlineData(null, true, false, true)]
    [InlineData("Late.", false, false, true)]
    [InlineData("Late.", true, false, true)]
    [InlineData("Late.", false, true, false)]
    [InlineData("Late.", true, true, false)]
    public void Doubtful_is_a_hurried_page_and_a_failure_that_is_not_its_own(
        string? failure,
        bool isHurried,
        bool isItsOwn,
        bool isDoubtful
    )
    {
        var result = new PageResult
        {
            Failure = failure,
            IsHurried = isHurried,
            IsItsOwn = isItsOwn,
        };

        var read = RenderLines.ReadReply(RenderLines.Write(new RenderReply(1, result, [], [], null)));

        Assert.Equal(isDoubtful, read.IsDoubtful);
    }

    [Fact]
    public async Task A_page_whose_files_come_too_late_is_drawn_and_told_as_hurried()
    {
        // Three threads of requests, so that there is always one on its way.
        const string Page =
            "<p>x</p><script>for (const n of [1, 2, 3]) (async () => { for (let i = 0; i < 5; i++) await fetch(`data-${n}-${i}.csv`); })()</script>";
        Assert.False((await VisitAsync(Page)).IsHurried);

        var late = await VisitAsync(Page, delay: 600);

        Assert.Equal((null, true), (late.Failure, late.IsHurried));
    }

    [Fact]
    public async Task A_page_that_has_used_its_time_ends_before_the_deadline_and_by_its_own_doing()
    {
        var busy = await VisitAsync("<script>setTimeout(() => { for (;;); }, 100)</script>", own: 1000, deadline: 60_000);

        Assert.Equal(
            ("The page was not drawn within 1 second; it may be busy without end.", true),
            (busy.Failure, busy.IsItsOwn)
        );
    }

    [Fact]
    public async Task A_page_that_was_kept_waiting_is_not_to_blame()
    {
        // Nothing is done, and the page's own tasks never have their turn: so it looks where the driver is kept busy by others.
        var waits = await VisitAsync(
            "<script>MessageChannel = function () { this.port1 = {}; this.port2 = { postMessage() {} }; }</script>",
            own: 1500,
            deadline: 3000
        );

        Assert.NotNull(waits.Failure);
        Assert.False(waits.IsItsOwn);
    }

    [Fact]
    public async Task Where_no_browser_starts_in_company_pages_are_drawn_alone()
    {
        RenderWorkspace.RequireBrowser();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The browser is put behind a script.");
        using var folder = RenderWorkspace.OfPages(4);
        using var path = new TempFolder();
        var browser = BrowserProgram.FindBrowser()!;
        var script = path[System.IO.Path.GetFileName(browser)];
        // Fails twice: once for each lane, or with and without the browser's sandbox.
        await File.WriteAllTextAsync(
            script,
            $"#!/bin/sh\n[ \"$1\" = --version ] || ! {{ mkdir '{path["once"]}' || mkdir '{path["twice"]}'; }} 2>/dev/null || exit 1\nexec '{browser}' \"$@\"\n",
            TestContext.Current.CancellationToken
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var run = await ConcordProcess.RunAsync(
            folder.Path,
            [("PATH", $"{path.Path}:{Environment.GetEnvironmentVariable("PATH")}")],
            ["dotnet", ConcordProcess.Program, "render", "--concurrency", "2"]
        );

        Assert.True(Directory.Exists(path["twice"]), run.Error);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(12, RenderWorkspace.Written(folder).Count);
    }

    private static async Task<PageResult> VisitAsync(string html, int delay = 0, int own = 20_000, int deadline = 30_000)
    {
        RenderWorkspace.RequireBrowser();
        using var driver = await RunningDriver.StartAsync(BrowserProgram.FindUnversioned());
        await using var browser = await driver.LaunchAsync();
        return await PageVisit.MakeAsync(
            browser,
            new("/index.html", 800, 500, null, 10_000, own, deadline, null),
            path =>
            {
                if (path == "/index.html")
                    return ("text/html", Encoding.UTF8.GetBytes(html));
                Thread.Sleep(delay);
                return ("text/csv", "1,2"u8.ToArray());
            }
        );
    }
}
