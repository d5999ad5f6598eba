namespace Concord.Pipeline.Trees;

/// <summary>What nobody but its owner may read or change; on Windows the folder above decides that.</summary>
public static class OwnerOnly
{
    /// <summary>The mode of files.</summary>
    public const UnixFileMode Files = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder where it is missing; one that is there stays as it is.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system refused.</exception>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Files | UnixFileMode.UserExecute);
    }
}
