using System.IO.Compression;
using Concord.Core.Domain;
using Microsoft.Win32.SafeHandles;

namespace Concord.Pipeline.Datasets.Reading;

/// <summary>What stands before a page.</summary>
internal sealed record PageHeader
{
    public int Kind { get; set; } = -1;
    public int Unpacked { get; set; } = -1;
    public int Packed { get; set; } = -1;
    public int Values { get; set; } = -1;
    public int Encoding { get; set; } = -1;
    public int DefinitionEncoding { get; set; } = -1;
    public int RepetitionEncoding { get; set; } = -1;
    public int DefinitionBytes { get; set; }
    public int RepetitionBytes { get; set; }
    public bool IsPacked { get; set; } = true;
}

/// <summary>Brings the pages of a file, and counts how much of it is held at once.</summary>
internal sealed class PageSource(SafeFileHandle file, string name)
{
    public const int DataPage = 0;
    public const int DictionaryPage = 2;
    public const int DataPage2 = 3;

    private const long MostHeld = 512L * 1024 * 1024;
    private const int FirstGuess = 1024;
    private const int LargestHeader = 16 * 1024 * 1024;

    private static readonly string[] Codecs = ["UNCOMPRESSED", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW"];

    private long _held;

    public string Name => name;

    /// <summary>The header at a place, and how many bytes it has.</summary>
    public (PageHeader Header, int Length) Header(long at, long end)
    {
        for (var guess = FirstGuess; ; guess *= 8)
        {
            var size = (int)Math.Min(guess, end - at);
            try
            {
                return Parse(Bytes(at, size));
            }
            // It may have the least and the greatest text of its page in full.
            catch (EndOfStreamException) when (size == guess && guess < LargestHeader) { }
        }
    }

    /// <summary>Bytes of the file.</summary>
    public byte[] Bytes(long at, int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count; )
            read += RandomAccess.Read(file, bytes.AsSpan(read), at + read) is var n and > 0
                ? n
                : throw new InvalidDataException("it is cut off");
        return bytes;
    }

    /// <summary>Says that so many bytes more, or fewer, are held.</summary>
    /// <exception cref="ConcordException">They are too many.</exception>
    public void Hold(long bytes)
    {
        _held += bytes;
        if (_held > MostHeld)
            throw Refused(
                "parquet-pages",
                $"Its pages need more than {MostHeld / 1024 / 1024} MB at once.",
                "Write pages of about 1 MB."
            );
    }

    /// <summary>What a page's bytes are unpacked.</summary>
    public byte[] Unpacked(ReadOnlyMemory<byte> packed, int codec, int length)
    {
        switch (codec)
        {
            case 0:
                return packed.Length == length
                    ? packed.ToArray()
                    : throw new InvalidDataException("a page has another size than it says");
            case 1:
                return Snappy.Unpack(packed.Span, length);
            case 2:
                return Gunzip(packed, length);
            default:
                throw Refused(
                    "parquet-codec",
                    $"Its columns are packed with {(codec >= 0 && codec < Codecs.Length ? Codecs[codec] : "an unknown codec")}, which is not read here.",
                    "Write it with GZIP, SNAPPY or no compression."
                );
        }
    }

    public ConcordException Refused(string rule, string what, string mend) => new(rule, what, mend, name);

    // No more is allotted than really comes: what a header says is anybody's word.
    private static byte[] Gunzip(ReadOnlyMemory<byte> packed, int length)
    {
        using var stream = new GZipStream(new MemoryStream(packed.ToArray(), writable: false), CompressionMode.Decompress);
        var output = new byte[Math.Min(length, Math.Max(1024, packed.Length * 4L))];
        var written = 0;
        for (int read; written < length; written += read)
        {
            if (written == output.Length)
                Array.Resize(ref output, (int)Math.Min(length, output.Length * 2L));
            read = stream.Read(output, written, output.Length - written);
            if (read == 0)
                break;
        }
        if (written < length || stream.ReadByte() >= 0)
            throw new InvalidDataException("a page has another size than it says");
        return output;
    }

    private static (PageHeader, int) Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new CompactReader(bytes);
        var header = new PageHeader();
        while (reader.Field(out var id, out var type))
            switch (id)
            {
                case 1:
                    header.Kind = reader.Int();
                    break;
                case 2:
                    header.Unpacked = reader.Int();
                    break;
                case 3:
                    header.Packed = reader.Int();
                    break;
                case 5 or 7 or 8 when type == CompactType.Struct:
                    Body(ref reader, header, isSecond: id == 8);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        if (header.Packed < 0 || header.Unpacked < 0)
            throw new InvalidDataException("a page does not say its size");
        return (header, reader.Position);
    }

    private static void Body(ref CompactReader reader, PageHeader header, bool isSecond)
    {
        var outer = reader.Begin();
        while (reader.Field(out var id, out var type))
            switch (id, isSecond)
            {
                case (1, _):
                    header.Values = reader.Int();
                    break;
                case (2, false) or (4, true):
                    header.Encoding = reader.Int();
                    break;
                case (3, false) when type == CompactType.Int32:
                    header.DefinitionEncoding = reader.Int();
                    break;
                case (4, false) when type == CompactType.Int32:
                    header.RepetitionEncoding = reader.Int();
                    break;
                case (5, true):
                    header.DefinitionBytes = reader.Int();
                    break;
                case (6, true):
                    header.RepetitionBytes = reader.Int();
                    break;
                case (7, true):
                    header.IsPacked = type == CompactType.True;
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        reader.End(outer);
    }
}
