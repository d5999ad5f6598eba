using Concord.Core.Domain;
using Concord.Pipeline.Trees;
using Microsoft.Win32.SafeHandles;

namespace Concord.Pipeline.Csv;

/// <summary>The bytes of a table, read from several places at once and never held as a whole where they are a file.</summary>
public sealed class TableBytes : IDisposable
{
    private const int BlockSize = 4 * 1024 * 1024;

    private readonly SafeFileHandle? _file;
    private readonly List<byte[]> _blocks = []; // each full but the last

    private TableBytes(SafeFileHandle? file, long length) => (_file, Length) = (file, length);

    public long Length { get; private set; }

    /// <summary>The bytes of a file, which is read when it is needed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the reading of what has to be held in memory.</param>
    /// <param name="most">The most bytes of what has to be held in memory; else half of the memory that there is.</param>
    /// <exception cref="ConcordException">The system refused, or there are more.</exception>
    public static async Task<TableBytes> OfFileAsync(string path, CancellationToken cancellation, long? most = null)
    {
        try
        {
            // A pipe can be read only once, and the length of a file of the system's own is not known before.
            if (!RegularFile.Is(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path))
                return await AllOfAsync(path, most, cancellation);
            var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length > 0)
                return new(file, length);
            file.Dispose();
            return await AllOfAsync(path, most, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException("cannot-read", $"The file could not be read: {e.Message}", "Give read permission.", path);
        }
    }

    /// <summary>All that a stream has.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="most">The most bytes; else half of the memory that there is.</param>
    /// <exception cref="ConcordException">It has more, and may have no end.</exception>
    public static async Task<TableBytes> OfStreamAsync(Stream stream, CancellationToken cancellation, long? most = null)
    {
        most ??= GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        var bytes = new TableBytes(null, 0);
        for (int read; ; bytes.Length += read)
        {
            var block = new byte[BlockSize];
            read = await stream.ReadAtLeastAsync(block, BlockSize, throwOnEndOfStream: false, cancellation);
            if (bytes.Length + read > most)
                throw new ConcordException(
                    "too-large",
                    $"What is read has no end, or more than {most:#,0} bytes.",
                    "Save the table as a file and name that; a file need not fit into memory."
                );
            bytes._blocks.Add(read < BlockSize ? block[..read] : block);
            // No table has a NUL, so whoever parses it will say where; a device may have nothing else, and no end.
            if (read < BlockSize || block.Contains((byte)0))
            {
                bytes.Length += read;
                return bytes;
            }
        }
    }

    public static TableBytes Of(byte[] bytes)
    {
        var table = new TableBytes(null, bytes.Length);
        foreach (var block in bytes.Chunk(BlockSize))
            table._blocks.Add(block);
        return table;
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Reads from a place on until the buffer is full or the table ends. Safe to call from several threads.</summary>
    /// <returns>How many bytes were read.</returns>
    internal int Read(long offset, Span<byte> into)
    {
        var done = 0;
        while (done < into.Length)
        {
            var read = ReadSome(offset + done, into[done..]);
            if (read == 0)
                break;
            done += read;
        }
        return done;
    }

    /// <exception cref="ConcordException">There are more than an array holds.</exception>
    public byte[] ToArray(string path)
    {
        if (Length > Array.MaxLength)
            throw new ConcordException(
                "too-large",
                $"The table has {Length:#,0} bytes; beyond {Array.MaxLength:#,0} only a plain one can be read: no quotes, no blank names, one cell a column, no rating twice.",
                "Remove what is not plain, or split the table.",
                path
            );
        var bytes = new byte[Length];
        return bytes[..Read(0, bytes)];
    }

    private int ReadSome(long offset, Span<byte> into)
    {
        if (_file is not null)
            return RandomAccess.Read(_file, into, offset);
        if (offset >= Length)
            return 0;
        var block = _blocks[(int)(offset / BlockSize)].AsSpan((int)(offset % BlockSize));
        var size = Math.Min(block.Length, into.Length);
        block[..size].CopyTo(into);
        return size;
    }

    private static async Task<TableBytes> AllOfAsync(string path, long? most, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(path);
        return await OfStreamAsync(stream, cancellation, most);
    }
}
