using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>Every key of the sheet, and where keys do nothing.</summary>
public sealed class KeysTests(Chromium chromium)
{
    [Fact]
    public async Task Arrows_and_letters_walk_over_outputs_and_criteria()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        foreach (
            var (key, number) in new[] { ("ArrowRight", 2), ("j", 3), ("k", 2), ("ArrowLeft", 1), ("ArrowLeft", 1), ("j", 2) }
        )
        {
            await grading.PressAsync(key);
            await grading.AtAsync(number);
        }
        await Assertions.Expect(grading.Focused).ToHaveTextAsync("Functionality");
        await grading.PressAsync("ArrowDown");
        await Assertions.Expect(grading.Focused).ToHaveTextAsync("Aesthetics");
        await grading.PressAsync("5", "ArrowUp");
        await Assertions.Expect(grading.Focused).ToHaveTextAsync("Functionality");
        await grading.PressAsync("0");
        await Assertions.Expect(grading.Score("aesthetics", 5)).ToBeCheckedAsync();
        await Assertions.Expect(grading.Score("functionality", 0)).ToBeCheckedAsync();
        await grading.PressAsync("7");
        await Assertions.Expect(grading.Said).ToContainTextAsync("from 0 to 5");
        await Assertions.Expect(grading.Score("functionality", 0)).ToBeCheckedAsync();
    }

    [Fact]
    public async Task V_cycles_the_views_P_folds_the_task_and_a_question_mark_shows_the_keys()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        var page = grading.Page;
        await Assertions.Expect(page.FrameLocator("iframe").Locator("h1")).ToBeVisibleAsync();
        foreach (
            var (tab, shown) in new[] { ("screenshot", ".view"), ("code", ".code"), ("diff", ".diff-head"), ("live", "iframe") }
        )
        {
            await grading.PressAsync("v");
            await Assertions.Expect(page.Locator($"#tab-{tab}")).ToHaveAttributeAsync("aria-selected", "true");
            await Assertions.Expect(page.Locator(shown).First).ToBeVisibleAsync();
        }
        await Assertions.Expect(page.Locator("#task")).ToContainTextAsync("Click a shape");
        await grading.PressAsync("p");
        await Assertions.Expect(page.Locator("#task")).ToBeHiddenAsync();
        await grading.PressAsync("p");
        await Assertions.Expect(page.Locator("#task")).ToBeVisibleAsync();
        await grading.PressAsync("?");
        await Assertions.Expect(page.Locator("dialog[open]")).ToContainTextAsync("Save and next");
        await grading.PressAsync("Escape", "4");
        await Assertions.Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Assertions.Expect(grading.Score("functionality", 4)).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Single_keys_are_text_in_a_text_field_until_Esc_leaves_it()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("ArrowDown", "ArrowDown");
        var notes = grading.Page.Locator("#notes");
        await Assertions.Expect(notes).ToBeFocusedAsync();
        await grading.Page.Keyboard.TypeAsync("4f? vpjk");
        await grading.PressAsync("Enter", "ArrowLeft", "ArrowUp");
        await Assertions.Expect(notes).ToHaveValueAsync("4f? vpjk\n");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Assertions.Expect(grading.Page.Locator(".flag")).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(grading.Page.Locator("#tab-live")).ToHaveAttributeAsync("aria-selected", "true");

        await grading.PressAsync("Escape", "4");
        await Assertions.Expect(grading.Score("aesthetics", 4)).ToBeCheckedAsync();
        await Assertions.Expect(notes).ToHaveValueAsync("4f? vpjk\n");
    }

    [Fact]
    public async Task Single_keys_do_nothing_in_a_dialog()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("?");
        await Assertions.Expect(grading.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await grading.PressAsync("4", "f", "v", "j", "Control+Enter", "Control+s", "Escape");
        await Assertions.Expect(grading.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Page.Locator("input:checked")).ToHaveCountAsync(0);
        await Assertions.Expect(grading.Page.Locator(".flag")).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(grading.Page.Locator("#tab-live")).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Fact]
    public async Task Single_keys_can_be_switched_off_and_stay_off()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("?");
        var off = grading.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Single keys" });
        for (var i = 0; i < 10 && !await off.EvaluateAsync<bool>("e => e === document.activeElement"); i++)
            await grading.PressAsync("Tab");
        await grading.PressAsync("Space");
        await Assertions.Expect(off).Not.ToBeCheckedAsync();
        await grading.PressAsync("Escape");
        await grading.Page.ReloadAsync();
        await grading.ReadyAsync();

        await grading.PressAsync("4", "f", "v", "p", "j", "?");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Page.Locator("input:checked, dialog[open]")).ToHaveCountAsync(0);
        await Assertions.Expect(grading.Page.Locator(".flag")).ToHaveAttributeAsync("aria-pressed", "false");
        await Assertions.Expect(grading.Page.Locator("#tab-live")).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(grading.Page.Locator("#task")).ToBeVisibleAsync();

        // The radio groups have the keys that all radio groups have, and Ctrl its own.
        await grading.PressAsync("Space", "Tab", "Space", "Control+Enter");
        await grading.AtAsync(2);
        await grading.CommittedAsync(1, ",5,5,graded,");
    }

    [Fact]
    public async Task F_flags_what_is_saved()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3", "f");
        await Assertions.Expect(grading.Page.Locator(".flag")).ToHaveAttributeAsync("aria-pressed", "true");
        await grading.PressAsync("Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.CommittedAsync(1, ",4,3,flagged,");
        await grading.PressAsync("f", "Control+s");
        await grading.CommitsAsync(2);
        await grading.CommittedAsync(1, ",4,3,graded,");
    }

    [Fact]
    public async Task A_skip_asks_for_its_reason_and_keeps_it()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Control+Space");
        var dialog = grading.Page.Locator("dialog[open]");
        await Assertions.Expect(dialog.Locator("textarea")).ToBeFocusedAsync();
        await grading.PressAsync("Control+Enter", "Escape");
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Score("functionality", 4)).ToBeCheckedAsync();

        await grading.PressAsync("Control+Space");
        await Assertions.Expect(dialog.Locator("textarea")).ToBeFocusedAsync();
        await grading.Page.Keyboard.TypeAsync("4 of 5 bars are blank");
        await grading.PressAsync("Control+Enter");
        await grading.AtAsync(2);
        await grading.CommittedAsync(1, ",,,skipped,4 of 5 bars are blank,");
        await grading.PressAsync("ArrowLeft");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Skipped");
        await Assertions.Expect(grading.Form).ToContainTextAsync("You skipped this output");
    }
}
