using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>What stands between a grade and its commit: slow disks, the user's hooks.</summary>
public sealed class CommitTests(Chromium chromium)
{
    private const string Record = """
        () => {
          const line = document.querySelector('.saved-text');
          window.lines = [];
          new MutationObserver(() => window.lines.push(line.innerText)).observe(line, { subtree: true, childList: true, characterData: true });
        }
        """;

    [Fact]
    public async Task On_a_slow_disk_the_page_says_Saving_and_stays_usable_and_says_Saved_after_the_commit()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        Hooks.Hold(grading.Repository);
        await grading.Page.EvaluateAsync(Record);
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Hooks.HeldAsync(grading.Repository);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Saving");
        await grading.PressAsync("v", "v");
        await Assertions.Expect(grading.Page.Locator("#tab-code")).ToHaveAttributeAsync("aria-selected", "true");
        await grading.PressAsync("ArrowRight");
        await grading.AtAsync(2);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Saving output 1");
        await grading.PressAsync("5");
        await Assertions.Expect(grading.Score("functionality", 5)).ToBeCheckedAsync();
        await grading.PressAsync("ArrowLeft");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Saving");
        Assert.Equal(0, await grading.CommitsAsync());
        Assert.DoesNotContain(
            await grading.Page.EvaluateAsync<string[]>("() => window.lines"),
            l => l.StartsWith("Saved", StringComparison.Ordinal)
        );

        Hooks.Release(grading.Repository);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Saved");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.CommitsAsync(1);
    }

    [Fact]
    public async Task A_slow_disk_does_not_hold_the_next_outputs_up()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        Hooks.Hold(grading.Repository);
        await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        await Hooks.HeldAsync(grading.Repository);
        await grading.AtAsync(2);
        await grading.PressAsync("5", "Enter", "1", "Control+Enter");
        await grading.AtAsync(3);
        await grading.PressAsync("2", "Enter", "2");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Saving output");
        Assert.Equal(0, await grading.CommitsAsync());

        Hooks.Release(grading.Repository);
        await grading.PressAsync("Control+Enter");
        await grading.AtAsync(4);
        await Assertions.Expect(grading.Page.Locator(".progress")).ToContainTextAsync("3 of 6");
        foreach (var (number, scores) in new[] { (1, ",4,3,"), (2, ",5,1,"), (3, ",2,2,") })
            await grading.CommittedAsync(number, scores + "graded,");
    }

    [Fact]
    public async Task A_hook_that_refuses_is_shown_and_the_grade_waits_safely_for_its_commit()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        Hooks.Refuse(grading.Repository, "no grades on Sundays");
        await grading.Page.EvaluateAsync(Record);
        await grading.PressAsync("4", "Enter", "3", "Control+s");

        await Assertions.Expect(grading.SavedState).ToContainTextAsync("not committed");
        await grading.SavedState.Locator("summary").ClickAsync();
        await Assertions.Expect(grading.SavedState.Locator("pre")).ToContainTextAsync("no grades on Sundays");
        Assert.DoesNotContain(
            await grading.Page.EvaluateAsync<string[]>("() => window.lines"),
            l => l.StartsWith("Saved", StringComparison.Ordinal)
        );
        Assert.Equal(0, await grading.CommitsAsync());
        var file = Directory
            .EnumerateFiles(grading.Repository[".git/concord/grading"], "ada-*.csv", SearchOption.AllDirectories)
            .Single();
        Assert.Contains(
            ",4,3,graded,",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );

        Hooks.Remove(grading.Repository);
        await grading.SavedState.GetByRole(AriaRole.Button, new() { Name = "Commit" }).ClickAsync();
        await Assertions.Expect(grading.SavedState).ToContainTextAsync(", commit ");
        await grading.CommittedAsync(1, ",4,3,graded,");
    }

    [Fact]
    public async Task What_waits_for_its_commit_goes_along_with_the_next_one()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        Hooks.Refuse(grading.Repository, "not now");
        await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        await grading.AtAsync(2);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("1 on disk, not committed");
        Hooks.Remove(grading.Repository);
        await grading.PressAsync("5", "Enter", "1", "Control+Enter");
        await grading.AtAsync(3);

        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Nothing entered yet");
        await grading.CommittedAsync(1, ",4,3,graded,");
        await grading.CommittedAsync(2, ",5,1,graded,");
        await grading.PressAsync("ArrowLeft", "ArrowLeft");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync(", commit ");
    }
}
