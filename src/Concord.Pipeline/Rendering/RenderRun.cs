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
/// Renders outputs of visualization challenges: workers draw, this side writes. A page that takes its worker down costs
/// that worker only.
/// </summary>
/// <param name="root">The workspace.</param>
/// <param name="tree">Its files.</param>
/// <param name="browser">The browser.</param>
/// <param name="concurrency">How many pages at a time.</param>
public sealed class RenderRun(string root, FileTree tree, BrowserProgram browser, int concurrency)
{
    // Ten virtual seconds settle what moves; the deadline beyond the challenge's own time is for busy machines.
    private const int VirtualMilliseconds = 10_000;
    private const int DeadlineSlackMilliseconds = 5_000;

    // A worker takes a second to start and a hundred megabytes; one of its browsers takes a tenth of that.
    private const int LanesOfAWorker = 4;
    private const string Audit = "axe";

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
        if (stale.Any(p => p.Challenge.Checks.Contains(Audit)) && VendorFolder.Open(root).ReadRaw(RenderWorker.AuditFile) is null)
            note(
                $"Pages are not checked for accessibility: axe-core is not installed. Add it: npm install --prefix {VendorFolder.Folder} --save-dev axe-core"
            );
        var queue = new ConcurrentQueue<StalePage>(stale);
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
        return new([.. done.OrderBy(o => o.Key)], all.Length - stale.Length, watch.Elapsed.TotalSeconds);

        async Task LaneAsync(SharedWorker worker)
        {
            try
            {
                while (queue.TryDequeue(out var next))
                {
                    var output = await RenderAsync(worker, next, stop.Token);
                    done.Add(output);
                    lock (oneAtATime)
                        progress(output, stale.Length);
                }
            }
            catch
            {
                // The others need not finish what this run cannot.
                await stop.CancelAsync();
                throw;
            }
        }
    }

    private async Task<RenderedOutput> RenderAsync(SharedWorker worker, StalePage page, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var reply = OutputSite.Entry(page.Output.Files) is { } entry
            ? await worker.DrawAsync(Job(page.Output, page.Challenge, entry), cancellation)
            : RenderReply.Failed("The output has no index.html, and not exactly one other page.");
        var checks = PageChecks.Of(reply, page.Challenge.Viewport, IsChanged(page.Output));
        Write(page.Output, page.Key, reply, checks);
        string[] failed = [.. checks.Where(c => c.Passed == false && c.Name != PageChecks.Rendered).Select(c => c.Name)];
        return new(page.Output.Key, reply.Result.Failure, failed, reply.MissingLibraries, watch.Elapsed.TotalSeconds);
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
        challenge.Checks.Contains(Audit)
        || output.Files.Any(f => OutputSite.AsksForLibraries(f, tree.ReadListed($"{output.Key.Folder}/files/{f}")));

    /// <summary>A page to draw, and the key of its record.</summary>
    private sealed record StalePage(Output Output, Challenge Challenge, bool NeedsLibraries, string Key);

    private RenderJob Job(Output output, Challenge challenge, string entry) =>
        new(
            Id: 0,
            root,
            Path.Combine(root, output.Key.Folder, "files"),
            new(
                "/" + string.Join('/', entry.Split('/').Select(Uri.EscapeDataString)),
                challenge.Viewport.Width,
                challenge.Viewport.Height,
                challenge.Ready,
                VirtualMilliseconds,
                (int)(challenge.TimeoutSeconds * 1000) + DeadlineSlackMilliseconds,
                Audit: null
            ),
            Audits: challenge.Checks.Contains(Audit)
        );

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
