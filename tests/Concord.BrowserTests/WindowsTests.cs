using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>One output in two tabs, or in two browsers that know nothing of each other: nothing is overwritten unseen.</summary>
public sealed class WindowsTests(Chromium chromium)
{
    [Fact]
    public async Task A_tab_takes_over_what_another_saved()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        var other = await grading.AnotherTabAsync();
        await grading.PressAsync("4", "Enter", "3", "Control+s");

        await Assertions.Expect(grading.Score("functionality", 4, other)).ToBeCheckedAsync();
        await Assertions.Expect(other.Locator(".said")).ToContainTextAsync("Saved in another window");
        await Assertions.Expect(other.Locator(".saved")).ToContainTextAsync("commit");
        // It has seen it, so it may go on from it.
        await other.Keyboard.PressAsync("1");
        await other.Keyboard.PressAsync("Control+s");
        await grading.CommitsAsync(2);
        await Assertions.Expect(grading.Score("functionality", 1)).ToBeCheckedAsync();
        await grading.CommittedAsync(1, ",1,3,graded,");
    }

    [Fact]
    public async Task A_tab_with_changes_of_its_own_shows_both_and_asks()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        var other = await grading.AnotherTabAsync();
        await PressAsync(other, "1", "Enter", "1");
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(other.Locator(".said")).ToContainTextAsync("Saving here will show both");
        await Assertions.Expect(grading.Score("functionality", 1, other)).ToBeCheckedAsync();

        await PressAsync(other, "Control+Enter");
        await AskedAsync(grading, other);
        await grading.CommittedAsync(1, ",4,3,graded,");

        await other.GetByRole(AriaRole.Button, new() { Name = "Save what is here" }).ClickAsync();
        await Assertions.Expect(other.Locator(".saved")).ToContainTextAsync("commit");
        await grading.CommittedAsync(1, ",1,1,graded,");
        await grading.CommitsAsync(2);
    }

    [Fact]
    public async Task Two_browsers_that_hear_nothing_of_each_other_are_asked_too_and_undo_brings_back_what_was_given_up()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await using var context = await chromium.Browser.NewContextAsync();
        var other = await context.NewPageAsync();
        await other.GotoAsync(grading.Host.Address);
        await grading.ReadyAsync(other);
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");

        await PressAsync(other, "1", "Enter", "1", "Control+s");
        await AskedAsync(grading, other);
        await other.GetByRole(AriaRole.Button, new() { Name = "Keep what was saved" }).ClickAsync();
        await Assertions.Expect(grading.Score("functionality", 4, other)).ToBeCheckedAsync();
        await Assertions.Expect(other.Locator(".saved")).ToContainTextAsync("commit");
        await grading.CommitsAsync(1);

        await PressAsync(other, "Control+z");
        await grading.CommitsAsync(2);
        await grading.CommittedAsync(1, ",1,1,graded,");
    }

    [Fact]
    public async Task Two_windows_grade_different_outputs_at_once()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        var opening = grading.Page.WaitForPopupAsync();
        await grading.Page.EvaluateAsync("() => void window.open('/#4', 'second', 'width=900,height=720')");
        var other = await opening;
        await grading.AtAsync(4, other);
        await Task.WhenAll(
            grading.PressAsync("4", "Enter", "3", "Control+Enter", "5", "Enter", "5", "Control+Enter"),
            PressAsync(other, "1", "Enter", "2", "Control+Enter", "0", "Enter", "0", "Control+Enter")
        );
        await grading.AtAsync(3);
        await grading.AtAsync(6, other);
        foreach (var (number, scores) in new[] { (1, ",4,3,"), (2, ",5,5,"), (4, ",1,2,"), (5, ",0,0,") })
            await grading.CommittedAsync(number, scores + "graded,");
        await Assertions.Expect(grading.Page.Locator(".progress")).ToContainTextAsync("4 of 6");
    }

    private static async Task AskedAsync(GradingPage grading, IPage other)
    {
        await Assertions.Expect(other.Locator(".saved")).ToContainTextAsync("Saved elsewhere too");
        await other.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        var both = other.Locator("dialog[open] .versus tbody tr");
        await Assertions.Expect(both.First).ToContainTextAsync("41");
        await Assertions.Expect(both.Nth(1)).ToContainTextAsync("31");
        await grading.AtAsync(1, other);
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
            await page.Keyboard.PressAsync(key);
    }
}
