using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>Undo and redo, before and after a save.</summary>
public sealed class UndoTests(Chromium chromium)
{
    [Fact]
    public async Task Undo_and_redo_before_a_save_touch_the_form_alone()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3", "Control+z");
        await Assertions.Expect(grading.Page.Locator("input:checked")).ToHaveCountAsync(1);
        await Assertions.Expect(grading.Said).ToContainTextAsync("Undone on output 1: Aesthetics not scored.");
        await grading.PressAsync("Control+z", "Control+z");
        await Assertions.Expect(grading.Page.Locator("input:checked")).ToHaveCountAsync(0);
        await Assertions.Expect(grading.Said).ToContainTextAsync("nothing to undo");
        await grading.PressAsync("Control+Shift+Z", "Control+Shift+Z");
        await Assertions.Expect(grading.Score("functionality", 4)).ToBeCheckedAsync();
        await Assertions.Expect(grading.Score("aesthetics", 3)).ToBeCheckedAsync();
        Assert.Equal(0, await grading.CommitsAsync());
    }

    [Fact]
    public async Task Undo_across_a_save_is_a_new_state_in_git()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        await grading.AtAsync(2);
        await grading.PressAsync("ArrowLeft");
        await grading.AtAsync(1);
        await grading.PressAsync("1", "Control+Enter");
        await grading.AtAsync(2);
        await grading.CommittedAsync(1, ",1,3,graded,");

        await grading.PressAsync("Control+z");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Score("functionality", 4)).ToBeCheckedAsync();
        await grading.CommitsAsync(3);
        await grading.CommittedAsync(1, ",4,3,graded,");

        await grading.PressAsync("Control+Shift+Z");
        await grading.CommitsAsync(4);
        await grading.CommittedAsync(1, ",1,3,graded,");
        var history = grading.Repository.Git(
            "log",
            "-p",
            "--format=",
            (await grading.Host.Opening).Session.Branch,
            "--",
            "grades/"
        );
        Assert.Equal(
            2,
            history.Split('\n').Count(l => l.StartsWith('+') && l.Contains(",4,3,graded,", StringComparison.Ordinal))
        );
        Assert.Equal(
            2,
            history.Split('\n').Count(l => l.StartsWith('+') && l.Contains(",1,3,graded,", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Undo_to_what_is_incomplete_never_takes_a_saved_grade_back()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.PressAsync("Control+z");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Changed since saved");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("draft kept");
        await grading.Page.ReloadAsync();
        await grading.AtAsync(1);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Changed since saved");
        await grading.CommittedAsync(1, ",4,3,graded,");
        await grading.CommitsAsync(1);
    }
}
