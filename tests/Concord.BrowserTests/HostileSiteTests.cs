using System.Globalization;
using System.Text.Json;
using Concord.BrowserTests.Support;
using Concord.Tests.Support;

namespace Concord.BrowserTests;

/// <summary>A page of somebody else in another tab of the browser that grades.</summary>
public sealed class HostileSiteTests(Chromium chromium)
{
    private const int Attempts = 24;

    /// <summary>Another site, and another port of the page's own name: that one gets the cookie.</summary>
    [Theory]
    [InlineData("localhost", "cross-site")]
    [InlineData("127.0.0.1", "same-site")]
    public async Task Nothing_that_another_page_sends_is_answered_or_saved(string name, string site)
    {
        using var tap = new HostTap();
        await using var grading = await GradingPage.OpenAsync(chromium);
        var before = grading.Repository.Git("for-each-ref");
        await using var other = await OtherSite.StartAsync(await AttackAsync(grading));

        var tab = await grading.Context.NewPageAsync();
        await tab.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"http://{name}:{other.Port}/"));
        await tab.WaitForFunctionAsync("() => window.done");
        var outcome = await tab.EvaluateAsync<Dictionary<string, string>>("() => window.outcome");
        // The forms and frames answer into frames.
        var attacks = tap.At(grading.Host.Names.Port)
            .Where(e => e.Target.Contains("attack=", StringComparison.Ordinal))
            .ToArray();
        await tab.CloseAsync();

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{attacks.Length} requests came: {string.Join(", ", attacks.Select(a => $"{a.Target.Split("attack=")[1]} {a.Status}"))}\n{JsonSerializer.Serialize(outcome)}"
        );
        Assert.All(attacks, a => Assert.True(a.Status is 401 or 403 or 415, a.ToString()));
        Assert.InRange(attacks.Select(a => a.Target.Split("attack=")[1]).Distinct().Count(), Attempts, int.MaxValue);
        Assert.Contains(attacks, a => a.Header("Sec-Fetch-Site") == site);
        Assert.Contains(attacks, a => a.Header("Origin") == "null");
        Assert.Equal(site == "same-site", attacks.Any(a => a.Header("Cookie").Contains("concord-", StringComparison.Ordinal)));
        Assert.DoesNotContain("IN", outcome.Values);
        await NothingSavedAsync(grading, before);
    }

    [Fact]
    public async Task A_name_that_is_made_to_lead_here_finds_nobody()
    {
        using var tap = new HostTap();
        var program = Concord.Pipeline.Browser.BrowserProgram.Find();
        await using var grading = await GradingPage.OpenAsync(chromium);
        var before = grading.Repository.Git("for-each-ref");
        var (port, previews) = (grading.Host.Names.Port, grading.Host.Names.PreviewPort);
        await using var browser = await chromium.Browser.BrowserType.LaunchAsync(
            new()
            {
                ExecutablePath = program.Path,
                Args = ["--host-resolver-rules=MAP rebind.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
            }
        );
        var page = await browser.NewPageAsync();
        // Even with the cookie: a name that led here before could have set one.
        var cookie = (await grading.Context.CookiesAsync())[0];
        await page.Context.AddCookiesAsync(
            [
                new()
                {
                    Name = cookie.Name,
                    Value = cookie.Value,
                    Domain = "rebind.example",
                    Path = "/",
                },
            ]
        );

        var first = await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"http://rebind.example:{port}/"));
        var inside = await page.EvaluateAsync<int[]>(
            """
            async () => Promise.all([
              fetch('/api/session'), fetch('/?token=x'), fetch('/assets/x.js'), fetch('/api/commit', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
            ].map(answer => answer.then(a => a.status, () => 0)))
            """
        );
        var preview = await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"http://rebind.example:{previews}/"));

        Assert.Equal((403, 403), (first!.Status, preview!.Status));
        Assert.All(inside, status => Assert.True(status is 0 or 403, $"{status}"));
        Assert.All(
            tap.At(port).Where(e => e.Header("Host").StartsWith("rebind", StringComparison.Ordinal)),
            e => Assert.Equal(403, e.Status)
        );
        Assert.Contains(
            tap.At(port),
            e => e.Header("Host").StartsWith("rebind", StringComparison.Ordinal) && e.Header("Cookie").Length > 0
        );
        await NothingSavedAsync(grading, before);
    }

    private static async Task NothingSavedAsync(GradingPage grading, string before)
    {
        var session = (await grading.ApiAsync("/api/session"))!.Value;
        Assert.All(session.GetProperty("items").EnumerateArray(), i => Assert.Equal("open", i.GetProperty("status").GetString()));
        Assert.Equal(before, grading.Repository.Git("for-each-ref"));
        Assert.Equal("", grading.Repository.Git("status", "--porcelain"));
        await grading.PressAsync("4", "ArrowDown", "3", "Control+s");
        await Assertions.Expect(grading.SavedState).ToContainTextAsync("commit");
    }

    /// <summary>A page that knows the port and even an output's key, and tries what a page can.</summary>
    private static async Task<string> AttackAsync(GradingPage grading)
    {
        var session = (await grading.ApiAsync("/api/session"))!.Value;
        var key = session.GetProperty("items")[0].GetProperty("key").GetString()!;
        var text = await File.ReadAllTextAsync(
            Path.Combine(SourceTree.Root, "tests/Concord.BrowserTests/Hostile/site.html"),
            TestContext.Current.CancellationToken
        );
        return text.Replace("ORIGIN", grading.Origin, StringComparison.Ordinal).Replace("KEY", key, StringComparison.Ordinal);
    }
}
