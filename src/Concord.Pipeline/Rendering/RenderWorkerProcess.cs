using System.Diagnostics;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Browser;

namespace Concord.Pipeline.Rendering;

/// <summary>
/// The parent's side of one worker: a process of the same program with a browser below it, watched in time and memory, and
/// killed with all that it started where it does not answer.
/// </summary>
internal sealed class RenderWorkerProcess : IAsyncDisposable
{
    // Beyond the page's own deadline: the worker has two seconds to close the page, then it is killed.
    private const int GraceMilliseconds = 3500;
    private const int WatchMilliseconds = 150;
    private const long MostMemory = 2L << 30;
    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _temporary;

    private RenderWorkerProcess(Process process, string temporary) => (_process, _temporary) = (process, temporary);

    /// <summary>Pages drawn so far.</summary>
    public int Pages { get; private set; }

    /// <summary>Starts a worker and waits until its browser runs.</summary>
    /// <exception cref="ConcordException">It does not start.</exception>
    public static async Task<RenderWorkerProcess> StartAsync(CancellationToken cancellation)
    {
        // What a killed browser leaves behind lies here, and goes with the worker.
        var temporary = Directory.CreateTempSubdirectory("concord-render-").FullName;
        var (program, arguments) = OwnProgram();
        var start = new ProcessStartInfo(program, [.. arguments, RenderWorker.Command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["TMPDIR"] = temporary;
        var worker = new RenderWorkerProcess(Process.Start(start)!, temporary);
        var last = worker.LastErrorAsync();
        try
        {
            var greeting = await worker
                ._process.StandardOutput.ReadLineAsync(cancellation)
                .AsTask()
                .WaitAsync(StartingTime, cancellation);
            if (greeting == RenderWorker.Greeting)
                return worker;
            throw new ConcordException(
                "browser-failed",
                $"The browser did not start: {await last.WaitAsync(StartingTime, cancellation)}",
                "Try it by hand with --headless --version; 'concord doctor' shows which one is used."
            );
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

    /// <summary>Draws a page.</summary>
    /// <returns>The answer; where it says that the worker is broken, the worker must be disposed.</returns>
    public async Task<RenderReply> RenderAsync(RenderJob job, CancellationToken cancellation)
    {
        Pages++;
        var deadline = Stopwatch.StartNew();
        try
        {
            await _process.StandardInput.WriteAsync((RenderLines.Write(job) + "\n").AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
            var answer = _process.StandardOutput.ReadLineAsync(cancellation).AsTask();
            while (await Task.WhenAny(answer, Task.Delay(WatchMilliseconds, cancellation)) != answer)
            {
                cancellation.ThrowIfCancellationRequested();
                if (ProcessTree.Memory(_process.Id) > MostMemory)
                    return RenderReply.Failed("The page used more than 2 GB of memory.");
                if (deadline.ElapsedMilliseconds > job.Order.DeadlineMilliseconds + GraceMilliseconds)
                    return RenderReply.Failed(
                        $"The page was not drawn within {job.Order.DeadlineMilliseconds / 1000} seconds, and the browser had to be ended."
                    );
            }
            return await answer is { } line ? RenderLines.ReadReply(line) : RenderReply.Failed(Ended);
        }
        catch (IOException)
        {
            return RenderReply.Failed(Ended);
        }
    }

    /// <summary>The failure of a worker that ended by itself.</summary>
    public const string Ended = "The browser ended while the page was drawn.";

    public async ValueTask DisposeAsync()
    {
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
        Kill();
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

    /// <summary>Ends the worker and all that it started, at once.</summary>
    public void Kill()
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

    // The program itself, or the runtime with the program, as this one was started; tests run neither.
    private static (string Program, string[] Arguments) OwnProgram()
    {
        var name = OperatingSystem.IsWindows() ? "concord.exe" : "concord";
        var native = Path.Combine(AppContext.BaseDirectory, name);
        if (Environment.ProcessPath is { } own && Path.GetFileName(own) == name)
            return (own, []);
        return File.Exists(native) && Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 }
            ? (native, [])
            : ("dotnet", [Path.Combine(AppContext.BaseDirectory, "concord.dll")]);
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
