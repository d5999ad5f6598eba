using Concord.BrowserTests.Support;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.BrowserTests;

/// <summary>axe finds nothing on the real page: every view and dialog, light and dark, wide and narrow.</summary>
public sealed class AccessibilityTests(Chromium chromium)
{
    [Fact]
    public async Task A_session_from_the_first_output_to_the_end()
    {
        await using var grading = await GradingPage.OpenAsync(chromium);
        await using var eye = await Eye.OpenAsync(grading);
        var page = grading.Page;
        var shared = await grading.NumberOfAsync("<h1>Bars of fruit 1</h1>");
        await grading.TurnToAsync(shared);

        await eye.LookAsync("live");
        foreach (var view in new[] { "Screenshot", "Code", "Diff" })
        {
            await Assertions.Expect((await grading.ShowAsync(view)).Locator(".middle, .code")).Not.ToContainTextAsync("Loading");
            await eye.LookAsync(view);
        }
        await page.Locator("#view select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await Assertions.Expect(page.Locator(".code.diff")).ToBeVisibleAsync();
        await eye.LookAsync("diff of two");
        await grading.ShowAsync("Live");
        await page.Locator(".pick").ClickAsync();
        await eye.LookAsync("picker");
        await page.Keyboard.PressAsync("Escape");
        await grading.ShowAsync("Live");
        foreach (var key in new[] { "?", "Control+ " })
        {
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
            await eye.LookAsync("dialog " + key);
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        }
        await grading.PressAsync("4", "f");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft kept");
        await eye.LookAsync("draft");
        await grading.PressAsync("Control+s");
        await eye.LookAsync("incomplete");
        await grading.PressAsync("f", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await eye.LookAsync("saved, with peers");
        await ConflictAsync(grading, eye);
        await grading.PressAsync("ArrowRight");
        await grading.TurnToAsync(shared % 6 + 1);
        await page.Keyboard.PressAsync("Control+ ");
        await page.Keyboard.TypeAsync("it does not load");
        await page.Keyboard.PressAsync("Control+Enter");
        // It turns to the next one by itself; before that its own address changes nothing.
        await Assertions.Expect(page.Locator(".blind")).Not.ToContainTextAsync($"Output {shared % 6 + 1},");
        await grading.TurnToAsync(shared % 6 + 1);
        await eye.LookAsync("skipped");
        await EndAsync(grading, eye);
        await UnsavedAsync(grading, eye);
        eye.Report();
    }

    [Fact]
    public async Task Reviews_reveals_and_hooks_that_refuse()
    {
        var repository = Benchmarks.Drawing();
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository.Read("benchmarks/benchmark.yaml").Replace("blind: true", "blind: false", StringComparison.Ordinal)
        );
        var id = repository.Read("grades/ben-2026-11-02.csv").Split('\n')[1].Split(',')[2];
        repository.Write(
            "consensus/review.csv",
            "rank,challenge,model,output,criterion,graders,expected_loss,information_gain,reasons\n"
                + $"1,bars,acme/secretron-9,{id},functionality,2,1,,scores from 1 to 5: range 4 reaches 3; flagged by ben\n"
        );
        repository.Commit("open");
        await using var grading = await GradingPage.OpenAsync(chromium, repository, GradingMode.Review);
        await using var eye = await Eye.OpenAsync(grading);
        await eye.LookAsync("review");
        Hooks.Refuse(repository, "write more words");

        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");
        await grading.Page.GetByText("Why", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(grading.Page.Locator(".why pre")).ToContainTextAsync("write more words");
        await Assertions.Expect(grading.Page.Locator(".blind")).ToContainTextAsync("acme/secretron-9");
        await eye.LookAsync("revealed, not committed");
        eye.Report();
    }

    [Fact]
    public async Task Adjudication()
    {
        var repository = Benchmarks.Drawing();
        var id = repository.Read("grades/ben-2026-11-02.csv").Split('\n')[1].Split(',')[2];
        foreach (var (grader, score) in new[] { ("cleo", 5), ("dan", 1) })
            repository.Write(
                $"grades/{grader}-2026-11-03.csv",
                TestWorkspace.Header + $"bars,acme/secretron-9,{id},{score},1,graded,,2026-11-03T09:00:00Z,30\n"
            );
        repository.Commit("more");
        await using var grading = await GradingPage.OpenAsync(chromium, repository, GradingMode.Adjudicate);
        await using var eye = await Eye.OpenAsync(grading);

        await eye.LookAsync("split");
        await grading.PressAsync("4", "ArrowDown", "3", "ArrowDown");
        await grading.Page.Keyboard.TypeAsync("it draws what was asked");
        await grading.PressAsync("Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await eye.LookAsync("decided");
        await EndAsync(grading, eye);
        eye.Report();
    }

    private static async Task EndAsync(GradingPage grading, Eye eye)
    {
        var items = (await grading.ApiAsync("/api/session"))!.Value.GetProperty("items").GetArrayLength();
        await grading.TurnToAsync(items);
        await grading.PressAsync("Escape", "ArrowRight");
        await Assertions.Expect(grading.Page.Locator(".figures")).ToBeVisibleAsync();
        await grading.Page.GetByRole(AriaRole.Button, new() { Name = "Open pull request" }).ClickAsync();
        await Assertions.Expect(grading.Page.Locator(".end p[role=status]")).Not.ToBeEmptyAsync();
        await eye.LookAsync("end");
    }

    /// <summary>Two tabs on one output.</summary>
    private static async Task ConflictAsync(GradingPage grading, Eye eye)
    {
        var page = grading.Page;
        var address = page.Url;
        await grading.PressAsync("1");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft kept", new() { IgnoreCase = true });
        var other = await grading.Context.NewPageAsync();
        await other.GotoAsync(address);
        await grading.ReadyAsync(other);
        foreach (var key in new[] { "5", "ArrowDown", "5", "Control+s" })
            await other.Keyboard.PressAsync(key);
        await Assertions.Expect(other.Locator(".saved")).ToContainTextAsync("commit");
        await other.CloseAsync();
        await grading.PressAsync("Control+s");
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await Assertions.Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await eye.LookAsync("conflict");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep what was saved" }).ClickAsync();
    }

    /// <summary>The host is gone.</summary>
    private static async Task UnsavedAsync(GradingPage grading, Eye eye)
    {
        var page = grading.Page;
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Go on with output") }).ClickAsync();
        await grading.ReadyAsync();
        await Assertions.Expect(grading.Live().Locator("h1")).ToBeVisibleAsync();
        await grading.StopHostAsync();
        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");
        await page.GetByText("Why", new() { Exact = true }).ClickAsync();
        await eye.LookAsync("not saved");
        await grading.StartHostAsync();
    }
}
