using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

public sealed class RenderCommandTests
{
    private const string One = "benchmarks/outputs/bars/lab/one";

    [Fact]
    public async Task Only_what_changed_is_rendered_again()
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.Create();
        TestWorkspace.AddOutput(folder, "bars", "lab/one", "<svg><rect width='90' height='90'/></svg>");
        TestWorkspace.AddOutput(folder, "bars", "lab/two", "<p>two</p>");

        Assert.Equal((2, 0), await CountsAsync(folder));
        Assert.Equal((0, 2), await CountsAsync(folder));
        TestWorkspace.AddOutput(folder, "bars", "lab/two", "<p>changed</p>");
        Assert.Equal((1, 1), await CountsAsync(folder));
        File.Delete(folder[$"{One}/screenshot.png"]);
        Assert.Equal((1, 1), await CountsAsync(folder));
        folder.Write($"{One}/screenshot.png", "not the picture");
        Assert.Equal((1, 1), await CountsAsync(folder));
        RenderWorkspace.AddChallenge(folder, "bars", more: "ready: svg\n");
        Assert.Equal((2, 0), await CountsAsync(folder));
        Assert.Equal((1, 0), await CountsAsync(folder, "--force", "--models", "lab/one"));
    }

    [Fact]
    public async Task Checks_of_the_page_stand_beside_the_output()
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.Create();
        RenderWorkspace.AddChallenge(folder, "bars", more: "ready: \"#here\"\n");
        folder.Write("benchmarks/challenges/bars/files/index.html", "<p>start</p>");
        TestWorkspace.AddOutput(
            folder,
            "bars",
            "lab/one",
            "<svg id='here' width='300' height='100'><rect width='90' height='90'/></svg>"
        );
        TestWorkspace.AddOutput(folder, "bars", "lab/two", "<p>start</p>");
        TestWorkspace.AddOutput(
            folder,
            "bars",
            "lab/wide",
            "<body style='margin:0'><svg width='300' height='50'><text x='290' y='20'>cut off here</text></svg><div style='width:2000px;height:9px'></div>"
        );
        TestWorkspace.AddOutput(folder, "bars", "lab/blank", "<script>nothing.at.all()</script>");
        folder.Write($"{One}/checks.json", "{\"schema\":1,\"checks\":[{\"check\":\"tests\",\"passed\":true}]}");

        var run = await RenderWorkspace.RenderAsync(folder);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal([], Failed(folder, "one"));
        Assert.Equal(["changed-from-starter", "ready"], Failed(folder, "two"));
        Assert.Equal(["fits-viewport", "overflow", "ready"], Failed(folder, "wide"));
        Assert.Equal(["not-blank", "page-errors", "ready"], Failed(folder, "blank"));
        Assert.Contains(Checks(folder, "one"), c => (string)c!["check"]! == "tests");
    }

    [Fact]
    public async Task Checks_that_no_longer_apply_go()
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.Create();
        RenderWorkspace.AddChallenge(folder, "bars", more: "ready: svg\n");
        TestWorkspace.AddOutput(folder, "bars", "lab/one", "<svg><rect width='90' height='90'/></svg>");
        await RenderWorkspace.RenderAsync(folder);
        Assert.Contains("not-blank", Names());
        Assert.Contains("ready", Names());

        RenderWorkspace.AddChallenge(folder, "bars");
        await RenderWorkspace.RenderAsync(folder);
        Assert.Contains("not-blank", Names());
        Assert.DoesNotContain("ready", Names());

        // Without a page there is no picture that could be blank.
        File.Move(folder[$"{One}/files/index.html"], folder[$"{One}/files/index.txt"]);
        await RenderWorkspace.RenderAsync(folder);
        Assert.Contains("rendered", Names());
        Assert.DoesNotContain("not-blank", Names());

        string[] Names() => [.. Checks(folder, "one").Select(c => (string)c!["check"]!)];
    }

    [Fact]
    public async Task Parts_are_disjoint_and_together_all()
    {
        RenderWorkspace.RequireBrowser();
        // Which are chosen is all that is asked: where there is no page, no browser starts.
        using var folder = RenderWorkspace.OfPages(9);
        for (var i = 0; i < 9; i++)
            File.Delete(folder[$"{RenderWorkspace.FilesOf($"lab/page-{i:00}")}/index.html"]);
        var seen = new List<string>();
        for (var part = 1; part <= 3; part++)
        {
            var run = await RenderWorkspace.RenderAsync(folder, "--json", "--force", "--shard", $"{part}/3");
            Assert.True(run.ExitCode == 1, run.Error);
            seen.AddRange(JsonNode.Parse(run.Out)!["outputs"]!.AsArray().Select(o => (string)o!["model"]!));
        }

        Assert.Equal(Enumerable.Range(0, 9).Select(i => $"lab/page-{i:00}"), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_gallery_shows_every_output_and_runs_nothing()
    {
        RenderWorkspace.RequireBrowser();
        using var folder = RenderWorkspace.Create();
        folder.Write(
            "benchmarks/challenges/bars/challenge.yaml",
            "title: \"<script>alert(1)</script> & more\"\nkind: visualization\n"
        );
        TestWorkspace.AddOutput(folder, "bars", "lab/one", "<svg><rect width='90' height='90'/></svg>");
        folder.Write(
            "benchmarks/outputs/bars/lab/two/output.json",
            "{\"schema\":1,\"status\":\"error\",\"reason\":\"<b>no reply</b>\"}"
        );

        var run = await RenderWorkspace.RenderAsync(folder, "--gallery");

        Assert.Contains("wrote benchmarks/.cache/gallery/bars.html", run.Out, StringComparison.Ordinal);
        var page = folder.Read("benchmarks/.cache/gallery/bars.html");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;no reply&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        var picture = Path.Combine(
            folder["benchmarks/.cache/gallery"],
            "../../../benchmarks/outputs/bars/lab/one/screenshot.png"
        );
        Assert.Contains("src=\"../../../benchmarks/outputs/bars/lab/one/screenshot.png\"", page, StringComparison.Ordinal);
        Assert.True(File.Exists(picture));
    }

    [Theory]
    [InlineData("--challenge", "bar", "There is no challenge 'bar'.")]
    [InlineData("--models", "lab/on", "No output is by 'lab/on'.")]
    [InlineData("--shard", "3/2", "'3/2' is no shard.")]
    [InlineData("--concurrency", "0", "--concurrency should be from 1 to 64.")]
    public async Task Mistakes_are_told(string option, string value, string message)
    {
        using var folder = RenderWorkspace.Create();
        TestWorkspace.AddOutput(folder, "bars", "lab/one", "<p>one</p>");

        var run = await RenderWorkspace.RenderAsync(folder, option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Rendered, int Unchanged)> CountsAsync(TempFolder folder, params string[] arguments)
    {
        var run = await RenderWorkspace.RenderAsync(folder, ["--json", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        var document = JsonNode.Parse(run.Out)!;
        return ((int)document["rendered"]!, (int)document["unchanged"]!);
    }

    private static JsonArray Checks(TempFolder folder, string model) =>
        JsonNode.Parse(folder.Read($"benchmarks/outputs/bars/lab/{model}/checks.json"))!["checks"]!.AsArray();

    private static string[] Failed(TempFolder folder, string model) =>
        [.. Checks(folder, model).Where(c => (bool?)c!["passed"] == false).Select(c => (string)c!["check"]!)];
}
