using System.Diagnostics;
using System.Globalization;
using Concord.Core.Domain;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Rendering;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;
using Concord.Tests.Rendering;

namespace Concord.Performance;

/// <summary>
/// Pages a second, side by side in one run: 'concord render' as it is, and the plain way, a browser launched for every page
/// that draws the same picture and nothing more. The two take turns, so that a busy machine is busy for both.
/// </summary>
internal static class RenderThroughput
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(int pages, int workers)
    {
        var root = Directory.CreateTempSubdirectory("concord-throughput-").FullName;
        try
        {
            Write(root, pages);
            using var tree = new WorkTree(root);
            var workspace = WorkspaceReader.Read(tree).Workspace!;
            var browser = BrowserProgram.Find();
            Console.WriteLine($"{pages} pages, {browser.Version}, {Environment.ProcessorCount} cores");
            var (ours, plain) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                plain.Add(await PlainAsync(root, workspace, browser));
                ours.Add(await OursAsync(root, tree, workspace, browser, workers));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round + 1}: a browser a page {plain[^1]:0.00}/s, concord render {ours[^1]:0.00}/s, ratio {ours[^1] / plain[^1]:0.00}"
                    )
                );
            }
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"median: a browser a page {Middle(plain):0.00}/s, concord render with {workers} workers {Middle(ours):0.00}/s, ratio {Middle(ours) / Middle(plain):0.00}"
                )
            );
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> OursAsync(
        string root,
        FileTree tree,
        Workspace workspace,
        BrowserProgram browser,
        int workers
    )
    {
        var run = new RenderRun(root, tree, browser, workers);
        var watch = Stopwatch.StartNew();
        var summary = await run.RunAsync(
            workspace,
            new([], [], Force: true),
            _ => { },
            (output, _) =>
            {
                if (output.Failure is not null)
                    throw new InvalidOperationException($"{output.Key}: {output.Failure}");
            },
            CancellationToken.None
        );
        return summary.Rendered.Count / watch.Elapsed.TotalSeconds;
    }

    // One after another, as scripts do it that launch, draw and close.
    private static async Task<double> PlainAsync(string root, Workspace workspace, BrowserProgram browser)
    {
        using var driver = await RunningDriver.StartAsync(browser);
        var watch = Stopwatch.StartNew();
        foreach (var output in workspace.Outputs)
        {
            await using var running = await driver.LaunchAsync();
            using var files = new WorkTree(Path.Combine(root, output.Key.Folder, "files"));
            var site = new OutputSite(files, VendorFolder.Open(root));
            var result = await PageVisit.MakeAsync(
                running,
                new("/index.html", 800, 500, null, 10_000, 25_000, 30_000, null),
                path => site.Serve(path) is { } file ? (file.ContentType, file.Bytes) : null
            );
            if (result.Failure is { } failure)
                throw new InvalidOperationException(failure);
            await File.WriteAllBytesAsync(Path.Combine(root, "plain.png"), result.Screenshot!);
        }
        return workspace.Outputs.Count / watch.Elapsed.TotalSeconds;
    }

    private static void Write(string root, int pages)
    {
        void File(string path, string text) =>
            AtomicFile.Replace(Path.Combine(root, path), System.Text.Encoding.UTF8.GetBytes(text));
        File("benchmarks/benchmark.yaml", "schema: 1\nname: pages\ncriteria:\n  - {id: quality, scale: {min: 0, max: 5}}\n");
        File("benchmarks/challenges/pages/challenge.yaml", "title: Pages\nviewport: {width: 800, height: 500}\ntimeout: 25\n");
        File("benchmarks/challenges/pages/prompt.md", "Draw.\n");
        for (var i = 0; i < pages; i++)
        {
            var folder = $"benchmarks/outputs/pages/lab/page-{i:000}";
            File($"{folder}/output.json", "{\"schema\":1,\"status\":\"ok\"}\n");
            File($"{folder}/files/index.html", TestPages.Html(i));
            File($"{folder}/files/data.csv", TestPages.Data);
            File($"{folder}/files/part.js", "export const name = 'module '; export const twice = n => n * 2;\n");
            File($"{folder}/files/worker.js", "onmessage = e => postMessage(e.data * 3);\n");
        }
    }
}
