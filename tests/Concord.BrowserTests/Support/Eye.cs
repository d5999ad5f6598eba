using System.Text.Json;
using Concord.Tests.Support;

namespace Concord.BrowserTests.Support;

/// <summary>axe over what a page shows, light and dark, wide and narrow.</summary>
internal sealed class Eye : IAsyncDisposable
{
    // What is in the output's frame is not ours.
    private const string Look = """
        axe.run({ exclude: ['iframe'] }, { iframes: false }).then(r => JSON.stringify({
          passes: r.passes.length,
          violations: r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.failureSummary)).join(' | ')),
        }))
        """;

    private const int FewestPasses = 15;

    private static readonly (int Width, int Height)[] Sizes = [(1280, 720), (390, 844)];
    private static readonly ColorScheme[] Colours = [ColorScheme.Light, ColorScheme.Dark];

    private readonly IPage _page;
    private readonly ICDPSession _debugger;
    private readonly string _axe;
    private readonly List<string> _findings = [];
    private int _views;

    private Eye(IPage page, ICDPSession debugger, string axe) => (_page, _debugger, _axe) = (page, debugger, axe);

    public static async Task<Eye> OpenAsync(GradingPage grading)
    {
        var axe = Path.Combine(SourceTree.Root, "src/Concord.Web/node_modules/axe-core/axe.min.js");
        Assert.SkipUnless(File.Exists(axe), "The page's packages are not here: npm ci in src/Concord.Web.");
        // Colours that are on their way are no colours.
        await grading.Page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        return new(
            grading.Page,
            await grading.Context.NewCDPSessionAsync(grading.Page),
            await File.ReadAllTextAsync(axe, TestContext.Current.CancellationToken)
        );
    }

    /// <summary>Looks at the page as it is now, four times.</summary>
    public async Task LookAsync(string view)
    {
        foreach (var (width, height) in Sizes)
        {
            await _page.SetViewportSizeAsync(width, height);
            foreach (var colours in Colours)
            {
                await _page.EmulateMediaAsync(new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
                // The page's policy lets no foreign script in, the debugger does.
                if (!await _page.EvaluateAsync<bool>("() => 'axe' in window"))
                    await _debugger.SendAsync("Runtime.evaluate", new() { ["expression"] = _axe });
                var found = JsonDocument.Parse(await _page.EvaluateAsync<string>(Look)).RootElement;
                var name = $"{view}, {width}, {colours}";
                Assert.True(found.GetProperty("passes").GetInt32() >= FewestPasses, name);
                _findings.AddRange(found.GetProperty("violations").EnumerateArray().Select(v => $"{name}: {v}"));
                var wide = await _page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
                if (wide > width)
                    _findings.Add($"{name}: {wide} px wide");
                _views++;
            }
        }
        await _page.SetViewportSizeAsync(Sizes[0].Width, Sizes[0].Height);
    }

    public void Report()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{_views} views, {_findings.Count} findings");
        Assert.Empty(_findings);
    }

    public async ValueTask DisposeAsync() => await _debugger.DetachAsync();
}
