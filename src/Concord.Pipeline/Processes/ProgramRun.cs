using System.Diagnostics;

namespace Concord.Pipeline.Processes;

/// <summary>What a short program printed.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">Standard output. What it wrote on standard error is not kept.</param>
internal sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="start">The program by its whole path: a bare name would be looked for in the current folder first.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="patience">After this long it is ended, with all that it started.</param>
    /// <param name="cancellation">Ends it too.</param>
    /// <returns>Null where it could not be started, or was ended.</returns>
    public static async Task<ProgramRun?> TryAsync(
        ProcessStartInfo start,
        string input,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        enough.CancelAfter(patience);
        Process? process = null;
        try
        {
            process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(enough.Token);
            var error = process.StandardError.ReadToEndAsync(enough.Token);
            await WriteAsync(process, input);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(enough.Token);
            return new(process.ExitCode, await output);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            if (process is { HasExited: false })
                process.Kill(entireProcessTree: true);
            process?.Dispose();
        }
    }

    private static async Task WriteAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells why.
        }
    }
}
