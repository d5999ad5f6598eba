using System.Buffers.Binary;
using System.IO.Compression;

namespace Concord.Pipeline.Rendering;

/// <summary>Writes screenshots small: a palette where 256 colours are enough, else filtered rows; compressed as far as zlib goes.</summary>
internal static class ScreenshotPng
{
    /// <summary>How every PNG begins.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The same picture in fewer bytes.</summary>
    /// <param name="image">Its pixels.</param>
    /// <param name="png">The PNG that a browser wrote of it.</param>
    /// <returns>A PNG of the same pixels; the one given where nothing is won.</returns>
    public static byte[] Smaller(PngImage image, byte[] png)
    {
        if (image.Pixels.Any(p => p >> 24 != 0xFF))
            return png;
        var best = Palette(image) ?? TrueColour(image);
        return best.Length < png.Length ? best : png;
    }

    // The palette is sorted, so that the bytes depend on the pixels alone.
    private static byte[]? Palette(PngImage image)
    {
        var colours = new HashSet<uint>();
        foreach (var pixel in image.Pixels)
            if (colours.Add(pixel) && colours.Count > 256)
                return null;
        uint[] sorted = [.. colours.Order()];
        var index = sorted.Select((colour, i) => (colour, i)).ToDictionary(c => c.colour, c => c.i);
        var depth = sorted.Length switch
        {
            <= 2 => 1,
            <= 4 => 2,
            <= 16 => 4,
            _ => 8,
        };
        var stride = (image.Width * depth + 7) / 8;
        var rows = new byte[(stride + 1) * image.Height];
        for (var y = 0; y < image.Height; y++)
        for (var x = 0; x < image.Width; x++)
            rows[y * (stride + 1) + 1 + x * depth / 8] |= (byte)(
                index[image.Pixels[y * image.Width + x]] << 8 - depth - x * depth % 8
            );
        var palette = sorted.SelectMany(c => new[] { (byte)(c >> 16), (byte)(c >> 8), (byte)c }).ToArray();
        return File(image, (byte)depth, colourType: 3, palette, rows);
    }

    private static byte[] TrueColour(PngImage image)
    {
        var stride = image.Width * 3;
        var rows = new byte[(stride + 1) * image.Height];
        var (row, above, trial) = (new byte[stride], new byte[stride], new byte[stride]);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var pixel = image.Pixels[y * image.Width + x];
                (row[x * 3], row[x * 3 + 1], row[x * 3 + 2]) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
            }
            // The filter with the smallest sum of differences, as the PNG specification advises (12.7).
            var least = long.MaxValue;
            for (byte filter = 0; filter <= 4; filter++)
            {
                var sum = Filter(filter, row, above, trial);
                if (sum >= least)
                    continue;
                least = sum;
                rows[y * (stride + 1)] = filter;
                trial.CopyTo(rows.AsSpan(y * (stride + 1) + 1));
            }
            (row, above) = (above, row);
        }
        return File(image, 8, colourType: 2, [], rows);
    }

    private static long Filter(byte filter, byte[] row, byte[] above, byte[] target)
    {
        var sum = 0L;
        for (var i = 0; i < row.Length; i++)
        {
            int left = i >= 3 ? row[i - 3] : 0;
            int corner = i >= 3 ? above[i - 3] : 0;
            var value = (byte)(
                row[i]
                - filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above[i],
                    3 => (left + above[i]) / 2,
                    _ => PngImage.Paeth(left, above[i], corner),
                }
            );
            target[i] = value;
            sum += value < 128 ? value : 256 - value;
        }
        return sum;
    }

    private static byte[] File(PngImage image, byte depth, byte colourType, byte[] palette, byte[] rows)
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        (header[8], header[9]) = (depth, colourType);
        Chunk(png, "IHDR"u8, header);
        if (palette.Length > 0)
            Chunk(png, "PLTE"u8, palette);
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
            deflate.Write(rows);
        Chunk(png, "IDAT"u8, data.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(type, data));
        png.Write(number);
    }

    // CRC-32 as PNG's annex D has it; once for a picture, so bit by bit is enough.
    private static uint Crc(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var part in (ReadOnlySpan<int>)[0, 1])
        foreach (var value in part == 0 ? type : data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320u;
        }
        return ~crc;
    }
}
