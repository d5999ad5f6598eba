using Concord.Core.Domain;

namespace Concord.Pipeline.Trees;

/// <summary>Replaces files whole: a reader sees the old bytes or the new ones, never a part.</summary>
public static class AtomicFile
{
    /// <summary>The beginning of a temporary file's name; what an interruption leaves begins with it.</summary>
    public const string TemporaryPrefix = ".concord-new-";

    /// <summary>Replaces one file: temporary file, flush to disk, rename.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="bytes">The new contents.</param>
    /// <exception cref="ConcordException">The file system refused; the old file is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = WriteTemporary(path, bytes);
        Commit(temporary, path);
    }

    /// <summary>Replaces several files: all are on disk before the first is renamed.</summary>
    /// <param name="files">Paths and new contents.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void ReplaceAll(IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        var written = new List<(string Temporary, string Path)>();
        try
        {
            foreach (var (path, bytes) in files)
                written.Add((WriteTemporary(path, bytes), path));
            foreach (var (temporary, path) in written)
                Commit(temporary, path);
        }
        catch (ConcordException)
        {
            foreach (var (temporary, _) in written)
                TryDelete(temporary);
            throw;
        }
    }

    private static string WriteTemporary(string path, ReadOnlySpan<byte> bytes)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $"{TemporaryPrefix}{Guid.NewGuid():N}-{Path.GetFileName(path)}");
        try
        {
            Directory.CreateDirectory(folder);
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
            return temporary;
        }
        // A file beyond the size that the system allows is an ArgumentOutOfRangeException in .NET.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            TryDelete(temporary);
            throw Refused(path, e);
        }
    }

    private static void Commit(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw Refused(path, e);
        }
    }

    private static ConcordException Refused(string path, Exception e) =>
        new(
            "cannot-write",
            $"The file could not be written: {(e is ArgumentOutOfRangeException ? "it would be larger than the system allows." : e.Message)}",
            "Make room or give write permission, then run the command again; the file that was there is as it was.",
            path
        );

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run removes what an interruption left.
        }
    }
}
