using System.Text.Json.Nodes;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

/// <summary>The check <c>axe</c>, with axe-core as npm installs it.</summary>
public sealed class AuditTests(InstalledLibraries libraries)
{
    private const string Clean =
        "<!doctype html><html lang='en'><title>Clean</title><main><h1>Clean</h1><img alt='A dot' src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='></main>";
    private const string Faulty =
        "<!doctype html><html lang='en'><title>Faulty</title><main><h1>Faulty</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='><p style='color:#bbb;background:#fff'>Pale text</p></main>";
    private const string Found = "color-contrast (serious): 1; image-alt (critical): 1";

    // Each would hide the faults above, end the audit or the page, were it not for a world apart.
    private static readonly (string Name, string Script)[] Attacks =
    [
        ("promise", "Promise.prototype.then = Promise.resolve = Promise.all = () => ({})"),
        ("axe", "Object.defineProperty(window, 'axe', {get: () => ({run: () => Promise.resolve({violations: []})}), set() {}})"),
        ("array", "Array.prototype.map = Array.prototype.forEach = Array.prototype.filter = () => []"),
        ("query", "document.querySelectorAll = Document.prototype.querySelectorAll = Element.prototype.matches = () => []"),
        ("style", "window.getComputedStyle = () => ({}); window.setTimeout = () => {}"),
        ("json", "JSON.stringify = () => '[]'; Object.prototype.toJSON = () => 0"),
        (
            "listen",
            "addEventListener('message', e => e.stopImmediatePropagation(), true); EventTarget.prototype.addEventListener = null"
        ),
        ("loop", "Object.defineProperty(Element.prototype, 'shadowRoot', {get() { for (;;); }})"),
    ];

    [Fact]
    public async Task What_axe_finds_is_told_without_a_verdict_and_the_same_at_any_concurrency()
    {
        using var folder = await CreateAsync(withAxe: true);
        var concurrency = new List<SortedDictionary<string, string>>();

        foreach (var n in (string[])["1", "4"])
        {
            var run = await RenderWorkspace.RenderAsync(folder, "--force", "--concurrency", n);
            Assert.Equal((1, false), (run.ExitCode, run.Error.Contains("axe-core is not installed", StringComparison.Ordinal)));
            concurrency.Add(RenderWorkspace.Written(folder));
        }

        Assert.Equal(concurrency[0], concurrency[1]);
        Assert.Equal((null, 0, null), Axe(folder, "clean"));
        foreach (var model in Attacks.Select(a => a.Name).Prepend("faulty"))
            Assert.Equal((model, ((bool?)null, 2, Found)), (model, Axe(folder, model)));
        // Whose promises throw cannot be waited for.
        Assert.False((bool)Check(folder, "throws", "rendered")!["passed"]!);
        // What a page's markup can do is to leave the audit without a result; the page is drawn.
        var clobbered = Check(folder, "clobber", "axe");
        Assert.True(clobbered is null || (double)clobbered["value"]! >= 0);
        Assert.True((bool)Check(folder, "clobber", "rendered")!["passed"]!);
    }

    [Fact]
    public async Task Without_axe_core_there_is_no_such_check_and_it_is_said_once()
    {
        using var folder = await CreateAsync(withAxe: false);

        var run = await RenderWorkspace.RenderAsync(folder, "--models", "lab/faulty,lab/clean");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Null(Check(folder, "faulty", "axe"));
        Assert.True((bool)Check(folder, "faulty", "rendered")!["passed"]!);
        Assert.Equal(
            2,
            run.Error.Split("npm install --prefix benchmarks/vendor --save-dev axe-core", StringSplitOptions.None).Length
        );
    }

    [Fact]
    public async Task A_page_too_large_to_audit_is_drawn_all_the_same()
    {
        using var folder = await CreateAsync(withAxe: true);
        TestWorkspace.AddOutput(
            folder,
            "bars",
            "lab/large",
            "<!doctype html><html lang='en'><title>Large</title><script>document.write('<p style=\"color:#bbb\"><b>x</b></p>'.repeat(40000))</script>"
        );

        var run = await RenderWorkspace.RenderAsync(folder, "--models", "lab/large,lab/faulty");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True((bool)Check(folder, "large", "rendered")!["passed"]!);
        Assert.Equal((null, 2, Found), Axe(folder, "faulty"));
    }

    private async Task<TempFolder> CreateAsync(bool withAxe)
    {
        RenderWorkspace.RequireBrowser();
        var folder = RenderWorkspace.Create();
        RenderWorkspace.AddChallenge(folder, "bars", more: "checks: [axe]\n");
        if (withAxe)
            await libraries.AddToAsync(folder);
        TestWorkspace.AddOutput(folder, "bars", "lab/clean", Clean);
        TestWorkspace.AddOutput(folder, "bars", "lab/faulty", Faulty);
        TestWorkspace.AddOutput(
            folder,
            "bars",
            "lab/clobber",
            Faulty
                + "<form name='body'><input name='attributes'><input name='parentNode'></form><img name='documentElement' id='axe'>"
        );
        const string throws = "window.Promise = class { constructor() { throw 1 } }";
        foreach (var (name, script) in Attacks.Append(("throws", throws)))
            TestWorkspace.AddOutput(folder, "bars", $"lab/{name}", $"{Faulty}<script>{script}</script>");
        return folder;
    }

    private static (bool? Passed, double Value, string? Detail) Axe(TempFolder folder, string model)
    {
        var check = Check(folder, model, "axe");
        Assert.True(check is not null, model);
        return ((bool?)check["passed"], (double)check["value"]!, (string?)check["detail"]);
    }

    private static JsonNode? Check(TempFolder folder, string model, string name) =>
        JsonNode.Parse(folder.Read($"benchmarks/outputs/bars/lab/{model}/checks.json"))!["checks"]!
            .AsArray()
            .FirstOrDefault(c => (string)c!["check"]! == name);
}
