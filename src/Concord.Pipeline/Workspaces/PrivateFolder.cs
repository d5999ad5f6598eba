using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Workspaces;

/// <summary>
/// A folder among the repository's own files for what may be deleted at any time. Nothing in it is trusted that anybody could
/// have written, and no link in it is followed.
/// </summary>
/// <param name="repository">The folder of the repository's own files; null has no such folder.</param>
/// <param name="name">The folder's name below <c>concord/</c>.</param>
/// <param name="suffix">How the names of its files end.</param>
internal sealed class PrivateFolder(string? repository, string name, string suffix)
{
    private readonly string? _path = repository is null ? null : Path.Combine(repository, "concord", name);

    /// <summary>Whether anything may be read from it or kept in it: it is missing, or only the owner and the group can write to it.</summary>
    public bool IsOpen
    {
        get
        {
            try
            {
                return _path is not null
                    && new[] { _path, Path.GetDirectoryName(_path)! }
                        .Select(f => new DirectoryInfo(f))
                        .All(f => f.LinkTarget is null && (!f.Exists || IsSafe(f)));
            }
            catch (Exception e) when (IsRefusal(e))
            {
                return false;
            }
        }
    }

    /// <summary>Whether the file system refused, which the user of such a folder need not hear of.</summary>
    public static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException;

    /// <summary>Its files whose names begin so, by name.</summary>
    public List<FileInfo> Files(string prefix)
    {
        var folder = new DirectoryInfo(_path!);
        try
        {
            return folder.Exists
                ? [.. folder.EnumerateFiles(prefix + "*" + suffix).OrderBy(f => f.Name, StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return [];
        }
    }

    /// <summary>The bytes of a file; null where it is missing, is not to be trusted, or has more than so many.</summary>
    public byte[]? Read(string fileName, long most)
    {
        var file = new FileInfo(Path.Combine(_path!, fileName));
        try
        {
            return RegularFile.Is(file.FullName) && IsSafe(file) && file.Length <= Math.Min(most, Array.MaxLength)
                ? File.ReadAllBytes(file.FullName)
                : null;
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return null;
        }
    }

    /// <summary>Writes a file whole, by rename. Not flushed to disk: what a power failure leaves does not match its sum.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system refused.</exception>
    public void Write(string fileName, ReadOnlySpan<byte> bytes)
    {
        OwnerOnly.MakeFolder(_path!);
        var temporary = Path.Combine(_path!, $"{AtomicFile.TemporaryPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = OwnerOnly.Files;
            using (var stream = new FileStream(temporary, options))
                stream.Write(bytes);
            File.Move(temporary, Path.Combine(_path!, fileName), overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Removes what interruptions left, and the oldest files until the others have so many bytes together.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">The file system refused.</exception>
    public void RemoveOldest(long most)
    {
        foreach (var leftover in new DirectoryInfo(_path!).EnumerateFiles(AtomicFile.TemporaryPrefix + "*"))
            if (AtomicFile.IsLeftover(leftover.Name))
                leftover.Delete();
        var files = Files("").OrderByDescending(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal);
        var kept = 0L;
        foreach (var file in files)
            if ((kept += file.Length) > most)
                file.Delete();
    }

    private static bool IsSafe(FileSystemInfo file) =>
        OperatingSystem.IsWindows() || (file.UnixFileMode & UnixFileMode.OtherWrite) == 0;
}
