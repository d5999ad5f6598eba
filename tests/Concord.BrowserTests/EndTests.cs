using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>The end of the queue.</summary>
public sealed class EndTests(Chromium chromium)
{
    [Fact]
    public async Task The_end_tells_what_was_graded_how_graders_agree_and_the_time()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        var page = grading.Page;
        await grading.PressAsync("4", "Enter", "3", "f", "Control+Enter");
        await grading.AtAsync(2);
        await grading.PressAsync("Control+Space");
        await Assertions.Expect(page.Locator("#reason")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("blank");
        await grading.PressAsync("Control+Enter");
        for (var i = 3; i <= 6; i++)
        {
            await grading.AtAsync(i);
            await grading.PressAsync("4", "Enter", "3", "Control+Enter");
        }

        var end = page.Locator(".end");
        await Assertions.Expect(end.GetByRole(AriaRole.Heading)).ToHaveTextAsync("All done. Thank you.");
        foreach (var (name, figure) in new[] { ("Graded", "4"), ("Flagged", "1"), ("Skipped", "1"), ("Left", "0") })
            await Assertions.Expect(Figure(page, name)).ToHaveTextAsync(figure);
        await Assertions
            .Expect(Figure(page, "Time spent"))
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[1-9][0-9]* (s|min)$"));
        await Assertions.Expect(end.Locator(".agreement tbody tr")).ToHaveCountAsync(2);
        await Assertions.Expect(end.Locator(".agreement tbody tr").First).ToContainTextAsync("Functionality");

        await end.GetByRole(AriaRole.Button, new() { Name = "Open pull request" }).PressAsync("Enter");
        var branch = (await grading.Host.Opening).Session.Branch;
        await Assertions
            .Expect(end.Locator(".strip"))
            .ToContainTextAsync($"Pushed to 'origin'. Open a pull request from {branch}");
        Assert.Equal("1", grading.Repository.Git("rev-list", "--count", $"main..origin/{branch}"));
        await grading.PressAsync("ArrowLeft");
        await grading.AtAsync(6);
    }

    [Fact]
    public async Task Walking_past_the_last_output_tells_what_is_left_and_nothing_of_agreement()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        var page = grading.Page;
        await page.GotoAsync($"{grading.Origin}/#6");
        await grading.AtAsync(6);
        await grading.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator(".end")).ToContainTextAsync("The end of the queue, with some left");
        await Assertions.Expect(Figure(page, "Left")).ToHaveTextAsync("6");
        await Assertions.Expect(page.Locator(".agreement")).ToHaveCountAsync(0);
        await grading.PressAsync("Control+Enter");
        await grading.AtAsync(1);
    }

    [Fact]
    public async Task Where_there_is_no_remote_nothing_offers_to_hand_in()
    {
        await using var grading = await GradingPage.OpenAsync(chromium, remote: false);
        await grading.Page.GotoAsync($"{grading.Origin}/#6");
        await grading.AtAsync(6);
        await grading.PressAsync("ArrowRight");

        var end = grading.Page.Locator(".end");
        await Assertions
            .Expect(end)
            .ToContainTextAsync("This clone has no remote to hand them in at. Your grades are safe on their branch.");
        await Assertions.Expect(end.GetByRole(AriaRole.Button, new() { Name = "Open pull request" })).ToHaveCountAsync(0);
    }

    private static ILocator Figure(IPage page, string name) =>
        page.Locator(".figures div").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).Locator("dd");
}
