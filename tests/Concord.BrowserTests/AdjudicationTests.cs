using Concord.BrowserTests.Support;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.BrowserTests;

/// <summary><c>concord grade --adjudicate</c>: a lead decides by keys, says why, and can take it back.</summary>
public sealed class AdjudicationTests(Chromium chromium)
{
    [Fact]
    public async Task A_lead_sees_the_grades_side_by_side_decides_with_a_reason_and_takes_it_back()
    {
        await using var grading = await GradingPage.OpenAsync(chromium, Repository(), GradingMode.Adjudicate);
        var page = grading.Page;
        await Assertions.Expect(page.Locator(".badge").First).ToHaveTextAsync("Adjudication");
        foreach (var words in new[] { "ben", "cleo", "peerwords", "far apart" })
            await Assertions.Expect(page.Locator(".peers").First).ToContainTextAsync(words);

        await grading.PressAsync("3", "Enter", "4", "Control+Enter");
        await Assertions.Expect(grading.Said).ToContainTextAsync("A decision needs its reason.");
        await Assertions.Expect(page.Locator("#notes")).ToBeFocusedAsync();
        Assert.Equal(0, await grading.CommitsAsync());
        await page.Keyboard.TypeAsync("cleo is right about the axis");
        await grading.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".end")).ToBeVisibleAsync();
        await grading.CommittedAsync(1, ",3,4,graded,cleo is right about the axis,");
        Assert.EndsWith(".adjudicated.csv", Files(grading), StringComparison.Ordinal);

        await grading.PressAsync("ArrowLeft");
        await grading.AtAsync(1);
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        var back = page.GetByRole(AriaRole.Button, new() { Name = "Take back" });
        for (var i = 0; i < 10 && !await back.EvaluateAsync<bool>("e => e === document.activeElement"); i++)
            await grading.PressAsync("Tab");
        await grading.PressAsync("Enter");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Taken back");
        await Assertions.Expect(page.Locator("input:checked")).ToHaveCountAsync(0);
        await grading.CommittedAsync(1, ",,,withdrawn,cleo is right about the axis,");
        await grading.CommitsAsync(2);
        await Assertions.Expect(page.Locator(".progress")).ToContainTextAsync("0 of 1");
    }

    [Fact]
    public async Task A_lead_neither_skips_nor_flags()
    {
        await using var grading = await GradingPage.OpenAsync(chromium, Repository(), GradingMode.Adjudicate);
        await grading.PressAsync("Control+Space", "f", "3");
        await Assertions.Expect(grading.Score("functionality", 3)).ToBeCheckedAsync();
        await Assertions.Expect(grading.Page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Assertions.Expect(grading.Page.Locator(".flag")).ToHaveCountAsync(0);
    }

    private static string Files(GradingPage grading) =>
        grading.Repository.Git("diff", "--name-only", "main", "grading/" + Path.GetFileName(Session(grading)));

    private static string Session(GradingPage grading) =>
        Directory.EnumerateDirectories(grading.Repository[".git/concord/grading"], "ada-*").Single();

    private static TestRepository Repository()
    {
        var repository = Benchmarks.Drawing();
        var ben = File.ReadAllLines(repository["grades/ben-2026-11-02.csv"]);
        repository.Write(
            "grades/cleo-2026-11-03.csv",
            $"{ben[0]}\n{ben[1].Replace(",2,1,", ",5,1,", StringComparison.Ordinal).Replace("peerwords", "far apart", StringComparison.Ordinal)}\n"
        );
        repository.Commit("graded");
        return repository;
    }
}
