using System.Net;
using System.Security.Cryptography;

namespace Concord.Pipeline.Hub;

/// <summary>
/// A part of a file as the body of a request, read while it is sent. Where it is the whole, its last bytes go only if it is what was
/// measured.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="from">Where the part begins.</param>
/// <param name="length">How many bytes it has.</param>
/// <param name="alive">Called whenever bytes went out.</param>
internal sealed class FileSlice(LocalFile file, long from, long length, Action alive) : HttpContent
{
    private const int BufferSize = 128 * 1024;

    /// <summary>SHA-256 of what was sent; empty before all of it was.</summary>
    public string Sum { get; private set; } = "";

    protected override bool TryComputeLength(out long size)
    {
        size = length;
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        await using var source = file.Open();
        source.Position = from;
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Min(BufferSize, length)];
        for (var left = length; left > 0; )
        {
            var count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (count == 0)
                throw file.Changed();
            sum.AppendData(buffer, 0, count);
            left -= count;
            if (left == 0)
                Sum = Convert.ToHexStringLower(sum.GetHashAndReset());
            if (left == 0 && length == file.Size && Sum != file.Sha256)
                throw file.Changed();
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            alive();
        }
    }
}
