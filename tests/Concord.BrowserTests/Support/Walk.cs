using System.Text.Json;

namespace Concord.BrowserTests.Support;

/// <summary>Ways through the page.</summary>
internal static class Walk
{
    public const string LiveTab = "Live";

    /// <summary>The places in the queue of the outputs whose first file has these words.</summary>
    public static async Task<int> NumberOfAsync(this GradingPage grading, string words) =>
        await grading.Page.EvaluateAsync<int>(
            """
            async words => {
              const { items } = await (await fetch('/api/session')).json();
              for (const { key, number } of items)
                if ((await (await fetch(`/api/items/${key}`)).json()).files.some(f => f.text?.includes(words))) return number;
              return 0;
            }
            """,
            words
        );

    public static Task<JsonElement?> ApiAsync(this GradingPage grading, string path) =>
        grading.Page.EvaluateAsync("async path => (await fetch(path)).json()", path);

    /// <summary>Turns to an output as the address does.</summary>
    public static async Task TurnToAsync(this GradingPage grading, int number)
    {
        await grading.Page.EvaluateAsync("n => { location.hash = '#' + n; }", number);
        await grading.ShowsAsync(number);
    }

    public static async Task ShowsAsync(this GradingPage grading, int number)
    {
        await Assertions.Expect(grading.Page.Locator(".blind")).ToContainTextAsync($"Output {number}");
        await Assertions.Expect(grading.Page.Locator("#grade .fields:not([inert])")).ToBeVisibleAsync();
    }

    public static async Task<ILocator> ShowAsync(this GradingPage grading, string view)
    {
        await grading.Page.GetByRole(AriaRole.Tab, new() { Name = view, Exact = true }).ClickAsync();
        return grading.Page.Locator($"#view.view-{view.ToLowerInvariant()}");
    }

    public static IFrameLocator Live(this GradingPage grading) => grading.Page.FrameLocator("#view iframe");

    /// <summary>Every view of every output, every dialog, the queue, the last page: whatever one can see without saving.</summary>
    public static async Task EverywhereAsync(this GradingPage grading, int outputs)
    {
        for (var number = 1; number <= outputs; number++)
        {
            await grading.TurnToAsync(number);
            await grading.ShowAsync("Live");
            await Assertions.Expect(grading.Live().Locator("h1")).ToBeVisibleAsync();
            await Assertions
                .Expect((await grading.ShowAsync("Screenshot")).Locator("img.shot, .middle"))
                .Not.ToContainTextAsync("Loading");
            await Assertions.Expect((await grading.ShowAsync("Code")).Locator(".code")).ToBeVisibleAsync();
            await DiffsAsync(grading);
        }
        await grading.Page.Locator(".pick").ClickAsync();
        await Assertions.Expect(grading.Page.Locator("#queue .chip:not(.legend *)")).ToHaveCountAsync(outputs);
        await grading.Page.Keyboard.PressAsync("Escape");
        await grading.ShowAsync(LiveTab);
        foreach (var key in new[] { "?", "Control+ " })
        {
            await grading.Page.Keyboard.PressAsync(key);
            await Assertions.Expect(grading.Page.Locator("dialog[open]")).ToBeVisibleAsync();
            await grading.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(grading.Page.Locator("dialog")).ToHaveCountAsync(0);
        }
        await grading.PressAsync("p", "p", "ArrowRight");
        await Assertions.Expect(grading.Page.Locator(".figures")).ToBeVisibleAsync();
        await grading.Page.GetByRole(AriaRole.Button, new() { Name = "Open pull request" }).ClickAsync();
        await Assertions.Expect(grading.Page.Locator(".end p[role=status]")).Not.ToBeEmptyAsync();
        await grading.TurnToAsync(1);
    }

    /// <summary>What a script of another's extension, or a person with the browser's tools, could read in the page.</summary>
    public static Task<string> StateAsync(this GradingPage grading) =>
        grading.Page.EvaluateAsync<string>(
            """
            async () => [document.title, document.documentElement.outerHTML, location.href, document.cookie, window.name, document.referrer,
              JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), JSON.stringify(history.state),
              JSON.stringify(await indexedDB.databases()), JSON.stringify(await caches.keys()), JSON.stringify(performance.getEntries())].join('\n')
            """
        );

    private static async Task DiffsAsync(GradingPage grading)
    {
        var view = await grading.ShowAsync("Diff");
        var choice = view.Locator("select");
        var count = await choice.Locator("option").CountAsync();
        for (var i = 0; i < count; i++)
        {
            await choice.SelectOptionAsync(new SelectOptionValue { Index = i });
            await Assertions.Expect(view.Locator(".code.diff, .middle:not(:text('Loading'))")).ToBeVisibleAsync();
        }
    }
}
