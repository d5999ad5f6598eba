using Concord.BrowserTests.Support;
using Concord.Pipeline.Grading;

namespace Concord.BrowserTests;

/// <summary>The page over the project's own samples. With CONCORD_UPDATE_PICTURES=FOLDER it also keeps what it looks like.</summary>
public sealed class PictureTests(Chromium chromium)
{
    private static string? Folder =>
        Environment.GetEnvironmentVariable("CONCORD_UPDATE_PICTURES") is { Length: > 0 } f ? f : null;

    [Fact]
    public async Task Every_view_of_a_sample_is_complete()
    {
        await using var grading = await GradingPage.OpenAsync(chromium, Samples.Copy(), grader: Samples.Newcomer);
        var page = grading.Page;
        var number = await grading.NumberOfAsync("<title>435 seats: the US House");
        await grading.TurnToAsync(number);
        await Assertions.Expect(grading.Live().Locator("svg").First).ToBeVisibleAsync();
        await grading.PressAsync("4", "ArrowDown", "4");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("raft kept");
        await WholeAsync(grading);
        await KeepAsync(page, "live");

        var shot = (await grading.ShowAsync("Screenshot")).Locator("img.shot");
        await Assertions.Expect(shot).ToBeVisibleAsync();
        Assert.True(await shot.EvaluateAsync<bool>("async i => (await i.decode(), i.naturalWidth > 600)"));
        await KeepAsync(page, "screenshot");

        var code = await grading.ShowAsync("Code");
        await Assertions.Expect(code.Locator(".hljs-keyword, .hljs-name").First).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await KeepAsync(page, "code-dark");

        var diff = await grading.ShowAsync("Diff");
        await diff.Locator("select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Assertions.Expect(diff.Locator(".line.added").First).ToBeVisibleAsync();
        await KeepAsync(page, "diff-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await KeepAsync(page, "diff");

        await grading.ShowAsync("Live");
        await page.Locator(".pick").ClickAsync();
        await KeepAsync(page, "picker");
        await page.Keyboard.PressAsync("Escape");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Assertions.Expect(grading.Live().Locator("svg").First).ToBeVisibleAsync();
        await KeepAsync(page, "live-dark");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(390, 844);
        await KeepAsync(page, "narrow");
        await KeepAsync(page, "narrow-whole", whole: true);
        await page.SetViewportSizeAsync(1280, 720);

        await grading.PressAsync("Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Saved");
        await Assertions.Expect(page.Locator(".peers tbody tr:not(.peer-note)").First).ToBeVisibleAsync();
        await KeepAsync(page, "saved");
        await grading.TurnToAsync((await grading.Host.Opening).Session.Order.Count);
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator(".agreement tbody tr")).ToHaveCountAsync(2);
        await KeepAsync(page, "end");
    }

    [Fact]
    public async Task Every_part_of_a_decision_is_there()
    {
        await using var grading = await GradingPage.OpenAsync(
            chromium,
            Samples.Copy(),
            GradingMode.Adjudicate,
            grader: Samples.Lead
        );
        await Assertions.Expect(grading.Page.Locator(".peers tbody tr:not(.peer-note)")).ToHaveCountAsync(3);
        await grading.PressAsync("4");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("raft kept");
        await WholeAsync(grading);
        await KeepAsync(grading.Page, "adjudicate");
    }

    /// <summary>At 1280 × 720 nothing of the form is cut off, and nothing scrolls but what is meant to.</summary>
    private static async Task WholeAsync(GradingPage grading)
    {
        var page = grading.Page;
        Assert.Equal(
            "1280 720",
            await page.EvaluateAsync<string>(
                "() => `${document.documentElement.scrollWidth} ${document.documentElement.scrollHeight}`"
            )
        );
        var save = (await page.Locator("#grade .primary").BoundingBoxAsync())!;
        Assert.True(save.Y + save.Height <= 720, $"{save.Y}");
        Assert.Equal(
            Array.Empty<string>(),
            await page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('button, label, legend, h1, th')].filter(e => e.checkVisibility() && !e.closest('.unseen, .scale') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline' && !e.matches('.unseen')).map(e => e.outerHTML.slice(0, 90))"
            )
        );
    }

    private static async Task KeepAsync(IPage page, string name, bool whole = false)
    {
        if (Folder is null)
            return;
        // Colours change over a moment.
        await page.WaitForTimeoutAsync(400);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), FullPage = whole });
    }
}
