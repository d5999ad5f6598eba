using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Processes;

namespace Concord.Pipeline.Rendering;

/// <summary>
/// The parent's side of one worker: a process of the same program with browsers below it, watched in time and memory, and
/// killed with all that it started where it does not answer.
/// </summary>
internal sealed class RenderWorkerProcess : IAsyncDisposable
{
    /// <summary>The failure of pages whose worker ended by itself.</summary>
    public const string Ended = "The browser ended while the page was drawn.";

    // Beyond the page's own deadline: the worker has two seconds to close the page, then it is killed.
    private const int GraceMilliseconds = 3500;
    private const int WatchMilliseconds = 150;
    private const long MostMemory = 2L << 30;
    private const long MemoryOfALane = 512L << 20;
    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _temporary;
    private readonly long _mostMemory;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentDictionary<int, TaskCompletionSource<RenderReply>> _waiting = new();
    private readonly CancellationTokenSource _over = new();
    private int _lastId;

    private RenderWorkerProcess(Process process, string temporary, int lanes) =>
        (_process, _temporary, _mostMemory) = (process, temporary, MostMemory + (lanes - 1) * MemoryOfALane);

    /// <summary>Pages that it was given; counted by who gives them.</summary>
    public int Pages { get; set; }

    /// <summary>Who waits for a page of it; counted by who gives them.</summary>
    public int Users { get; set; }

    /// <summary>Whether it was killed or has ended, or must not be used again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Starts a worker and waits until its browser runs.</summary>
    /// <param name="lanes">How many pages it will draw at a time at most.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConcordException">It does not start.</exception>
    public static async Task<RenderWorkerProcess> StartAsync(int lanes, CancellationToken cancellation)
    {
        // What a killed browser leaves behind lies here, and goes with the worker.
        var temporary = Directory.CreateTempSubdirectory("concord-render-").FullName;
        var (program, arguments) = OwnProgram.Find();
        var start = new ProcessStartInfo(program, [.. arguments, RenderWorker.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TMPDIR"] = temporary;
        var worker = new RenderWorkerProcess(Process.Start(start)!, temporary, lanes);
        var last = worker.LastErrorAsync();
        try
        {
            var greeting = await worker
                ._process.StandardOutput.ReadLineAsync(cancellation)
                .AsTask()
                .WaitAsync(StartingTime, cancellation);
            if (greeting != RenderWorker.Greeting)
                throw new ConcordException(
                    "browser-failed",
                    $"The browser did not start: {await last.WaitAsync(StartingTime, cancellation)}",
                    "Try it by hand with --headless --version; 'concord doctor' shows which one is used."
                );
            _ = worker.ReadAsync();
            _ = worker.WatchMemoryAsync();
            return worker;
        }
        catch (Exception e)
        {
            await worker.DisposeAsync();
            if (e is TimeoutException)
                throw new ConcordException(
                    "browser-failed",
                    "The browser did not start within a minute.",
                    "Is the machine very busy?"
                );
            throw;
        }
    }

    /// <summary>Draws a page. One that brings its worker down fails the others that are on their way.</summary>
    /// <returns>The answer; where it says that the worker is broken, that is so and the worker is killed.</returns>
    public async Task<RenderReply> RenderAsync(RenderJob job, CancellationToken cancellation)
    {
        job = job with { Id = Interlocked.Increment(ref _lastId) };
        var answer = new TaskCompletionSource<RenderReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[job.Id] = answer;
        var patience = TimeSpan.FromMilliseconds(job.Order.DeadlineMilliseconds + GraceMilliseconds);
        RenderReply reply;
        try
        {
            if (IsBroken)
                return RenderReply.Failed(Ended);
            await WriteAsync(RenderLines.Write(job), cancellation);
            reply = await answer.Task.WaitAsync(patience, cancellation);
        }
        catch (IOException)
        {
            reply = RenderReply.Failed(Ended);
        }
        catch (TimeoutException)
        {
            reply = RenderReply.Failed($"The page was not drawn within {job.Order.OwnTime}, and the browser had to be ended.");
        }
        finally
        {
            _waiting.TryRemove(job.Id, out _);
        }
        if (reply.Result.IsBroken)
            Break(Ended);
        return reply;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        try
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Killed below.
        }
        Break(Ended);
        _process.Dispose();
        try
        {
            Directory.Delete(_temporary, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system clears its temporary folder.
        }
    }

    // Ends the worker and all that it started, at once; who waits is told the reason.
    private void Break(string reason)
    {
        IsBroken = true;
        _over.Cancel();
        Kill();
        foreach (var answer in _waiting.Values)
            answer.TrySetResult(RenderReply.Failed(reason));
    }

    private void Kill()
    {
        foreach (var member in ProcessTree.Members(_process.Id).Skip(1))
            KillOne(member);
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or System.ComponentModel.Win32Exception)
        {
            // It has ended.
        }
    }

    private static void KillOne(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended.
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(_over.Token) is { } line)
            {
                var reply = RenderLines.ReadReply(line);
                if (_waiting.TryGetValue(reply.Id, out var answer))
                    answer.TrySetResult(reply);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or JsonException)
        {
            // Told below.
        }
        if (!_over.IsCancellationRequested)
            Break(Ended);
    }

    private async Task WatchMemoryAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(WatchMilliseconds, _over.Token);
                if (!_waiting.IsEmpty && ProcessTree.Memory(_process.Id) > _mostMemory)
                    Break("The page used more than 2 GB of memory.");
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task WriteAsync(string line, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await _process.StandardInput.WriteAsync((line + "\n").AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<string> LastErrorAsync()
    {
        var last = "no reason given";
        while (await _process.StandardError.ReadLineAsync() is { } line)
            if (!string.IsNullOrWhiteSpace(line))
                last = line.Length > 300 ? line[..300] : line;
        return last;
    }
}
