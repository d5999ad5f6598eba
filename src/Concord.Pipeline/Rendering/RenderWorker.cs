using System.Text;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Rendering;

/// <summary>
/// The worker's side: one browser, one page after another, a line of JSON in and a line out. It ends with its input, and
/// the browser with it.
/// </summary>
public static class RenderWorker
{
    /// <summary>The hidden command that makes the program a worker.</summary>
    public const string Command = "render-worker";

    internal const string Greeting = "ready";

    /// <summary>Draws pages until the input ends.</summary>
    /// <param name="input">Jobs.</param>
    /// <param name="output">Answers; nothing else may write there.</param>
    /// <param name="cancellation">Ends the worker.</param>
    public static async Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellation)
    {
        await using var browser = await RunningBrowser.StartAsync(BrowserProgram.FindUnversioned());
        await SayAsync(output, Greeting);
        VendorFolder? vendor = null;
        string? audit = null;
        while (await input.ReadLineAsync(cancellation) is { } line)
        {
            var job = RenderLines.ReadJob(line);
            vendor ??= VendorFolder.Open(job.Workspace);
            if (job.Audits && audit is null)
                audit = vendor.ReadRaw("axe-core/axe.min.js") is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
            using var files = new WorkTree(job.Files);
            var site = new OutputSite(files, vendor);
            var result = await PageVisit.MakeAsync(
                browser,
                job.Order with
                {
                    Audit = job.Audits && audit is { Length: > 0 } ? audit : null,
                },
                path => site.Serve(path) is { } file ? (file.ContentType, file.Bytes) : null
            );
            double? drawn = null;
            if (result.Screenshot is { } png)
            {
                var image = PngImage.Read(png);
                drawn = image.Drawn();
                result = result with { Screenshot = ScreenshotPng.Smaller(image, png) };
            }
            await SayAsync(output, RenderLines.Write(new RenderReply(result, site.Libraries, site.MissingLibraries, drawn)));
            if (result.IsBroken)
                return;
        }
    }

    private static async Task SayAsync(TextWriter output, string line)
    {
        await output.WriteAsync(line + "\n");
        await output.FlushAsync(CancellationToken.None);
    }
}
