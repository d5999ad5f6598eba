using System.Globalization;

namespace Concord.Pipeline.Grading;

/// <summary>What a killed host left running: its git finishes on its own, and works in the session's folder.</summary>
internal static class LeftProcesses
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until no process works below a folder.</summary>
    /// <returns>Whether none does, as far as this system tells: elsewhere than on Linux nobody knows.</returns>
    public static async Task<bool> WaitAsync(string folder, TimeSpan patience, CancellationToken cancellation)
    {
        for (var start = TimeProvider.System.GetTimestamp(); Any(folder); await Task.Delay(Pause, cancellation))
            if (TimeProvider.System.GetElapsedTime(start) >= patience)
                return false;
        return true;
    }

    private static bool Any(string folder)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var inside = folder + "/";
        foreach (var process in new DirectoryInfo("/proc").EnumerateDirectories())
        {
            if (!int.TryParse(process.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                if (
                    id != Environment.ProcessId
                    && new FileInfo($"/proc/{id}/cwd").LinkTarget is { } place
                    && (place == folder || place.StartsWith(inside, StringComparison.Ordinal))
                )
                    return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended meanwhile, or is somebody else's.
            }
        }
        return false;
    }
}
