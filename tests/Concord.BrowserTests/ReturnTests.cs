using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>Coming, looking and going: what is kept of it.</summary>
public sealed class ReturnTests(Chromium chromium)
{
    [Fact]
    public async Task Merely_opening_outputs_saves_nothing()
    {
        var writes = 0;
        await using var grading = await GradingPage.OpenAsync(
            chromium,
            before: async page =>
            {
                await page.Clock.InstallAsync();
                page.Request += (_, request) => writes += request.Method == "GET" ? 0 : 1;
            }
        );
        for (var i = 2; i <= 6; i++)
        {
            await grading.PressAsync("ArrowDown", "v", "ArrowRight");
            await grading.AtAsync(i);
            await grading.Page.Clock.FastForwardAsync(60_000);
        }
        await grading.Page.ReloadAsync();
        await grading.AtAsync(6);
        await grading.Page.GotoAsync("about:blank");

        Assert.Equal(0, writes);
        Assert.Empty(grading.Drafts());
        Assert.Equal(0, await grading.CommitsAsync());
        Assert.Equal("", grading.Repository.Git("status", "--porcelain"));
    }

    [Fact]
    public async Task A_reload_comes_back_to_the_output_with_what_was_entered()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        await grading.AtAsync(2);
        await grading.PressAsync("5");
        await grading.Page.ReloadAsync();

        await grading.AtAsync(2);
        await Assertions.Expect(grading.Score("functionality", 5)).ToBeCheckedAsync();
        await Assertions.Expect(grading.Focused).ToHaveTextAsync("Aesthetics");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft kept");
        await grading.PressAsync("ArrowLeft");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Score("functionality", 4)).ToBeCheckedAsync();
        await Assertions
            .Expect(grading.SavedState)
            .ToContainTextAsync(
                $"commit {grading.Repository.Git("rev-parse", "--short=7", (await grading.Host.Opening).Session.Branch)}"
            );
    }

    [Fact]
    public async Task Back_and_forward_walk_over_the_outputs_that_were_open()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        await grading.AtAsync(2);
        await grading.PressAsync("1", "ArrowRight");
        await grading.AtAsync(3);

        await grading.Page.GoBackAsync();
        await grading.AtAsync(2);
        await Assertions.Expect(grading.Score("functionality", 1)).ToBeCheckedAsync();
        await grading.Page.GoBackAsync();
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Score("aesthetics", 3)).ToBeCheckedAsync();
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.Page.GoForwardAsync();
        await grading.AtAsync(2);
        await Assertions.Expect(grading.Score("functionality", 1)).ToBeCheckedAsync();
        await grading.CommitsAsync(1);
    }

    [Fact]
    public async Task An_address_names_its_output()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await grading.Page.GotoAsync($"{grading.Origin}/#4");
        await grading.AtAsync(4);
        var other = await grading.Context.NewPageAsync();
        await other.GotoAsync($"{grading.Origin}/#5");
        await grading.AtAsync(5, other);
    }
}
