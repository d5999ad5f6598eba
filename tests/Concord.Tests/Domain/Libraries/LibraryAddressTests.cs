using Concord.Core.Domain.Libraries;

namespace Concord.Tests.Domain.Libraries;

public sealed class LibraryAddressTests
{
    [Theory]
    [InlineData("https://d3js.org/d3.v7.min.js", "d3", 7, null, false)]
    [InlineData("http://d3js.org/d3.v5.js", "d3", 5, null, false)]
    [InlineData("//d3js.org/d3.v7.8.5.min.js", "d3", 7, null, false)]
    [InlineData("https://d3js.org/d3-scale-chromatic.v1.min.js", "d3-scale-chromatic", 1, null, false)]
    [InlineData("https://d3js.org/topojson.v2.min.js", "topojson", 2, null, false)]
    [InlineData("https://cdn.jsdelivr.net/npm/d3", "d3", null, null, false)]
    [InlineData("https://cdn.jsdelivr.net/npm/d3@7", "d3", 7, null, false)]
    [InlineData("https://cdn.jsdelivr.net/npm/d3@7.8.5/dist/d3.min.js", "d3", 7, "dist/d3.min.js", false)]
    [InlineData("https://cdn.jsdelivr.net/npm/d3@7/+esm", "d3", 7, null, true)]
    [InlineData("https://cdn.jsdelivr.net/npm/chart.js@4/auto/+esm", "chart.js", 4, "auto", true)]
    [InlineData("https://cdn.jsdelivr.net/npm/@observablehq/plot@0.6/+esm", "@observablehq/plot", 0, null, true)]
    [InlineData("https://unpkg.com/d3@^7", "d3", 7, null, false)]
    [InlineData("https://unpkg.com/d3@latest/dist/d3.min.js", "d3", null, "dist/d3.min.js", false)]
    [InlineData("https://unpkg.com/d3?module", "d3", null, null, true)]
    [InlineData("https://unpkg.com/three@0.160.0/examples/jsm/", "three", 0, "examples/jsm/", false)]
    [InlineData("https://cdnjs.cloudflare.com/ajax/libs/d3/7.8.5/d3.min.js", "d3", 7, "d3.min.js", false)]
    [InlineData(
        "https://cdnjs.cloudflare.com/ajax/libs/Chart.js/4.4.0/chart.umd.min.js",
        "chart.js",
        4,
        "chart.umd.min.js",
        false
    )]
    [InlineData("https://esm.sh/d3@7", "d3", 7, null, true)]
    [InlineData("https://esm.sh/v135/*d3-sankey@0.12.3", "d3-sankey", 0, null, true)]
    [InlineData("https://esm.run/d3", "d3", null, null, true)]
    [InlineData("https://cdn.skypack.dev/d3@7", "d3", 7, null, true)]
    [InlineData("https://cdn.skypack.dev/pin/d3@v7.8.4-abc/mode=imports/optimized/d3.js", "d3", 7, null, true)]
    [InlineData("https://cdn.plot.ly/plotly-2.27.0.min.js", "plotly.js-dist-min", 2, null, false)]
    [InlineData("https://cdn.plot.ly/plotly-latest.min.js", "plotly.js-dist-min", null, null, false)]
    [InlineData("https://code.jquery.com/jquery-3.6.0.min.js", "jquery", 3, null, false)]
    public void Known_spellings_are_read(string address, string package, int? major, string? file, bool isModule) =>
        Assert.Equal(new(package, major, file, isModule), LibraryAddress.TryParse(address));

    [Theory]
    [InlineData("https://example.com/d3.v7.min.js")]
    [InlineData("https://d3js.org/")]
    [InlineData("https://d3js.org/getting-started")]
    [InlineData("https://cdn.jsdelivr.net/gh/user/repo/file.js")]
    [InlineData("https://unpkg.com/")]
    [InlineData("https://fonts.googleapis.com/css2?family=Inter")]
    [InlineData("https://d3js.org.evil.example/d3.v7.min.js")]
    [InlineData("d3.v7.min.js")]
    [InlineData("https://cdnjs.cloudflare.com/ajax/libs/x;touch${IFS}y/1.0.0/x.js")]
    public void Others_are_not(string address) => Assert.Null(LibraryAddress.TryParse(address));

    [Fact]
    public void A_name_is_what_npm_takes() =>
        Assert.Equal("d3@5", LibraryAddress.TryParse("https://d3js.org/d3.v5.min.js")!.Name);
}
