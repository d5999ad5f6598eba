using System.Collections.Concurrent;
using System.Diagnostics;
using Concord.Core.Domain;
using Concord.Pipeline.Browser;
using Concord.Pipeline.Trees;
using Concord.Pipeline.Workspaces;

namespace Concord.Pipeline.Rendering;

/// <summary>What a run did with one output.</summary>
/// <param name="Key">The output.</param>
/// <param name="Failure">Why there is no picture; null where there is one.</param>
/// <param name="FailedChecks">The names of the automatic checks that it failed, but for the picture.</param>
/// <param name="MissingLibraries">Libraries that its pages asked for and that are not there.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record RenderedOutput(
    OutputKey Key,
    string? Failure,
    IReadOnlyList<string> FailedChecks,
    IReadOnlyList<string> MissingLibraries,
    double Seconds
);

/// <summary>What a run did.</summary>
/// <param name="Rendered">The outputs that were rendered, sorted.</param>
/// <param name="Unchanged">How many were as they were.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record RenderSummary(IReadOnlyList<RenderedOutput> Rendered, int Unchanged, double Seconds);

/// <summary>
/// Renders outputs of visualization challenges: workers draw, this side writes. Pages are drawn in company first. What may be
/// the company's doing is drawn once more when the others are done, in a browser of its own with the machine to itself: what
/// becomes of a page is never its neighbours' doing.
/// </summary>
/// <param name="root">The workspace.</param>
/// <param name="tree">Its files.</param>
/// <param name="browser">The browser.</param>
/// <param name="concurrency">How many pages at a time.</param>
public sealed class RenderRun(string root, FileTree tree, BrowserProgram browser, int concurrency)
{
    // A page without limits keeps its own process, the browser's, the driver's and the worker's busy.
    private const int ProcessorsOfAPage = 4;

    // A worker takes a second to start and a hundred megabytes; one of its browsers takes a tenth of that.
    private const int LanesOfAWorker = 4;

    /// <summary>What is the default: two pages a core, because pages also wait.</summary>
    public static int DefaultConcurrency => Math.Min(Environment.ProcessorCount * 2, 16);

    /// <summary>Renders what changed.</summary>
    /// <param name="workspace">The workspace as read.</param>
    /// <param name="selection">Which outputs.</param>
    /// <param name="note">Takes sentences for people.</param>
    /// <param name="progress">Takes each output as it is done, and how many there are; called by one at a time.</param>
    /// <param name="cancellation">Stops; what is written is whole.</param>
    public async Task<RenderSummary> RunAsync(
        Workspace workspace,
        RenderSelection selection,
        Action<string> note,
        Action<RenderedOutput, int> progress,
        CancellationToken cancellation
    )
    {
        var watch = Stopwatch.StartNew();
        var all = Chosen(workspace, selection);
        var stale = Stale(all, VendorFolder.LockDigest(root), selection.Force);
        // npm is asked only where a page that is to be drawn asks for a library.
        if (stale.Any(p => p.NeedsLibraries) && await VendorInstall.EnsureAsync(root, note, cancellation) is { } problem)
        {
            note($"Pages have no libraries: {problem}");
            stale = Stale(all, "none", selection.Force);
        }
        if (stale.Any(p => p.IsAudited) && VendorFolder.Open(root).ReadRaw(RenderWorker.AuditFile) is null)
            note(
                $"Pages are not checked for accessibility: axe-core is not installed. Add it: npm install --prefix {VendorFolder.Folder} --save-dev axe-core"
            );
        var queue = new ConcurrentQueue<StalePage>(stale);
        var again = new ConcurrentQueue<(StalePage Page, double Seconds)>();
        var done = new ConcurrentBag<RenderedOutput>();
        var oneAtATime = new Lock();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var lanes = Math.Min(concurrency, stale.Length);
        var workers = Enumerable
            .Range(0, lanes)
            .Chunk(LanesOfAWorker)
            .SelectMany(chunk => Enumerable.Repeat(new SharedWorker(chunk.Length), chunk.Length))
            .ToArray();
        try
        {
            await Task.WhenAll(workers.Select(worker => Task.Run(() => LaneAsync(worker), CancellationToken.None)));
        }
        finally
        {
            await Task.WhenAll(workers.Distinct().Select(w => w.DisposeAsync().AsTask()));
        }
        // The queue has what is left where no worker started.
        await Parallel.ForEachAsync(
            again.Concat(queue.Select(p => (Page: p, Seconds: 0.0))),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Clamp(Environment.ProcessorCount / ProcessorsOfAPage, 1, concurrency),
                CancellationToken = cancellation,
            },
            async (next, stopped) => await DrawAloneAsync(next.Page, next.Seconds, stopped)
        );
        return new([.. done.OrderBy(o => o.Key)], all.Length - stale.Length, watch.Elapsed.TotalSeconds);

        async Task LaneAsync(SharedWorker worker)
        {
            try
            {
                while (queue.TryDequeue(out var next) && await DrawInCompanyAsync(worker, next)) { }
            }
            catch
            {
                // The others need not finish what this run cannot.
                await stop.CancelAsync();
                throw;
            }
        }

        async Task<bool> DrawInCompanyAsync(SharedWorker worker, StalePage page)
        {
            var own = Stopwatch.StartNew();
            RenderReply? reply = null;
            try
            {
                reply = await ReplyAsync(page, job => worker.DrawAsync(job, stop.Token));
            }
            catch (ConcordException)
            {
                // No worker starts beside all that runs; whether one starts at all shows when it is alone.
            }
            // A worker that ended by itself may have been killed by somebody else.
            if (reply is not null && (lanes == 1 ? reply.Result.Failure != RenderWorkerProcess.Ended : !reply.IsDoubtful))
                Finish(page, reply, own.Elapsed.TotalSeconds);
            else
                again.Enqueue((page, own.Elapsed.TotalSeconds));
            return reply is not null;
        }

        async ValueTask DrawAloneAsync(StalePage page, double secondsBefore, CancellationToken stopped)
        {
            var own = Stopwatch.StartNew();
            var reply = await ReplyAsync(
                page,
                async job =>
                {
                    await using var worker = await RenderWorkerProcess.StartAsync(lanes: 1, stopped);
                    return await worker.RenderAsync(job, stopped);
                }
            );
            Finish(page, reply, secondsBefore + own.Elapsed.TotalSeconds);
        }

        void Finish(StalePage page, RenderReply reply, double seconds)
        {
            var output = Written(page, reply, seconds);
            done.Add(output);
            lock (oneAtATime)
                progress(output, stale.Length);
        }
    }

    private async Task<RenderReply> ReplyAsync(StalePage page, Func<RenderJob, Task<RenderReply>> draw) =>
        page.Job(root) is { } job
            ? await draw(job)
            : new(
                Id: 0,
                new() { Failure = "The output has no index.html, and not exactly one other page.", IsItsOwn = true },
                [],
                [],
                null
            );

    private RenderedOutput Written(StalePage page, RenderReply reply, double seconds)
    {
        var checks = PageChecks.Of(reply, page.Challenge.Viewport, IsChanged(page.Output));
        Write(page.Output, page.Key, reply, checks);
        string[] failed = [.. checks.Where(c => c.Passed == false && c.Name != PageChecks.Rendered).Select(c => c.Name)];
        return new(page.Output.Key, reply.Result.Failure, failed, reply.MissingLibraries, seconds);
    }

    private (Output Output, Challenge Challenge, bool NeedsLibraries)[] Chosen(Workspace workspace, RenderSelection selection)
    {
        var challenges = workspace.Challenges.Where(c => c.Kind == ChallengeKind.Visualization).ToDictionary(c => c.Id);
        return
        [
            .. workspace
                .Outputs.Where(o => o.Id is not null && selection.Takes(o) && challenges.ContainsKey(o.Key.Challenge))
                .Select(o => (o, challenges[o.Key.Challenge], NeedsLibraries(o, challenges[o.Key.Challenge]))),
        ];
    }

    private StalePage[] Stale((Output Output, Challenge Challenge, bool NeedsLibraries)[] all, string? vendor, bool force) =>
        [
            .. all.Select(p => new StalePage(
                    p.Output,
                    p.Challenge,
                    p.NeedsLibraries,
                    RenderRecord.Key(p.Output, p.Challenge, browser.Version, p.NeedsLibraries ? vendor : null)
                ))
                .Where(p => force || !RenderRecord.IsFresh(tree, p.Output.Key.Folder, p.Key)),
        ];

    private bool NeedsLibraries(Output output, Challenge challenge) =>
        challenge.Checks.Contains(StalePage.Audit)
        || output.Files.Any(f => OutputSite.AsksForLibraries(f, tree.ReadListed($"{output.Key.Folder}/files/{f}")));

    private void Write(Output output, string key, RenderReply reply, IReadOnlyList<CheckResult> checks)
    {
        var folder = Path.Combine(root, output.Key.Folder);
        var picture = Path.Combine(folder, RenderRecord.Picture);
        CheckFile.Merge(folder, output.Id, checks, PageChecks.Names);
        if (reply.Result.Screenshot is { } bytes)
            AtomicFile.Replace(picture, bytes);
        else
            File.Delete(picture);
        // Last: until it is there the output counts as not rendered.
        AtomicFile.Replace(
            Path.Combine(folder, RenderRecord.Name),
            RenderRecord.Write(key, output.Id!.Value, browser.Version, reply)
        );
    }

    private bool IsChanged(Output output) =>
        output.Files.Any(f =>
            tree.Read($"benchmarks/challenges/{output.Key.Challenge}/files/{f}") is not { } starter
            || !starter.AsSpan().SequenceEqual(tree.ReadListed($"{output.Key.Folder}/files/{f}"))
        );
}
