using Concord.BrowserTests.Support;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.BrowserTests;

/// <summary><c>concord grade --review</c>: what needs another look, why, and still blind.</summary>
public sealed class ReviewTests(Chromium chromium)
{
    private const string Header = "rank,challenge,model,output,criterion,graders,expected_loss,information_gain,reasons\n";
    private const string Graded = "bars,acme/secretron-9";
    private const string Other = "lines,umbra/hidden-3";

    [Fact]
    public async Task A_review_is_walked_by_keys_with_its_reasons_and_peers_are_shown_after_the_own_grade_alone()
    {
        await using var grading = await GradingPage.OpenAsync(chromium, Repository(), GradingMode.Review);
        var page = grading.Page;
        await Assertions.Expect(page.Locator(".badge").First).ToHaveTextAsync("Review");
        await Assertions.Expect(page.Locator(".progress")).ToContainTextAsync("0 of 2");
        await Assertions
            .Expect(page.Locator(".output .strip.warn"))
            .ToHaveTextAsync("Another look: The graders differ, or the consensus is unsure. A grader asks for another look.");
        await Assertions.Expect(page.Locator(".peers")).ToHaveCountAsync(0);

        await grading.PressAsync("4", "Enter", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await Assertions.Expect(page.Locator(".peers")).ToContainTextAsync("peerwords");
        await Assertions.Expect(page.Locator(".output .strip.warn")).ToContainTextAsync("scores from 1 to 5");
        await grading.PressAsync("Control+Enter");
        await grading.AtAsync(2);
        await Assertions.Expect(page.Locator(".output .strip.warn")).ToHaveTextAsync("Another look: Few people have graded it.");
        await grading.PressAsync("2", "Enter", "2", "Control+Enter");

        await Assertions.Expect(page.Locator(".end")).ToContainTextAsync("All done");
        Assert.StartsWith(Graded, await grading.RowAsync(1), StringComparison.Ordinal);
        await grading.CommittedAsync(1, ",4,3,graded,");
        await grading.CommittedAsync(2, ",2,2,graded,");
    }

    [Fact]
    public async Task What_one_graded_oneself_before_is_looked_at_again_and_may_stay_as_it_is()
    {
        var repository = Repository();
        var ben = File.ReadAllLines(repository["grades/ben-2026-11-02.csv"]);
        repository.Write(
            "grades/ada-2026-11-01.csv",
            $"{ben[0]}\n{ben[1].Replace(",2,1,", ",5,5,", StringComparison.Ordinal).Replace("peerwords", "mine", StringComparison.Ordinal)}\n"
        );
        repository.Commit("graded before");
        await using var grading = await GradingPage.OpenAsync(chromium, repository, GradingMode.Review);
        await grading.AtAsync(1);
        await Assertions.Expect(grading.Page.Locator(".progress")).ToContainTextAsync("0 of 2");
        await Assertions.Expect(grading.Score("functionality", 5)).ToBeCheckedAsync();

        await grading.PressAsync("Control+Enter");
        await grading.AtAsync(2);
        await Assertions.Expect(grading.Page.Locator(".progress")).ToContainTextAsync("1 of 2");
        Assert.Contains(
            ",5,5,graded,mine,",
            grading.Repository.Git("log", "-p", "-1", (await grading.Host.Opening).Session.Branch),
            StringComparison.Ordinal
        );
    }

    private static TestRepository Repository()
    {
        var repository = Benchmarks.Drawing();
        repository.Write(
            "consensus/review.csv",
            Header
                + $"1,{Graded},0123456789ab,functionality,2,1,,scores from 1 to 5: range 4 reaches 3; flagged by ben\n"
                + $"2,{Other},0123456789ab,functionality,0,,,0 of 2 graders\n"
        );
        repository.Commit("review");
        return repository;
    }
}
