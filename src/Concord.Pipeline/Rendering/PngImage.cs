using System.Buffers.Binary;
using System.IO.Compression;

namespace Concord.Pipeline.Rendering;

/// <summary>
/// The pixels of a PNG as browsers and <see cref="ScreenshotPng"/> write them: eight bits a channel or a palette, not interlaced
/// (W3C PNG, third edition).
/// </summary>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
/// <param name="Pixels">Each pixel as 0xAARRGGBB, row by row.</param>
internal sealed record PngImage(int Width, int Height, uint[] Pixels)
{
    private const int SignatureLength = 8;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no such PNG.</exception>
    public static PngImage Read(ReadOnlySpan<byte> png)
    {
        if (!png.StartsWith(ScreenshotPng.Signature))
            throw new InvalidDataException("This is no PNG.");
        var (width, height, channels, depth) = (0, 0, 0, 8);
        ReadOnlySpan<byte> palette = default;
        using var compressed = new MemoryStream();
        for (var at = SignatureLength; at + 12 <= png.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png[at..]);
            var type = png.Slice(at + 4, 4);
            var data = png.Slice(at + 8, length);
            if (type.SequenceEqual("IHDR"u8))
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                depth = data[8];
                channels = (depth, data[9], data[12]) switch
                {
                    (8, 2, 0) => 3,
                    (8, 6, 0) => 4,
                    (1 or 2 or 4 or 8, 3, 0) => 1,
                    _ => throw new InvalidDataException("The PNG is of a kind that browsers do not write."),
                };
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                palette = data;
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                compressed.Write(data);
            }
            at += length + 12;
        }
        if (channels == 0 || width <= 0 || height <= 0)
            throw new InvalidDataException("This is no PNG.");
        var stride = (width * channels * depth + 7) / 8;
        var rows = new byte[(stride + 1) * height];
        compressed.Position = 0;
        using (var inflated = new ZLibStream(compressed, CompressionMode.Decompress))
            inflated.ReadExactly(rows);
        var pixels = new uint[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = rows.AsSpan(y * (stride + 1) + 1, stride);
            var above = y == 0 ? default : rows.AsSpan((y - 1) * (stride + 1) + 1, stride);
            Unfilter(rows[y * (stride + 1)], row, above, channels);
            for (var x = 0; x < width; x++)
            {
                var p =
                    channels > 1
                        ? row.Slice(x * channels, channels)
                        : palette.Slice((row[x * depth / 8] >> 8 - depth - x * depth % 8 & (1 << depth) - 1) * 3, 3);
                pixels[y * width + x] =
                    (channels == 4 ? (uint)p[3] << 24 : 0xFF000000) | (uint)p[0] << 16 | (uint)p[1] << 8 | p[2];
            }
        }
        return new(width, height, pixels);
    }

    /// <summary>The share of pixels that differ from the most frequent colour, 0 to 1.</summary>
    public double Drawn()
    {
        var counts = new Dictionary<uint, int>();
        foreach (var pixel in Pixels)
            counts[pixel] = counts.GetValueOrDefault(pixel) + 1;
        return 1 - counts.Values.Max() / (double)Pixels.Length;
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int channels)
    {
        for (var i = 0; i < row.Length; i++)
        {
            int left = i >= channels ? row[i - channels] : 0;
            int up = above.IsEmpty ? 0 : above[i];
            int corner = i >= channels && !above.IsEmpty ? above[i - channels] : 0;
            row[i] += (byte)(
                filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => throw new InvalidDataException("The PNG has an unknown filter."),
                }
            );
        }
    }

    /// <summary>The predictor of the fourth filter.</summary>
    public static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (a, b, c) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return a <= b && a <= c ? left
            : b <= c ? up
            : corner;
    }
}
