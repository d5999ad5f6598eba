using Concord.Core.Domain;
using Microsoft.Win32.SafeHandles;

namespace Concord.Pipeline.Trees;

/// <summary>Replaces files whole: a reader sees the old bytes or the new ones, never a part.</summary>
public static class AtomicFile
{
    /// <summary>The beginning of a temporary file's name; what an interruption leaves begins with it.</summary>
    public const string TemporaryPrefix = ".concord-new-";

    private const int BufferBytes = 16 * 1024;

    /// <summary>Replaces one file: temporary file, flush to disk, rename.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="bytes">The new contents.</param>
    /// <exception cref="ConcordException">The file system refused; the old file is as it was.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = WriteTemporary(path, bytes);
        Commit(temporary, path);
    }

    /// <summary>Replaces one file by what is written into it piece by piece, in any order.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="write">Writes the new contents.</param>
    /// <exception cref="ConcordException">The file system refused; the old file is as it was.</exception>
    public static void Replace(string path, Action<SafeFileHandle> write)
    {
        var temporary = Temporary(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            using var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            write(file);
            RandomAccess.FlushToDisk(file);
        }
        // What is written from several threads is refused several times.
        catch (Exception e) when (IsRefusal((e as AggregateException)?.InnerException ?? e))
        {
            TryDelete(temporary);
            throw Refused(path, (e as AggregateException)?.InnerException ?? e);
        }
        Commit(temporary, path);
    }

    /// <summary>Replaces a file that the user named; a pipe or a device is written into, and a link is followed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The new contents.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void ReplaceOrFill(string path, byte[] bytes) => ReplaceOrFill(path, stream => stream.Write(bytes));

    /// <summary>The same for what is written from its beginning to its end, however long it is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the new contents, and leaves the stream open.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void ReplaceOrFill(string path, Action<Stream> write)
    {
        try
        {
            var target = File.Exists(path)
                ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path
                : path;
            if (!File.Exists(target) || RegularFile.Is(target))
            {
                var temporary = WriteTemporary(target, write);
                Commit(temporary, target);
                return;
            }
            using var stream = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refused(path, e);
        }
    }

    /// <summary>Replaces several files: all are on disk before the first is renamed.</summary>
    /// <param name="files">Paths and new contents.</param>
    /// <exception cref="ConcordException">The file system refused.</exception>
    public static void ReplaceAll(IReadOnlyList<(string Path, byte[] Bytes)> files)
    {
        if (files.Select(f => f.Path).FirstOrDefault(Directory.Exists) is { } folder)
            throw Refused(folder, new IOException("It is a folder."));
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

    /// <summary>Whether a temporary file's writer is gone, so that an interruption left it.</summary>
    /// <param name="name">A file name that begins with <see cref="TemporaryPrefix"/>.</param>
    public static bool IsLeftover(string name)
    {
        var process = name[TemporaryPrefix.Length..].Split('-')[0];
        if (!int.TryParse(process, out var id))
            return true;
        try
        {
            using var writer = System.Diagnostics.Process.GetProcessById(id);
            return id != Environment.ProcessId && writer.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static string WriteTemporary(string path, ReadOnlySpan<byte> bytes)
    {
        var all = bytes.ToArray();
        return WriteTemporary(path, stream => stream.Write(all));
    }

    private static string WriteTemporary(string path, Action<Stream> write)
    {
        var temporary = Temporary(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(temporary)!);
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
            write(stream);
            stream.Flush(flushToDisk: true);
            return temporary;
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (IsRefusal(e))
                throw Refused(path, e);
            throw;
        }
    }

    private static string Temporary(string path) =>
        Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            $"{TemporaryPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}-{Path.GetFileName(path)}"
        );

    // A file beyond the size that the system allows is an ArgumentOutOfRangeException in .NET.
    private static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

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
