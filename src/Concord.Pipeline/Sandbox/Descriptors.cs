using System.Globalization;
using System.Runtime.InteropServices;

namespace Concord.Pipeline.Sandbox;

/// <summary>What this process has open, as <c>/proc</c> shows it.</summary>
internal static class Descriptors
{
    private const int SetDescriptorFlags = 2;
    private const int CloseOnExec = 1;

    /// <summary>Makes sure that a process started from here inherits the three standard streams and nothing else.</summary>
    public static void CloseOnStart()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var file in Directory.GetFiles("/proc/self/fd"))
            if (int.TryParse(Path.GetFileName(file.AsSpan()), CultureInfo.InvariantCulture, out var descriptor) && descriptor > 2)
                _ = Fcntl(descriptor, SetDescriptorFlags, CloseOnExec);
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Fcntl(int descriptor, int command, int value);
}
