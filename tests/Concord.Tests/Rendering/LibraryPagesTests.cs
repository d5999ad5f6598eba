using System.Text.Json.Nodes;
using Concord.Pipeline.Rendering;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

/// <summary>Pages that load libraries from CDNs, with the libraries as npm installs them.</summary>
public sealed class LibraryPagesTests(InstalledLibraries libraries)
{
    private static readonly (string Name, string Html)[] Pages =
    [
        (
            "script",
            "<body><script src='https://d3js.org/d3.v7.min.js' integrity='sha384-x'></script><script>d3.select('body').append('svg').append('circle').attr('r',99)</script>"
        ),
        (
            "old",
            "<body><script src='https://cdnjs.cloudflare.com/ajax/libs/d3/5.16.0/d3.min.js'></script><script>d3.select('body').append('h1').text(d3.version + typeof d3.nest)</script>"
        ),
        (
            "module",
            "<body><script type='module'>import * as d3 from 'https://cdn.jsdelivr.net/npm/d3@7/+esm'; d3.select('body').append('svg').append('circle').attr('r',99)</script>"
        ),
        (
            "map",
            "<body><script type='importmap'>{\"imports\":{\"d3\":\"https://esm.sh/d3@7\",\"plot\":\"https://cdn.jsdelivr.net/npm/@observablehq/plot@0.6/+esm\"}}</script><script type='module'>import * as d3 from 'd3'; import * as Plot from 'plot'; document.body.append(Plot.barY(d3.range(9), {x: i => i, y: i => i}).plot())</script>"
        ),
        (
            "chart",
            "<body><canvas id='c' width='400' height='200'></canvas><script src='https://cdn.jsdelivr.net/npm/chart.js'></script><script>new Chart(c, {type: 'bar', data: {labels: ['a','b'], datasets: [{data: [1, 2]}]}})</script>"
        ),
        (
            "style",
            "<body><link rel='stylesheet' href='https://unpkg.com/leaflet@1.9.4/dist/leaflet.css'><script src='https://unpkg.com/leaflet@1.9.4/dist/leaflet.js'></script><div id='m' style='height:300px'></div><script>L.circle(L.map('m').setView([0,0],3) && [0,0], {radius: 9e5}).addTo(L.map(document.body.appendChild(Object.assign(document.createElement('div'),{style:'height:150px'}))).setView([0,0],2))</script>"
        ),
        (
            "sankey",
            "<body><script type='module'>import { sankey } from 'https://cdn.skypack.dev/d3-sankey@0.12'; document.body.append(typeof sankey)</script>"
        ),
    ];

    [Fact]
    public async Task Known_addresses_are_served_from_the_vendor_folder()
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.Create();
        await libraries.AddToAsync(folder);
        foreach (var (name, html) in Pages)
            TestWorkspace.AddOutput(folder, "bars", $"lab/{name}", html);
        TestWorkspace.AddOutput(folder, "bars", "lab/unknown", "<p>x</p><script src='https://d3js.org/d3.v4.min.js'></script>");

        var run = await RenderWorkspace.RenderAsync(folder);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("The library d3@4 is asked for and is not in benchmarks/vendor.", run.Error, StringComparison.Ordinal);
        Assert.Contains("npm install --prefix benchmarks/vendor d3-v4@npm:d3@4", run.Error, StringComparison.Ordinal);
        foreach (var (name, _) in Pages)
        {
            var record = folder.Read($"benchmarks/outputs/bars/lab/{name}/render.json");
            Assert.False(
                record.Contains("_errors", StringComparison.Ordinal) || record.Contains("missing_", StringComparison.Ordinal),
                name + record
            );
            Assert.True(Drawn(File.ReadAllBytes(folder[$"benchmarks/outputs/bars/lab/{name}/screenshot.png"])) > 0.0005, name);
        }
    }

    [Fact]
    public async Task The_real_charts_draw_at_least_what_their_own_screenshots_show()
    {
        RenderWorkspace.RequireBrowser();
        var vizhub = SourceTree.Reference("vizhub");
        using var folder = new TestRepository();
        var import = await CommandLine.RunAsync(folder.Path, "init");
        Assert.True(import.ExitCode == 0, import.Error);
        import = await CommandLine.RunAsync(folder.Path, "import", "vizhub", vizhub);
        Assert.True(import.ExitCode == 0, import.Error);
        await libraries.AddToAsync(folder);

        var run = await RenderWorkspace.RenderAsync(folder, "--json", "--challenge", "stockPriceChart");

        Assert.True(run.ExitCode == 0, run.Error);
        var outputs = JsonNode.Parse(run.Out)!["outputs"]!.AsArray();
        // Of the fifteen replies one names no files that are its own.
        Assert.True(outputs.Count >= 14, run.Out);
        foreach (var model in outputs.Select(o => (string)o!["model"]!))
        {
            var ours = Drawn(File.ReadAllBytes(folder[$"benchmarks/outputs/stockPriceChart/{model}/screenshot.png"]));
            var theirs = Drawn(
                await File.ReadAllBytesAsync(
                    $"{vizhub}/screenshots/stockPriceChart/{model}/output.png",
                    TestContext.Current.CancellationToken
                )
            );
            // Fonts differ between machines by some hundred pixels.
            Assert.True(ours >= theirs * 0.97, $"{model}: {ours} of {theirs}");
        }
    }

    private static double Drawn(byte[] png) => PngImage.Read(png).Drawn();
}
