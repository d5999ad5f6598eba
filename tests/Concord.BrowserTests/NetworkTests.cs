using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>A page that cannot reach its host keeps the work, says so, and tries again.</summary>
public sealed class NetworkTests(Chromium chromium)
{
    [Fact]
    public async Task Offline_the_work_stays_and_is_saved_when_the_network_is_back()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.Context.SetOfflineAsync(true);
        await grading.PressAsync("4", "Enter", "3", "Control+Enter");

        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Not saved, trying again at");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Score("functionality", 4)).ToBeCheckedAsync();
        await Assertions.Expect(grading.Score("aesthetics", 3)).ToBeCheckedAsync();
        Assert.Equal(0, await grading.CommitsAsync());

        await grading.Context.SetOfflineAsync(false);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.CommittedAsync(1, ",4,3,graded,");
    }

    [Fact]
    public async Task A_host_that_ended_is_tried_again_until_it_is_back()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("ArrowRight");
        await grading.AtAsync(2);
        await grading.PressAsync("ArrowLeft");
        await grading.AtAsync(1);
        await grading.StopHostAsync();
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Not saved");
        // The page goes on without it, with what it has.
        await grading.PressAsync("v", "v", "ArrowRight");
        await grading.AtAsync(2);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Not saved (output 1)");
        await grading.PressAsync("5", "Enter", "1");

        await grading.StartHostAsync();
        await grading.PressAsync("Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.CommitsAsync(2);
        await grading.CommittedAsync(1, ",4,3,graded,");
        await grading.CommittedAsync(2, ",5,1,graded,");
    }

    [Fact]
    public async Task An_output_that_could_not_be_fetched_comes_when_the_host_is_back()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.StopHostAsync();
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Not saved");
        await grading.Page.EvaluateAsync("() => { location.hash = '#5'; }");
        await Assertions.Expect(grading.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not answer");

        await grading.StartHostAsync();
        await grading.AtAsync(5);
        await grading.CommittedAsync(1, ",4,3,graded,");
    }

    [Fact]
    public async Task Work_that_could_not_be_saved_outlives_its_tab()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.Context.SetOfflineAsync(true);
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Not saved");
        await grading.Page.CloseAsync();
        await grading.Context.SetOfflineAsync(false);

        var back = await grading.AnotherTabAsync();
        await grading.CommitsAsync(1);
        await grading.CommittedAsync(1, ",4,3,graded,");
        await back.GotoAsync($"{grading.Origin}/#1");
        await grading.AtAsync(1, back);
        await Assertions.Expect(back.Locator(".saved")).ToContainTextAsync("commit");
    }

    [Fact]
    public async Task Leaving_with_unsaved_work_is_asked_about()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.Context.SetOfflineAsync(true);
        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Not saved");
        var asked = new TaskCompletionSource<string>();
        grading.Page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };
        await grading.Page.CloseAsync(new() { RunBeforeUnload = true });
        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await grading.AtAsync(1);
    }

    [Fact]
    public async Task A_save_whose_answer_is_lost_is_no_conflict_with_itself()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        var attempts = 0;
        await grading.Page.RouteAsync(
            "**/grade",
            async route =>
            {
                if (Interlocked.Increment(ref attempts) > 1)
                {
                    await route.ContinueAsync();
                    return;
                }
                await route.FetchAsync();
                await route.AbortAsync();
            }
        );
        await grading.PressAsync("4", "Enter", "3", "Control+s");

        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.CommitsAsync(1);
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_draft_that_cannot_be_kept_is_said_and_tried_again()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.Context.SetOfflineAsync(true);
        await grading.PressAsync("4");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft not kept, trying again");
        await grading.Context.SetOfflineAsync(false);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft kept");
        Assert.Single(grading.Drafts());
    }
}
