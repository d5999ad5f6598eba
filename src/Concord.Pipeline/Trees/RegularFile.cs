using System.Runtime.InteropServices;

namespace Concord.Pipeline.Trees;

/// <summary>Tells files from pipes, sockets and devices, which may never end and must never be replaced.</summary>
internal static class RegularFile
{
    private const int ModeOffset = 4;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;

    /// <summary>Whether a path is a file of bytes, itself and not through a link.</summary>
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows())
            return File.Exists(path);
        // The runtime's own shim: its first two fields, flags and mode, are the same on every Unix.
        var status = new byte[512];
        return LStat(path, status) == 0 && (BitConverter.ToInt32(status, ModeOffset) & TypeMask) == Regular;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, byte[] status);
}
