using System.Globalization;
using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>A session as a person grades it: by keys alone, slowly or fast.</summary>
public sealed class KeyboardSessionTests(Chromium chromium)
{
    private const int Outputs = 6;

    [Fact]
    public async Task A_whole_queue_is_graded_by_keys_alone()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        for (var i = 1; i <= Outputs; i++)
        {
            await Assertions.Expect(grading.Page.Locator(".blind")).ToContainTextAsync($"Output {i},");
            await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        }
        await Assertions.Expect(grading.Page.Locator(".end")).ToBeVisibleAsync();
        var rows = (await grading.CommittedAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Outputs + 1, rows.Length);
        Assert.All(rows[1..], r => Assert.Contains(",4,3,graded,", r, StringComparison.Ordinal));
        await grading.CommitsAsync(Outputs);
        Assert.Equal("main", grading.Repository.Git("branch", "--show-current"));
    }

    [Fact]
    public async Task Who_types_a_whole_queue_without_looking_up_loses_nothing()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        for (var i = 1; i <= Outputs; i++)
            await grading.PressAsync(Digit(i), "Enter", Digit(i + 2), "Control+Enter");

        await Assertions.Expect(grading.Page.Locator(".end")).ToBeVisibleAsync();
        for (var i = 1; i <= Outputs; i++)
            await grading.CommittedAsync(i, $",{Digit(i)},{Digit(i + 2)},graded,");
    }

    [Fact]
    public async Task Keys_typed_while_an_output_loads_are_that_outputs()
    {
        var gate = new Gate();
        await using var grading = await GradingPage.OpenAsync(
            chromium,
            before: page => gate.HoldAsync(page, "**/api/items/*", "GET", after: 1)
        );
        await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        await Assertions.Expect(grading.Page.GetByText("Loading …")).ToBeVisibleAsync();

        await grading.PressAsync("5", "Enter", "1", "Control+Enter", "2");
        gate.Open();

        await grading.AtAsync(3);
        await Assertions.Expect(grading.Score("functionality", 2)).ToBeCheckedAsync();
        await grading.CommittedAsync(1, ",4,3,graded,");
        await grading.CommittedAsync(2, ",5,1,graded,");
    }

    [Fact]
    public async Task What_is_typed_after_saving_from_the_notes_is_the_next_outputs()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        Hooks.Hold(grading.Repository);
        await grading.PressAsync("4", "Enter", "3", "Enter");
        await grading.Page.Keyboard.TypeAsync("good 5");
        await grading.PressAsync("Control+Enter", "5", "Enter", "1");
        Hooks.Release(grading.Repository);

        await grading.AtAsync(2);
        await Assertions.Expect(grading.Score("functionality", 5)).ToBeCheckedAsync();
        await Assertions.Expect(grading.Score("aesthetics", 1)).ToBeCheckedAsync();
        await Conditions.UntilAsync(
            async () => (await grading.RowAsync(1)).Contains(",4,3,graded,good 5,", StringComparison.Ordinal),
            "the note as it was typed"
        );
    }

    [Fact]
    public async Task An_incomplete_grade_is_not_saved_and_says_what_is_missing()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Control+Enter");

        await Assertions.Expect(grading.Said).ToContainTextAsync("Score Aesthetics first");
        await Assertions.Expect(grading.Focused).ToHaveTextAsync("Aesthetics");
        await grading.AtAsync(1);
        Assert.Equal(0, await grading.CommitsAsync());
    }

    [Fact]
    public async Task Bare_Enter_and_Backspace_neither_submit_nor_discard()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3", "Backspace", "Delete", "Enter", "Escape", "Enter", "Enter", "Backspace");

        await grading.AtAsync(1);
        await Assertions.Expect(grading.Score("functionality", 4)).ToBeCheckedAsync();
        await Assertions.Expect(grading.Score("aesthetics", 3)).ToBeCheckedAsync();
        Assert.Equal(0, await grading.CommitsAsync());
    }

    [Fact]
    public async Task Keys_that_come_faster_than_frames_reach_their_criterion()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        // As on a busy machine: the page runs between two keys, and paints nothing.
        await grading.Page.EvaluateAsync(
            """
            async () => {
              for (const key of ['4', 'Enter', '3']) {
                (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
                await new Promise((done) => { const turn = new MessageChannel(); turn.port1.onmessage = done; turn.port2.postMessage(0); });
              }
            }
            """
        );
        await grading.PressAsync("Control+Enter");

        await Assertions.Expect(grading.Page.Locator(".blind")).ToContainTextAsync("Output 2,");
        Assert.Contains(",4,3,graded,", await grading.CommittedAsync(), StringComparison.Ordinal);
    }

    private static string Digit(int i) => (i % 6).ToString(CultureInfo.InvariantCulture);
}
