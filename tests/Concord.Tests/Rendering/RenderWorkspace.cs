using Concord.Core.Domain;
using Concord.Pipeline.Browser;
using Concord.Tests.Support;

namespace Concord.Tests.Rendering;

/// <summary>A workspace of pages to render, without grades.</summary>
internal static class RenderWorkspace
{
    public static void RequireBrowser()
    {
        Assert.SkipWhen(BrowserProgram.FindBrowser() is null, "There is no browser here; ./test installs one where it may.");
        Assert.SkipWhen(BrowserProgram.FindNode() is null, "There is no Node here, which drives the browser.");
    }

    public static TempFolder Create(string timeout = "10")
    {
        var folder = new TempFolder();
        folder.Write("benchmarks/benchmark.yaml", TestWorkspace.Benchmark + "\n");
        AddChallenge(folder, "bars", timeout);
        return folder;
    }

    public static void AddChallenge(TempFolder folder, string id, string timeout = "10", string more = "")
    {
        folder.Write(
            $"benchmarks/challenges/{id}/challenge.yaml",
            $"title: The {id}\nkind: visualization\nviewport: {{width: 800, height: 500}}\ntimeout: {timeout}\n{more}"
        );
        folder.Write($"benchmarks/challenges/{id}/prompt.md", "Draw.\n");
    }

    /// <summary>Pages of <see cref="TestPages"/> with the files that they load.</summary>
    public static TempFolder OfPages(int count)
    {
        var folder = Create();
        for (var i = 0; i < count; i++)
        {
            var model = $"lab/page-{i:00}";
            TestWorkspace.AddOutput(folder, "bars", model, TestPages.Html(i));
            folder.Write($"{FilesOf(model)}/data.csv", TestPages.Data);
            folder.Write($"{FilesOf(model)}/part.js", "export const name = 'module '; export const twice = n => n * 2;\n");
            folder.Write($"{FilesOf(model)}/worker.js", "onmessage = e => postMessage(e.data * 3);\n");
        }
        return folder;
    }

    public static string FilesOf(string model) => $"benchmarks/outputs/bars/{model}/files";

    /// <summary>What rendering wrote: each file's path and digest.</summary>
    public static SortedDictionary<string, string> Written(TempFolder folder)
    {
        var written = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in new[] { "screenshot.png", "render.json", "checks.json" })
        foreach (var file in Directory.EnumerateFiles(folder["benchmarks/outputs"], name, SearchOption.AllDirectories))
            written[Path.GetRelativePath(folder.Path, file)] = Fingerprint.Sha256(File.ReadAllBytes(file));
        return written;
    }

    public static async Task<CommandResult> RenderAsync(TempFolder folder, params string[] arguments) =>
        await CommandLine.RunAsync(folder.Path, ["render", .. arguments]);
}
