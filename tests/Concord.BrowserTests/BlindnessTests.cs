using System.Text;
using System.Text.RegularExpressions;
using Concord.BrowserTests.Support;
using Concord.Pipeline.Grading;
using Concord.Tests.Support;

namespace Concord.BrowserTests;

/// <summary>Nothing that the page is sent, keeps or shows names a model or a peer's word before one's own grade is saved.</summary>
public sealed partial class BlindnessTests(Chromium chromium)
{
    private const int Outputs = 6;

    // The output that ben has graded.
    private const string Shared = "<h1>Bars of fruit 1</h1>";
    private const string SharedModel = "acme/secretron-9";

    private static readonly string[] Names = ["acme", "secretron", "zenith", "quietly", "umbra", "hidden-3"];

    [Fact]
    public async Task A_walk_through_everything_names_no_model_place_commit_or_peer()
    {
        using var tap = new HostTap();
        var repository = WithScreenshot();
        await using var grading = await GradingPage.OpenAsync(chromium, repository);
        var console = new StringBuilder();
        grading.Page.Console += (_, message) => console.AppendLine(message.Text);

        await grading.EverywhereAsync(Outputs);
        await grading.PressAsync("4");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("Draft kept");
        await grading.ApiAsync("/api/items/nothing");
        await grading.ApiAsync("/api/nothing");
        var state = await grading.StateAsync();

        var secrets = Searched(Benchmarks.Secrets.Append(repository.Path));
        var answers = tap.Of(grading);
        Assert.Equal(Outputs, answers.Where(a => IsPreview(grading, a)).Select(a => a.Target).Distinct().Count());
        Assert.All(answers, a => Assert.All(secrets, s => Absent(s, a.Answer, a.Target)));
        Assert.All(secrets, s => Absent(s, state + console, "the page"));
        Assert.Contains("Bars of fruit", state, StringComparison.Ordinal);
        Assert.All(
            console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.StartsWith("Failed to load resource", line, StringComparison.Ordinal)
        );
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{answers.Count} answers, {answers.Sum(a => a.Answer.Length)} characters, {secrets.Count} forms of {Benchmarks.Secrets.Length + 1} secrets"
        );
    }

    [Fact]
    public async Task A_hook_that_names_models_and_places_is_shown_without_them()
    {
        using var tap = new HostTap();
        var repository = Benchmarks.Drawing();
        Hooks.Write(
            repository,
            "echo \"lint: benchmarks/outputs/bars/acme/secretron-9 and zenith/quietly-2, UMBRA too, in $PWD\" >&2\necho 'write more words' >&2\nexit 1\n"
        );
        await using var grading = await GradingPage.OpenAsync(chromium, repository);

        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");
        await grading.Page.GetByText("Why", new() { Exact = true }).ClickAsync();

        await Assertions.Expect(grading.Page.Locator(".why pre")).ToContainTextAsync("write more words");
        var secrets = Names.Append(repository.Path).ToArray();
        Assert.All(tap.Of(grading), a => Assert.All(secrets, s => Absent(s, a.Answer, a.Target)));
    }

    [Fact]
    public async Task Saving_shows_the_peers_of_that_output_and_no_model()
    {
        using var tap = new HostTap();
        await using var grading = await GradingPage.OpenAsync(chromium);
        var number = await grading.NumberOfAsync(Shared);
        await grading.TurnToAsync(number);
        await Assertions.Expect(grading.Page.Locator(".peers")).ToHaveCountAsync(0);

        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");

        await Assertions.Expect(grading.Page.Locator(".peers")).ToContainTextAsync("peerwords");
        for (var other = 1; other <= Outputs; other++)
        {
            await grading.TurnToAsync(other);
            await Assertions.Expect(grading.Page.Locator(".peers")).ToHaveCountAsync(other == number ? 1 : 0);
        }
        await grading.EverywhereAsync(Outputs);
        Assert.Contains(tap.Of(grading), a => a.Answer.Contains("peerwords", StringComparison.Ordinal));
        Assert.All(tap.Of(grading), a => Assert.All(Names, n => Absent(n, a.Answer, a.Target)));
    }

    [Fact]
    public async Task A_skip_shows_nothing()
    {
        using var tap = new HostTap();
        await using var grading = await GradingPage.OpenAsync(chromium);
        var number = await grading.NumberOfAsync(Shared);
        await grading.TurnToAsync(number);

        await grading.PressAsync("Control+ ");
        await grading.Page.Keyboard.TypeAsync("it does not load here");
        await grading.PressAsync("Control+Enter");
        await Assertions.Expect(grading.Page.Locator(".pick")).Not.ToContainTextAsync($"{number} of ");
        await grading.TurnToAsync(number);

        await Assertions.Expect(grading.Form).ToContainTextAsync("You skipped this output");
        await Assertions.Expect(grading.Page.Locator(".peers")).ToHaveCountAsync(0);
        await grading.Page.ReloadAsync();
        await grading.ShowsAsync(number);
        Assert.All(tap.Of(grading), a => Assert.All(Benchmarks.Secrets, s => Absent(s, a.Answer, a.Target)));
    }

    [Fact]
    public async Task Where_the_benchmark_allows_it_each_model_is_named_once_its_own_output_is_saved()
    {
        using var tap = new HostTap();
        var repository = Benchmarks.Drawing();
        repository.Write(
            "benchmarks/benchmark.yaml",
            repository.Read("benchmarks/benchmark.yaml").Replace("blind: true", "blind: false", StringComparison.Ordinal)
        );
        repository.Commit("hushed subject");
        await using var grading = await GradingPage.OpenAsync(chromium, repository);
        await grading.EverywhereAsync(Outputs);
        Assert.All(tap.Of(grading), a => Assert.All(Benchmarks.Secrets, s => Absent(s, a.Answer, a.Target)));
        var number = await grading.NumberOfAsync(Shared);
        await grading.TurnToAsync(number);

        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");

        await Assertions.Expect(grading.Page.Locator(".blind")).ToContainTextAsync(SharedModel);
        await grading.EverywhereAsync(Outputs);
        var named = tap.Of(grading)
            .Where(a => Names.Any(n => a.Answer.Contains(n, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        Assert.NotEmpty(named);
        var saved = Assert.Single(
            tap.Of(grading),
            a => a.Method == "PUT" && a.Target.EndsWith("/grade", StringComparison.Ordinal)
        );
        Assert.All(named, a => Assert.Equal(saved.Target[..^"/grade".Length], a.Target));
        Assert.All(named, a => Assert.All(Names[2..], n => Absent(n, a.Answer, a.Target)));
    }

    [Fact]
    public async Task A_review_gives_its_reasons_without_scores_and_names_until_the_own_grade_is_saved()
    {
        using var tap = new HostTap();
        var repository = Benchmarks.Drawing();
        repository.Write(
            "consensus/review.csv",
            "rank,challenge,model,output,criterion,graders,expected_loss,information_gain,reasons\n"
                + $"1,bars,{SharedModel},{OutputId(repository)},functionality,2,1,,scores from 1 to 5: range 4 reaches 3; flagged by ben\n"
        );
        repository.Commit("hushed subject");
        await using var grading = await GradingPage.OpenAsync(chromium, repository, GradingMode.Review);
        var reason = grading.Page.Locator(".strip.warn");

        await Assertions
            .Expect(reason)
            .ToContainTextAsync("The graders differ, or the consensus is unsure. A grader asks for another look.");
        await grading.EverywhereAsync(1);
        var secrets = Benchmarks.Secrets.Concat(["scores from", "flagged by", "range 4"]).ToArray();
        // The page's own words are no secret.
        Assert.All(
            tap.Of(grading).Where(a => !a.Target.StartsWith("/assets/", StringComparison.Ordinal)),
            a => Assert.All(secrets, s => Absent(s, a.Answer, a.Target))
        );
        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        await grading.Page.ReloadAsync();
        await grading.ReadyAsync();
        await grading.TurnToAsync(1);

        await Assertions.Expect(reason).ToContainTextAsync("scores from 1 to 5: range 4 reaches 3; flagged by ben");
        Assert.All(tap.Of(grading), a => Assert.All(Names, n => Absent(n, a.Answer, a.Target)));
    }

    [Fact]
    public async Task A_lead_who_decides_sees_the_grades_at_once_and_no_model()
    {
        using var tap = new HostTap();
        var repository = Benchmarks.Drawing();
        foreach (var (grader, score) in new[] { ("cleo", 5), ("dan", 1) })
            repository.Write(
                $"grades/{grader}-2026-11-03.csv",
                TestWorkspace.Header + $"bars,{SharedModel},{OutputId(repository)},{score},1,graded,,2026-11-03T09:00:00Z,30\n"
            );
        repository.Commit("hushed subject");
        await using var grading = await GradingPage.OpenAsync(chromium, repository, GradingMode.Adjudicate);
        await Assertions.Expect(grading.Page.Locator(".peers tbody tr:not(.peer-note)")).ToHaveCountAsync(3);

        await grading.PressAsync("4", "ArrowDown", "3", "ArrowDown");
        await grading.Page.Keyboard.TypeAsync("it draws what was asked");
        await grading.PressAsync("Control+s");

        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
        var state = await grading.StateAsync();
        Assert.All(Names, n => Absent(n, state, "the page"));
        Assert.All(tap.Of(grading), a => Assert.All(Names.Append("hushed subject"), n => Absent(n, a.Answer, a.Target)));
    }

    private static TestRepository WithScreenshot()
    {
        var repository = Benchmarks.Drawing();
        repository.Write(
            $"benchmarks/outputs/bars/{SharedModel}/screenshot.png",
            Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
            )
        );
        repository.Commit("hushed subject");
        return repository;
    }

    // The grade of ben names it.
    private static string OutputId(TestRepository repository) =>
        DigestPattern().Match(repository.Read("grades/ben-2026-11-02.csv")).Value;

    private static bool IsPreview(GradingPage grading, Exchange answer) =>
        answer.Port == grading.Host.Names.PreviewPort && answer.Answer.Contains("<h1>", StringComparison.Ordinal);

    private static void Absent(string secret, string text, string where) =>
        Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"'{secret}' in {where}");

    /// <summary>The words themselves, and as base64 at any offset.</summary>
    private static IReadOnlyList<string> Searched(IEnumerable<string> secrets) =>
        [
            .. secrets.SelectMany(s =>
                Enumerable
                    .Range(0, 3)
                    .Select(offset =>
                        Convert
                            .ToBase64String(Encoding.UTF8.GetBytes(new string('x', offset) + s))[(offset == 0 ? 0 : 4)..]
                            .TrimEnd('=')[..^1]
                    )
                    .Where(b => b.Length > 4)
                    .Prepend(s)
            ),
        ];

    [GeneratedRegex("(?<=,)[0-9a-f]{12}(?=,)")]
    private static partial Regex DigestPattern();
}
