using System.Security.Cryptography;
using Concord.Core.Domain;
using Concord.Pipeline.Trees;

namespace Concord.Pipeline.Hub;

/// <summary>A file that is to be on the Hub, measured without being held in memory.</summary>
/// <param name="Path">Where it will be, with <c>/</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">The name of its contents where it is kept as a large file.</param>
/// <param name="BlobId">Git's name of its contents where it is a regular one.</param>
/// <param name="Sample">Its first 512 bytes.</param>
internal sealed record LocalFile(string Path, long Size, string Sha256, string BlobId, byte[] Sample)
{
    private const int SampleSize = 512;
    private const int BufferSize = 128 * 1024;

    private string FullPath { get; init; } = "";

    private DateTime Modified { get; init; }

    /// <summary>Measures a file.</summary>
    /// <param name="path">Where it will be.</param>
    /// <param name="full">Where it is.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">It cannot be read.</exception>
    public static async Task<LocalFile> ReadAsync(string path, string full, CancellationToken cancellation)
    {
        await using var stream = Opened(path, full);
        var (size, modified) = (stream.Length, File.GetLastWriteTimeUtc(stream.SafeFileHandle));
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var blob = Trees.BlobId.Begin(size);
        var buffer = new byte[BufferSize];
        var sample = Array.Empty<byte>();
        var read = 0L;
        while (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is var count and > 0)
        {
            if (read == 0)
                sample = buffer[..Math.Min(count, SampleSize)];
            sha256.AppendData(buffer, 0, count);
            blob.AppendData(buffer, 0, count);
            read += count;
        }
        var file = new LocalFile(path, size, Hex(sha256), Hex(blob), sample) { FullPath = full, Modified = modified };
        return read == size ? file : throw file.Changed();
    }

    /// <summary>Opens it as it was measured.</summary>
    /// <exception cref="ConcordException">It is another one by now, or cannot be read.</exception>
    public FileStream Open()
    {
        var stream = Opened(Path, FullPath);
        if (stream.Length == Size && File.GetLastWriteTimeUtc(stream.SafeFileHandle) == Modified)
            return stream;
        stream.Dispose();
        throw Changed();
    }

    /// <summary>Makes sure that parts that were sent are those of the file that was measured.</summary>
    /// <param name="size">How many bytes each has; the last may have fewer.</param>
    /// <param name="sums">SHA-256 of each.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ConcordException">They are of another one, or it is another one by now.</exception>
    public async Task CheckPartsAsync(long size, IReadOnlyList<string> sums, CancellationToken cancellation)
    {
        await using var stream = Open();
        using var whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var part = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        foreach (var sum in sums)
        {
            for (var left = size; left > 0; )
            {
                var count = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation);
                if (count == 0)
                    break;
                whole.AppendData(buffer, 0, count);
                part.AppendData(buffer, 0, count);
                left -= count;
            }
            if (Hex(part) != sum)
                throw Changed();
        }
        if (Hex(whole) != Sha256)
            throw Changed();
    }

    /// <summary>Says that what is sent would not be what was measured.</summary>
    public ConcordException Changed() =>
        new(
            "file-changed",
            "The file was changed while it was pushed.",
            "Wait until nothing writes into the folder, then run the command again; what arrived is not sent again.",
            Path
        );

    private static FileStream Opened(string path, string full)
    {
        try
        {
            return RegularFile.Is(full)
                ? new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true)
                : throw new ConcordException(
                    "not-a-file",
                    "It is no regular file any more.",
                    "Put a file of bytes there, then run the command again.",
                    path
                );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConcordException(
                "cannot-read",
                $"The file could not be read: {e.Message}",
                "Give read permission, or move it away.",
                path
            );
        }
    }

    private static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
