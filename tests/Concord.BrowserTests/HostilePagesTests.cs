using System.Globalization;
using System.Net;
using Concord.App.Host;
using Concord.BrowserTests.Support;
using Concord.Tests.Support;

namespace Concord.BrowserTests;

/// <summary>Outputs that attack the page that shows them.</summary>
public sealed class HostilePagesTests(Chromium chromium)
{
    private const string Calm = "<!doctype html><title>Calm</title><h1>Calm</h1>\n";

    // A request that never comes cannot be waited for.
    private const float Watch = 400;
    private const float LongWatch = 1100;

    private static readonly string[] Reaching =
    [
        "downloads",
        "meta-refresh",
        "navigation",
        "navigation-at-once",
        "network",
        "network-more",
        "pop-ups",
        "service-worker",
        "webrtc",
    ];

    [Fact]
    public async Task No_output_reaches_the_api_or_leaves_its_frame()
    {
        using var tap = new HostTap();
        var names = Reaching.Append("reach").Append("history").ToArray();
        await using var grading = await OpenAsync(names);
        var (opened, downloads) = (new List<string>(), 0);
        grading.Context.Page += (_, page) => opened.Add(page.Url);
        grading.Page.Download += (_, _) => Interlocked.Increment(ref downloads);
        await grading.Context.GrantPermissionsAsync([]);

        foreach (var name in names)
        {
            await grading.TurnToAsync(await grading.NumberOfAsync($"<!--{name}-->"));
            await grading.Page.Locator("#view iframe").WaitForAsync();
            if (name is "reach" or "history")
                await (await FrameAsync(grading)).WaitForFunctionAsync("() => window.done");
            else
                await grading.Page.WaitForTimeoutAsync(name == "navigation" ? LongWatch : Watch);
            if (name == "reach")
                await OutcomesAsync(grading);
            Assert.StartsWith(grading.Origin + "/#", grading.Page.Url, StringComparison.Ordinal);
        }
        // Leaving a page lets it run once more.
        await grading.TurnToAsync(await grading.NumberOfAsync("Calm"));
        await Assertions.Expect(grading.Live().Locator("h1")).ToHaveTextAsync("Calm");

        var toApi = tap.At(grading.Host.Names.Port);
        var own = toApi.Where(e => e.Target.StartsWith("/api/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(own);
        Assert.All(toApi, e => Assert.True(IsOwn(grading, e), e.ToString()));
        Assert.All(tap.At(grading.Host.Names.PreviewPort), e => Assert.Equal("", e.Header("Cookie")));
        Assert.Equal((0, 0), (opened.Count, downloads));
        var session = (await grading.ApiAsync("/api/session"))!.Value;
        Assert.All(session.GetProperty("items").EnumerateArray(), i => Assert.Equal("open", i.GetProperty("status").GetString()));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{names.Length} pages; of {toApi.Count} requests to the page's site none was theirs; {tap.At(grading.Host.Names.PreviewPort).Count} to the previews'"
        );
    }

    [Fact]
    public async Task An_output_that_takes_the_focus_has_to_give_it_back()
    {
        await using var grading = await OpenAsync(["autofocus"]);
        foreach (var hovers in new[] { false, true })
        {
            await grading.TurnToAsync(await grading.NumberOfAsync("Calm"));
            if (hovers)
                await grading.Page.Locator("#view iframe").HoverAsync();
            await grading.TurnToAsync(await grading.NumberOfAsync("<!--autofocus-->"));
            await HasTakenAsync(grading);
            foreach (var key in hovers ? new[] { "3" } : ["4", "ArrowDown"])
            {
                await KeyboardIsBackAsync(grading);
                await grading.PressAsync(key);
                await (await FrameAsync(grading)).EvaluateAsync("() => window.take()");
            }
            Assert.Empty(await (await FrameAsync(grading)).EvaluateAsync<string[]>("() => window.keys"));
        }
        await KeyboardIsBackAsync(grading);
        await grading.PressAsync("Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        Assert.Contains(",4,3,graded,", await grading.CommittedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_takes_the_focus_without_end_is_stopped()
    {
        await using var grading = await OpenAsync(["focus"]);

        await grading.TurnToAsync(await grading.NumberOfAsync("<!--focus-->"));

        await Assertions.Expect(grading.Page.Locator("#view")).ToContainTextAsync("keeps taking the keyboard");
        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        Assert.Contains(",4,3,graded,", await grading.CommittedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_is_clicked_gets_the_keys_and_says_so()
    {
        await using var grading = await OpenAsync(["autofocus"]);
        await grading.TurnToAsync(await grading.NumberOfAsync("<!--autofocus-->"));
        await HasTakenAsync(grading);
        await KeyboardIsBackAsync(grading);
        // A person looks first.
        await grading.Page.WaitForFunctionAsync(
            "since => performance.now() - since > 1300",
            await grading.Page.EvaluateAsync<double>("() => performance.now()")
        );

        // The pointer comes from beside the frame: what is driven here moves it past the page into a frame of another process.
        var stage = (await grading.Page.Locator("#view .stage").BoundingBoxAsync())!;
        await grading.Page.Mouse.MoveAsync(stage.X + 2, stage.Y + 2);
        // Playwright does not know how a frame of another process is scaled.
        var (frame, own) = (
            (await grading.Page.Locator("#view iframe").BoundingBoxAsync())!,
            await (await FrameAsync(grading)).EvaluateAsync<float[]>(
                "() => { const box = own.getBoundingClientRect(); return [(box.x + box.width / 2) / innerWidth, (box.y + box.height / 2) / innerHeight]; }"
            )
        );
        await grading.Page.Mouse.ClickAsync(frame.X + (frame.Width * own[0]), frame.Y + (frame.Height * own[1]));
        await Assertions.Expect(grading.Page.Locator(".hint")).ToContainTextAsync("Keys go to the output");
        await grading.Page.Keyboard.TypeAsync("42");

        await Assertions.Expect(grading.Live().Locator("#own")).ToHaveValueAsync("42");
        await Assertions.Expect(grading.Form.Locator("input:checked")).ToHaveCountAsync(0);
        await grading.Page.GetByRole(AriaRole.Button, new() { Name = "Back to grading" }).ClickAsync();
        await grading.PressAsync("4");
        await Assertions.Expect(grading.Form.Locator("input:checked")).ToHaveCountAsync(1);
    }

    // Without endless-alerts: Chromium tells the one who drives it of every alert that the sandbox ignores, and he drowns.
    [Theory]
    [InlineData("endless-loop")]
    [InlineData("endless-loop-while-loading")]
    [InlineData("worker-loops")]
    [InlineData("timer-flood")]
    public async Task An_output_that_never_rests_does_not_hold_up_the_page(string name)
    {
        await using var grading = await OpenAsync([name]);

        await grading.TurnToAsync(await grading.NumberOfAsync($"<!--{name}-->"));
        await grading.Page.Locator("#view iframe").WaitForAsync();
        await grading.PressAsync("4", "ArrowDown", "3");
        // The page's own thread, once the output has had time to begin.
        var turns = await grading.Page.EvaluateAsync<int>(
            "() => new Promise(done => { let n = 0; const timer = setInterval(() => n++, 20); setTimeout(() => { clearInterval(timer); done(n); }, 2000); })"
        );
        await grading.PressAsync("Control+Enter");

        Assert.InRange(turns, 20, 200);
        await Assertions.Expect(grading.Live().Locator("h1")).ToHaveTextAsync("Calm");
        Assert.Contains(",4,3,graded,", await grading.CommittedAsync(), StringComparison.Ordinal);
    }

    private async Task<GradingPage> OpenAsync(IEnumerable<string> names)
    {
        var port = FreePort.From(0, only: false, [IPAddress.Loopback]);
        var repository = TestWorkspace.Create(commit: false);
        Directory.Delete(repository["benchmarks/outputs"], recursive: true);
        foreach (var name in names)
            TestWorkspace.AddOutput(repository, "bars", $"lab/{name}", $"{Attack(name, port)}<!--{name}-->\n");
        TestWorkspace.AddOutput(repository, "bars", "lab/calm", Calm);
        repository.Git("config", "user.name", "Sample A");
        repository.Git("config", "user.email", "ada@concord.example");
        repository.Commit("start");
        return await GradingPage.OpenAsync(chromium, repository, port: port);
    }

    /// <summary>What each attempt came to.</summary>
    private static async Task OutcomesAsync(GradingPage grading)
    {
        var outcome = await (await FrameAsync(grading)).EvaluateAsync<Dictionary<string, string>>("() => window.outcome");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", outcome.Select(o => $"{o.Key}: {o.Value}")));
        Assert.Equal(["own"], outcome.Where(o => o.Value == "IN").Select(o => o.Key));
        Assert.True(outcome.Count > 40, $"{outcome.Count}");
    }

    private static Task KeyboardIsBackAsync(GradingPage grading) =>
        Assertions.Expect(grading.Form.Locator("input:focus")).ToHaveCountAsync(1);

    // What its script took while it loaded may never have been told to it: a frame's process hears of the page's focus when it will.
    private static async Task HasTakenAsync(GradingPage grading) =>
        await (await FrameAsync(grading)).WaitForFunctionAsync(
            "() => window.taken > 0 || (window.take?.(), window.taken > 0)",
            null,
            new() { PollingInterval = 500 }
        );

    // By its element: the frame of the output before may go later than the new one comes.
    private static async Task<IFrame> FrameAsync(GradingPage grading) =>
        (await (await grading.Page.Locator("#view iframe").ElementHandleAsync()).ContentFrameAsync())!;

    // The host asks its own page once while it starts; every browser says what it is.
    private static bool IsOwn(GradingPage grading, Exchange e) =>
        e.Header("User-Agent").Length == 0
        || !e.Target.Contains("attack", StringComparison.Ordinal)
            && e.Header("Sec-Fetch-Site") is "same-origin" or "none"
            && e.Header("Origin") is var origin
            && (origin.Length == 0 || origin == grading.Origin);

    private static string Attack(string name, int port)
    {
        var own = Path.Combine(SourceTree.Root, "tests/Concord.BrowserTests/Hostile", name + ".html");
        var shared = Path.Combine(SourceTree.Root, "tests/Concord.Tests/Rendering/Hostile", name + ".html");
        return File.ReadAllText(File.Exists(own) ? own : shared)
            .Replace("PORT", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
