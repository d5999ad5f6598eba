using System.Collections.Concurrent;
using System.Text;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Rendering;

/// <summary>
/// The worker's side: a line of JSON in for each page and a line out, in the order in which they are done. Pages that are
/// drawn at the same time have a browser each; one driver serves them all. It ends with its input, and the browsers with it.
/// </summary>
public sealed class RenderWorker : IAsyncDisposable
{
    /// <summary>The hidden command that makes the program a worker.</summary>
    public const string Command = "render-worker";

    /// <summary>What pages are audited with, below <c>node_modules</c>.</summary>
    internal const string AuditFile = "axe-core/axe.min.js";

    internal const string Greeting = "ready";

    private readonly TextWriter _output;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<RunningBrowser> _idle = [];
    private readonly ConcurrentDictionary<string, Material> _materials = new(StringComparer.Ordinal);
    private readonly BrowserProgram _program = BrowserProgram.FindUnversioned();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RunningDriver? _driver;

    private RenderWorker(TextWriter output) => _output = output;

    /// <summary>Draws pages until the input ends.</summary>
    /// <param name="input">Jobs; who writes them decides how many are drawn at a time.</param>
    /// <param name="output">Answers; nothing else may write there.</param>
    /// <param name="cancellation">Ends the worker.</param>
    public static async Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellation)
    {
        await using var worker = new RenderWorker(output);
        worker._driver = await RunningDriver.StartAsync(worker._program);
        worker._idle.Add(await worker._driver.LaunchAsync());
        await worker.SayAsync(Greeting);
        while (true)
        {
            var read = input.ReadLineAsync(cancellation).AsTask();
            // What fails is a mistake of ours, or nobody reads the answers: the worker ends, and the parent tells that it did.
            if (await Task.WhenAny(read, worker._failed.Task) != read)
                await worker._failed.Task;
            if (await read is not { } line)
                return;
            _ = Task.Run(() => worker.AnswerAsync(line), cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_idle.Select(b => b.DisposeAsync().AsTask()));
        _driver?.Dispose();
    }

    private async Task AnswerAsync(string line)
    {
        try
        {
            var browser = _idle.TryTake(out var idle) ? idle : await _driver!.LaunchAsync();
            await SayAsync(RenderLines.Write(await DrawAsync(browser, RenderLines.ReadJob(line))));
            // One that is broken is not used again: the parent ends this worker.
            _idle.Add(browser);
        }
        catch (Exception e)
        {
            _failed.TrySetException(e);
        }
    }

    private async Task<RenderReply> DrawAsync(RunningBrowser browser, RenderJob job)
    {
        var material = _materials.GetOrAdd(job.Workspace, Material.Read);
        using var files = new WorkTree(job.Files);
        var site = new OutputSite(files, material.Vendor);
        var result = await PageVisit.MakeAsync(
            browser,
            job.Order with
            {
                Audit = job.Audits ? material.Axe : null,
            },
            path => site.Serve(path) is { } file ? (file.ContentType, file.Bytes) : null
        );
        if (result.Screenshot is not { } png)
            return new(job.Id, result, site.Libraries, site.MissingLibraries, null);
        var image = PngImage.Read(png);
        return new(
            job.Id,
            result with
            {
                Screenshot = ScreenshotPng.Smaller(image, png),
            },
            site.Libraries,
            site.MissingLibraries,
            image.Drawn()
        );
    }

    private async Task SayAsync(string line)
    {
        await _writing.WaitAsync();
        try
        {
            await _output.WriteAsync(line + "\n");
            await _output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>What pages of a workspace are served beside their own files.</summary>
    /// <param name="Vendor">Its libraries.</param>
    /// <param name="Axe">The source of axe-core; null where it is not installed.</param>
    private sealed record Material(VendorFolder Vendor, string? Axe)
    {
        public static Material Read(string workspace)
        {
            var vendor = VendorFolder.Open(workspace);
            return new(vendor, vendor.ReadRaw(AuditFile) is { } bytes ? Encoding.UTF8.GetString(bytes) : null);
        }
    }
}
