using Concord.BrowserTests.Support;
using Concord.Tests.Support;

namespace Concord.BrowserTests;

/// <summary>The real program, killed under an open page and started again.</summary>
public sealed class KilledHostTests(Chromium chromium)
{
    private const string Branch = "refs/heads/grading/ada-*";

    [Fact]
    public async Task A_page_goes_on_when_its_host_was_killed_and_started_again()
    {
        using var repository = Benchmarks.Drawing();
        using var first = await GradeProgram.StartAsync(repository);
        var page = await OpenAsync(first);
        await PressAsync(page, "4", "Enter", "3", "Control+Enter");
        await AtAsync(page, 2);
        first.Kill();
        await PressAsync(page, "5", "Enter", "1", "Control+Enter");
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("Not saved, trying again at");
        await AtAsync(page, 2);

        using var second = await GradeProgram.StartAsync(repository);
        Assert.Equal(first.Address, second.Address);
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("commit");
        await PressAsync(page, "ArrowRight");
        await AtAsync(page, 3);
        await Assertions.Expect(page.FrameLocator("iframe").Locator("h1")).ToBeVisibleAsync();
        await PressAsync(page, "2", "Enter", "2", "Control+Enter");
        await AtAsync(page, 4);

        var rows = Committed(repository);
        Assert.Equal(3, rows.Length);
        foreach (var scores in new[] { ",4,3,", ",5,1,", ",2,2," })
            Assert.Single(rows, r => r.Contains(scores + "graded,", StringComparison.Ordinal));
        Assert.DoesNotContain("error", repository.Git("fsck", "--full"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_host_killed_amid_a_commit_finishes_it_at_its_next_start_and_the_page_says_so()
    {
        using var repository = Benchmarks.Drawing();
        using var first = await GradeProgram.StartAsync(repository);
        var page = await OpenAsync(first);
        Hooks.Hold(repository);
        await PressAsync(page, "4", "Enter", "3", "Control+s");
        await Hooks.HeldAsync(repository);
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("Saving");
        first.Kill();
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("Not saved, trying again at");
        await Assertions.Expect(page.Locator("input[name=score-functionality][value='4']")).ToBeCheckedAsync();
        Hooks.Release(repository);

        using var second = await GradeProgram.StartAsync(repository);
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("commit");
        Assert.Contains(",4,3,graded,", Assert.Single(Committed(repository)), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_draft_entered_while_the_host_was_dead_outlives_a_reload()
    {
        using var repository = Benchmarks.Drawing();
        using var first = await GradeProgram.StartAsync(repository);
        var page = await OpenAsync(first);
        first.Kill();
        await PressAsync(page, "4");
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("Draft not kept, trying again");
        await page.GotoAsync("about:blank");

        using var second = await GradeProgram.StartAsync(repository);
        await page.GotoAsync(second.Address.GetLeftPart(UriPartial.Authority));
        await AtAsync(page, 1);
        await Assertions.Expect(page.Locator("input[name=score-functionality][value='4']")).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator(".saved")).ToContainTextAsync("Draft kept");
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(GradeProgram program)
    {
        var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(program.Address.ToString());
        await AtAsync(page, 1);
        return page;
    }

    private static async Task AtAsync(IPage page, int number)
    {
        await Assertions.Expect(page.Locator(".blind")).ToContainTextAsync($"Output {number},");
        await page.Locator("#grade .fields:not([inert])").WaitForAsync();
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
            await page.Keyboard.PressAsync(key);
    }

    private static string[] Committed(TestRepository repository)
    {
        var branch = repository.Git("for-each-ref", "--format=%(refname)", Branch);
        var file = repository.Git("diff", "--name-only", "main", branch);
        return repository.Git("show", $"{branch}:{file}").Split('\n')[1..];
    }
}
