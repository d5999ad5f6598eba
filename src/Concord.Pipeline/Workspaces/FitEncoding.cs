using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;
using Concord.Core.Statistics.RaterModels;

namespace Concord.Pipeline.Workspaces;

/// <summary>A fit as the bytes of a file: version, whose it is, names, chances, and a SHA-256 sum of it all.</summary>
internal static class FitEncoding
{
    private const int SumLength = 32;
    private static readonly byte[] Magic = "concord fit 1\n"u8.ToArray();

    public static byte[] Encode(string key, RaterModelStart start)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(key);
        writer.Write(Names.Of(start.Model));
        Write(writer, start.Classes);
        Write(writer, start.Raters);
        Write(writer, [.. start.Pooled.Prior]);
        Write(writer, [.. start.Pooled.Confusion]);
        Write(writer, start.Confusions);
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    /// <summary>The fit in a file; null where it is damaged, of another version, or somebody else's.</summary>
    public static RaterModelStart? Decode(byte[] bytes, string key)
    {
        var length = bytes.Length - SumLength;
        if (
            length < Magic.Length
            || !bytes.AsSpan(0, Magic.Length).SequenceEqual(Magic)
            || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length))
        )
            return null;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            reader.BaseStream.Position = Magic.Length;
            if (reader.ReadString() != key || !Names.TryParse<RaterModel>(reader.ReadString(), out var model))
                return null;
            var (classes, raters) = (ReadNames(reader), ReadNames(reader));
            var pooled = new PooledConfusion(ReadNumbers(reader), ReadNumbers(reader));
            var confusions = ReadNumbers(reader);
            return reader.BaseStream.Position == length ? new(model, classes, pooled, raters, confusions) : null;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> names)
    {
        writer.Write(names.Count);
        foreach (var name in names)
            writer.Write(name);
    }

    private static void Write(BinaryWriter writer, ReadOnlySpan<double> numbers)
    {
        writer.Write(numbers.Length);
        foreach (var number in numbers)
            writer.Write(number);
    }

    private static string[] ReadNames(BinaryReader reader)
    {
        var names = new string[Count(reader, 1)];
        for (var i = 0; i < names.Length; i++)
            names[i] = reader.ReadString();
        return names;
    }

    private static double[] ReadNumbers(BinaryReader reader)
    {
        var numbers = new double[Count(reader, sizeof(double))];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = reader.ReadDouble();
        return numbers;
    }

    private static int Count(BinaryReader reader, int leastBytes)
    {
        var count = reader.ReadInt32();
        return count >= 0 && (long)count * leastBytes <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count
            : throw new EndOfStreamException();
    }
}
