using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

/// <summary>Pages that want to be measured as others than they are.</summary>
public sealed class LyingPagesTests
{
    private const string Wide = "<div style='width:3000px;height:3000px'>wide</div><p style='margin-left:-40px'>cut off</p>";

    [Theory]
    [InlineData("plain", "")]
    [InlineData(
        "properties",
        "for (const n of ['scrollWidth','scrollHeight']) Object.defineProperty(Element.prototype, n, {get: () => 1e308}); document.createTreeWalker = () => ({nextNode: () => null}); Range.prototype.getBoundingClientRect = () => ({width: 0, height: 0}); Math.max = () => NaN"
    )]
    [InlineData(
        "own",
        "for (const e of [document.documentElement, document.body]) Object.defineProperty(e, 'scrollWidth', {value: {valueOf: () => 'x'}}); document.querySelector = () => document.body; String.prototype.slice = () => 'x'.repeat(1e8)"
    )]
    [InlineData(
        "clobbered",
        "document.body.insertAdjacentHTML('beforeend', '<img name=documentElement><form name=body></form><form name=createTreeWalker></form><form name=createRange></form><form name=querySelector></form>')"
    )]
    public async Task A_page_is_measured_as_it_is(string name, string script)
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.Create();
        RenderWorkspace.AddChallenge(folder, "lies", more: "ready: 'svg.none'\n");
        TestWorkspace.AddOutput(folder, "lies", $"lab/{name}", $"<body style='margin:0'>{Wide}<script>{script}</script>");

        var run = await RenderWorkspace.RenderAsync(folder, "--challenge", "lies");

        Assert.True(run.ExitCode == 0, run.Error);
        var file = folder.Read($"benchmarks/outputs/lies/lab/{name}/checks.json");
        Assert.True(file.Length < 5000);
        var checks = JsonNode.Parse(file)!["checks"]!.AsArray().ToDictionary(c => (string)c!["check"]!, c => c!);
        Assert.False((bool)checks["ready"]["passed"]!);
        Assert.False((bool)checks["fits-viewport"]["passed"]!);
        Assert.InRange((double)checks["fits-viewport"]["value"]!, 6, 7);
        Assert.Equal("cut off", (string?)checks["overflow"]["detail"]);
        Assert.Equal(0, (await CommandLine.RunAsync(folder.Path, "render")).ExitCode);
    }
}
