using System.Collections.Concurrent;
using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>What is entered and not saved is kept by itself, and is no grade.</summary>
public sealed class DraftTests(Chromium chromium)
{
    private readonly ConcurrentQueue<string> _writes = new();

    [Fact]
    public async Task A_draft_is_kept_500_ms_after_a_change_without_leaving_the_output()
    {
        await using var grading = await StillAsync();
        await grading.PressAsync("4");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Unsaved changes");
        await grading.Page.Clock.RunForAsync(499);
        Assert.Empty(_writes);
        await grading.Page.Clock.RunForAsync(1);

        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft kept");
        Assert.Contains("4", Assert.Single(grading.Drafts()), StringComparison.Ordinal);
        await grading.AtAsync(1);
        Assert.Equal(0, await grading.CommitsAsync());
    }

    [Fact]
    public async Task A_draft_is_kept_at_once_when_the_tab_is_hidden()
    {
        await using var grading = await StillAsync();
        await grading.PressAsync("4");
        Assert.Empty(grading.Drafts());
        await grading.Page.EvaluateAsync(
            "() => { Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }"
        );
        await Conditions.UntilAsync(() => grading.Drafts().Count == 1, "a draft on disk");
    }

    [Fact]
    public async Task A_draft_is_kept_at_once_when_the_page_is_left()
    {
        await using var grading = await StillAsync();
        await grading.PressAsync("4", "Enter", "3", "Enter");
        await grading.Page.Keyboard.TypeAsync("half a thought");
        Assert.Empty(grading.Drafts());
        await grading.Page.GotoAsync("about:blank");
        await Conditions.UntilAsync(() => grading.Drafts().Count == 1, "a draft on disk");

        var back = await grading.AnotherTabAsync();
        await grading.AtAsync(1, back);
        await Assertions.Expect(grading.Score("aesthetics", 3, back)).ToBeCheckedAsync();
        await Assertions.Expect(back.Locator("#notes")).ToHaveValueAsync("half a thought");
    }

    [Fact]
    public async Task A_draft_is_kept_at_once_when_the_tab_is_closed()
    {
        await using var grading = await StillAsync();
        await grading.PressAsync("4");
        await grading.Page.CloseAsync(new() { RunBeforeUnload = true });
        await Conditions.UntilAsync(() => grading.Drafts().Count == 1, "a draft on disk");
    }

    [Fact]
    public async Task A_save_ends_its_draft_and_a_draft_never_ends_a_save()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft kept");
        await grading.PressAsync("Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        Assert.Empty(grading.Drafts());

        await grading.PressAsync("1");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Changed since saved, draft kept");
        await grading.Page.ReloadAsync();
        await grading.AtAsync(1);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Changed since saved");
        await grading.CommittedAsync(1, ",4,3,graded,");
        await grading.CommitsAsync(1);
    }

    [Fact]
    public async Task A_save_beats_a_draft_in_flight()
    {
        var gate = new Gate();
        await using var grading = await GradingPage.OpenAsync(chromium);
        // Not broken off, as one that has left the browser already.
        await grading.Page.AddInitScriptAsync(
            "const send = window.fetch; window.fetch = (to, how) => send(to, String(to).endsWith('/draft') ? { ...how, signal: undefined } : how);"
        );
        await grading.Page.ReloadAsync();
        await grading.ReadyAsync();
        await gate.HoldAsync(grading.Page, "**/draft", "PUT");
        await grading.PressAsync("4", "Enter", "3");
        await Conditions.UntilAsync(() => gate.Seen == 1, "a draft in flight");
        await grading.PressAsync("1", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        var answered = grading.Page.WaitForResponseAsync("**/draft");
        gate.Open();
        await answered;

        Assert.Empty(grading.Drafts());
        await grading.Page.ReloadAsync();
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Score("aesthetics", 1)).ToBeCheckedAsync();
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
    }

    [Fact]
    public async Task By_itself_the_page_goes_on_350_ms_after_the_last_score_where_that_is_switched_on()
    {
        await using var grading = await StillAsync();
        await grading.PressAsync("4", "Enter", "3");
        await grading.Page.Clock.RunForAsync(5_000);
        Assert.DoesNotContain(_writes, w => w.EndsWith("/grade", StringComparison.Ordinal));

        await grading.PressAsync("?");
        await grading.Page.Clock.RunForAsync(100);
        await grading.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Save and go on" }).PressAsync("Space");
        await grading.PressAsync("Escape", "5", "ArrowUp", "1");
        await grading.Page.Clock.RunForAsync(349);
        Assert.DoesNotContain(_writes, w => w.EndsWith("/grade", StringComparison.Ordinal));
        await grading.Page.Clock.RunForAsync(1);
        await grading.AtAsync(2);
        await grading.CommittedAsync(1, ",1,5,graded,");
    }

    /// <summary>A page whose clock goes only where a test turns it.</summary>
    private async Task<GradingPage> StillAsync()
    {
        var grading = await GradingPage.OpenAsync(chromium, before: page => page.Clock.InstallAsync());
        grading.Page.Request += (_, request) =>
        {
            if (request.Method != "GET")
                _writes.Enqueue(request.Url);
        };
        await grading.Page.Clock.PauseAtAsync(DateTime.UtcNow.AddMinutes(1));
        return grading;
    }
}
