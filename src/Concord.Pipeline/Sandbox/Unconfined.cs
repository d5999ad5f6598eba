using System.Diagnostics;
using Concord.Pipeline.Processes;

namespace Concord.Pipeline.Sandbox;

/// <summary>Runs commands with the user's own rights, where the user asked for it: bounded in time and output, and in nothing else.</summary>
public static class Unconfined
{
    /// <summary>Runs a command of the shell in a temporary folder that holds some files.</summary>
    /// <param name="files">Paths and contents of the folder's files.</param>
    /// <param name="command">What <c>sh</c> runs.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="cancellation">Kills it.</param>
    public static async Task<SandboxResult> RunAsync(
        IEnumerable<(string Path, byte[] Bytes)> files,
        string command,
        SandboxLimits limits,
        CancellationToken cancellation
    )
    {
        var folder = Directory.CreateTempSubdirectory("concord-tests-").FullName;
        try
        {
            foreach (var (path, bytes) in files)
            {
                var file = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, bytes, cancellation);
            }
            var start = new ProcessStartInfo(ProgramPath.Find("sh") ?? "/bin/sh", ["-c", command]) { WorkingDirectory = folder };
            var search = Environment.GetEnvironmentVariable("PATH");
            start.Environment.Clear();
            foreach (
                var (name, value) in new[]
                {
                    ("PATH", search),
                    ("HOME", folder),
                    ("TMPDIR", folder),
                    ("LANG", "C.UTF-8"),
                    ("TZ", "UTC"),
                }
            )
                start.Environment[name] = value;
            return await BoundedRun.RunAsync(start, folder, [], limits, () => false, cancellation);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What the command left open or locked; it lies in the system's temporary folder.
        }
    }
}
