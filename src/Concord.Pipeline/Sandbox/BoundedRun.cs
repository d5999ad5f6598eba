using System.Diagnostics;
using System.Text;
using Concord.Pipeline.Processes;

namespace Concord.Pipeline.Sandbox;

/// <summary>Runs a program to its end or to a limit's, and kills it with all that it started.</summary>
internal static class BoundedRun
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program on a thread of its own: what dies with its parent dies with the thread that started it.</summary>
    public static Task<SandboxResult> RunAsync(
        ProcessStartInfo start,
        string folder,
        byte[] input,
        SandboxLimits limits,
        Func<bool> memoryWasUp,
        CancellationToken cancellation
    ) =>
        Task.Factory.StartNew(
            () => Run(start, folder, input, limits, memoryWasUp, cancellation),
            cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static SandboxResult Run(
        ProcessStartInfo start,
        string folder,
        byte[] input,
        SandboxLimits limits,
        Func<bool> memoryWasUp,
        CancellationToken cancellation
    )
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        Descriptors.CloseOnStart();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var budget = new Budget(limits.OutputBytes);
        var output = Task.Run(() => Drain(process.StandardOutput.BaseStream, budget), CancellationToken.None);
        var error = Task.Run(() => Drain(process.StandardError.BaseStream, budget), CancellationToken.None);
        var feeding = Task.Run(() => Feed(process.StandardInput.BaseStream, input), CancellationToken.None);
        var end = SandboxEnd.Exited;
        while (!process.WaitForExit(Look))
        {
            if (cancellation.IsCancellationRequested)
                break;
            end =
                budget.Spent ? SandboxEnd.OutputUp
                : clock.Elapsed > limits.Time ? SandboxEnd.TimeUp
                : ProcessTree.Memory(process.Id) > limits.MemoryBytes ? SandboxEnd.MemoryUp
                : SandboxEnd.Exited;
            if (end != SandboxEnd.Exited)
                break;
        }
        // Also what outlived its parent: of a sandbox nothing does, without one some may.
        process.Kill(entireProcessTree: true);
        process.WaitForExit((int)Grace.TotalMilliseconds);
        Task.WaitAll((Task[])[output, error, feeding], (int)Grace.TotalMilliseconds, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (end == SandboxEnd.Exited && budget.Spent)
            end = SandboxEnd.OutputUp;
        if (end is SandboxEnd.Exited or SandboxEnd.TimeUp && memoryWasUp())
            end = SandboxEnd.MemoryUp;
        return new(end, process.HasExited ? process.ExitCode : -1, Text(output), Text(error), folder);
    }

    private static string Text(Task<byte[]> drained) =>
        drained.IsCompletedSuccessfully ? Encoding.UTF8.GetString(drained.Result) : "";

    private static byte[] Drain(Stream stream, Budget budget)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (stream.Read(buffer) is > 0 and var read && budget.Take(read) is var allowed)
            {
                kept.Write(buffer, 0, allowed);
                if (allowed < read)
                    break;
            }
        }
        catch (IOException)
        {
            // The pipe broke with the process.
        }
        return kept.ToArray();
    }

    private static void Feed(Stream stream, byte[] input)
    {
        try
        {
            using (stream)
                stream.Write(input);
        }
        catch (IOException)
        {
            // The process ended without reading it.
        }
    }

    private sealed class Budget(int bytes)
    {
        private int _left = bytes;

        public bool Spent => Volatile.Read(ref _left) < 0;

        public int Take(int read) => Math.Clamp(Interlocked.Add(ref _left, -read) + read, 0, read);
    }
}
