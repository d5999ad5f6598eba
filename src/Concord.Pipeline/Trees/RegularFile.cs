using System.Runtime.InteropServices;

namespace Concord.Pipeline.Trees;

/// <summary>Tells files from pipes, sockets and devices, which may never end and must never be replaced.</summary>
public static class RegularFile
{
    private const int ModeOffset = 4;
    private const int TypeMask = 0xF000;
    private const int Regular = 0x8000;
    private const int Folder = 0x4000;
    private const int Link = 0xA000;

    /// <summary>Whether a path is a file of bytes, itself and not through a link.</summary>
    public static bool Is(string path) => OperatingSystem.IsWindows() ? File.Exists(path) : Type(path) == Regular;

    /// <summary>What a path is, itself and not through a link; null for a folder.</summary>
    public static EntryKind? KindOf(string path)
    {
        if (OperatingSystem.IsWindows())
            return new FileInfo(path).LinkTarget is not null ? EntryKind.Link
                : Directory.Exists(path) ? null
                : EntryKind.File;
        return Type(path) switch
        {
            Link => EntryKind.Link,
            Folder => null,
            Regular => EntryKind.File,
            _ => EntryKind.Other,
        };
    }

    // The runtime's own shim: its first two fields, flags and mode, are the same on every Unix.
    private static int Type(string path)
    {
        Span<byte> status = stackalloc byte[512];
        return LStat(path, ref status[0]) == 0 ? BitConverter.ToInt32(status[ModeOffset..]) & TypeMask : 0;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, ref byte status);
}
