using Concord.Core.Domain.Libraries;

namespace Concord.Tests.Domain.Libraries;

public sealed class LibraryLinksTests
{
    [Theory]
    [InlineData("<script src=\"https://d3js.org/d3.v7.min.js\"></script>", "<script src=\"/v/d3\"></script>")]
    [InlineData("<script src=https://d3js.org/d3.v7.min.js></script>", "<script src=/v/d3></script>")]
    [InlineData("<script src='//unpkg.com/d3@7'></script>", "<script src='/v/d3'></script>")]
    [InlineData("import * as d3 from \"https://cdn.jsdelivr.net/npm/d3@7/+esm\";", "import * as d3 from \"/v/d3!\";")]
    [InlineData("const d3 = await import(`https://esm.sh/d3`);", "const d3 = await import(`/v/d3!`);")]
    [InlineData("{\"imports\":{\"d3\":\"https://cdn.skypack.dev/d3@7\"}}", "{\"imports\":{\"d3\":\"/v/d3!\"}}")]
    [InlineData("@import url(https://unpkg.com/leaflet@1/dist/leaflet.css);", "@import url(/v/leaflet);")]
    [InlineData("@import 'https://unpkg.com/leaflet@1/dist/leaflet.css';", "@import '/v/leaflet';")]
    [InlineData(
        "<script integrity=\"sha384-abc\" crossorigin src=\"https://d3js.org/d3.v7.min.js\"></script>",
        "<script crossorigin src=\"/v/d3\"></script>"
    )]
    public void Addresses_in_script_tags_imports_import_maps_and_styles_are_replaced(string text, string expected) =>
        Assert.Equal(expected, LibraryLinks.Rewrite(text, Known).Text);

    [Theory]
    [InlineData("<p>See https://d3js.org/d3.v7.min.js for more.</p>")]
    [InlineData("<a href=\"https://d3js.org/getting-started\">D3</a>")]
    [InlineData("<script src=\"https://example.com/d3.js\" integrity=\"sha384-abc\"></script>")]
    [InlineData("// a comment")]
    [InlineData("")]
    public void What_asks_for_no_library_stays(string text)
    {
        var linked = LibraryLinks.Rewrite(text, Known);

        Assert.Equal((text, 0, 0), (linked.Text, linked.Served.Count, linked.Missing.Count));
    }

    [Fact]
    public void A_library_that_is_not_there_is_named_and_its_address_stays()
    {
        const string Text = "<script src=\"https://d3js.org/d3.v4.min.js\"></script>";

        var linked = LibraryLinks.Rewrite(Text, _ => null);

        Assert.Equal(Text, linked.Text);
        Assert.Equal("d3@4", Assert.Single(linked.Missing).Name);
    }

    [Theory]
    [InlineData(
        "export * from 'd3-array';\nimport { x } from \"./x.js\";",
        "export * from '/m/d3-array';\nimport { x } from \"./x.js\";"
    )]
    [InlineData("import\"a\";const b=import('@s/b/c');", "import\"/m/a\";const b=import('/m/@s/b/c');")]
    [InlineData("const s = 'from \"\"';", "const s = 'from \"\"';")]
    public void Bare_names_in_modules_get_addresses(string text, string expected) =>
        Assert.Equal(expected, LibraryLinks.RewriteImports(text, n => "/m/" + n));

    [Theory]
    [InlineData("export * from 'a'", true)]
    [InlineData("import{a}from\"b\";", true)]
    [InlineData("!function(t,n){\"object\"==typeof exports?n(exports):0}(this,function(t){})", false)]
    [InlineData("module.exports = 1;", false)]
    public void Modules_are_told_from_scripts(string text, bool isModule) => Assert.Equal(isModule, LibraryLinks.IsModule(text));

    private static string? Known(LibraryAddress address) =>
        address.Package is "d3" or "leaflet" ? $"/v/{address.Package}{(address.IsModule ? "!" : "")}" : null;
}
