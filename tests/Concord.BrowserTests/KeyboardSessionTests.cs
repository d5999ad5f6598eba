using Concord.BrowserTests.Support;

namespace Concord.BrowserTests;

/// <summary>A session as a person grades it: by keys alone.</summary>
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
    }
}
