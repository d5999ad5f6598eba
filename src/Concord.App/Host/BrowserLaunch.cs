using System.ComponentModel;
using System.Diagnostics;

namespace Concord.App.Host;

/// <summary>Opens an address in the user's browser.</summary>
internal static class BrowserLaunch
{
    private static readonly string[] Screens = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"];

    /// <summary>Whether a browser was asked; what it says goes nowhere.</summary>
    public static bool TryOpen(string address)
    {
        if (OperatingSystem.IsLinux() && !HasScreen)
            return false;
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(address) { UseShellExecute = true }
            : new ProcessStartInfo(
                "/bin/sh",
                [
                    "-c",
                    "exec \"$1\" \"$2\" </dev/null >/dev/null 2>&1",
                    "sh",
                    OperatingSystem.IsMacOS() ? "open" : "xdg-open",
                    address,
                ]
            );
        try
        {
            using var process = Process.Start(start);
            return true;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    // Without one xdg-open would begin a browser in the terminal.
    private static bool HasScreen => Screens.Any(v => Environment.GetEnvironmentVariable(v) is { Length: > 0 });
}
