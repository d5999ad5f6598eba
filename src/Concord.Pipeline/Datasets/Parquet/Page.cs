using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>The values of a column that are still gathered, with the levels that say where in their rows they stand.</summary>
internal sealed class Page(Leaf leaf)
{
    private readonly List<int> _repetitions = [];
    private readonly List<int> _definitions = [];
    private readonly List<object> _values = [];

    /// <summary>About how many bytes it will have before it is packed.</summary>
    public int Bytes { get; private set; }

    /// <summary>How many values, an empty list counting as one.</summary>
    public int Count => leaf.Lists == 0 ? _values.Count : _definitions.Count;

    public int Rows { get; private set; }

    public IReadOnlyList<object> Values => _values;

    /// <summary>Takes a value; null stands for an empty list.</summary>
    public void Add(object? value, int repetition, int definition)
    {
        if (repetition == 0)
            Rows++;
        if (leaf.Lists > 0)
        {
            _repetitions.Add(repetition);
            _definitions.Add(definition);
        }
        if (value is null)
            return;
        // A text is kept as the bytes it will have.
        _values.Add(value is string text ? Encoding.UTF8.GetBytes(WellFormed.Of(text)) : value);
        Bytes += _values[^1] is byte[] bytes ? bytes.Length + sizeof(int) : sizeof(double);
    }

    /// <summary>The page's body before it is packed.</summary>
    /// <param name="places">The values' places in the dictionary; null where they stand here themselves.</param>
    /// <param name="largest">The largest place.</param>
    public ReadOnlySpan<byte> Body(int[]? places, int largest)
    {
        var body = new ArrayBufferWriter<byte>(Math.Max(256, Bytes));
        if (leaf.Lists > 0)
        {
            PutLevels(body, _repetitions);
            PutLevels(body, _definitions);
        }
        if (places is null)
        {
            PutPlain(body, _values, leaf.Type);
        }
        else
        {
            var bits = HybridEncoding.BitsFor(largest);
            body.Write([(byte)bits]);
            HybridEncoding.Write(body, places, bits);
        }
        return body.WrittenSpan;
    }

    /// <summary>Values one after the other, as Parquet's PLAIN has them.</summary>
    public static void PutPlain(IBufferWriter<byte> output, IReadOnlyList<object> values, PhysicalType type)
    {
        if (type == PhysicalType.Boolean)
        {
            for (var i = 0; i < values.Count; i += 8)
            {
                var bits = 0;
                for (var j = i; j < Math.Min(values.Count, i + 8); j++)
                    bits |= (bool)values[j] ? 1 << (j - i) : 0;
                output.Write([(byte)bits]);
            }
            return;
        }
        Span<byte> fixedSize = stackalloc byte[sizeof(long)];
        foreach (var value in values)
            switch (value)
            {
                case byte[] bytes:
                    BinaryPrimitives.WriteInt32LittleEndian(fixedSize, bytes.Length);
                    output.Write(fixedSize[..sizeof(int)]);
                    output.Write(bytes);
                    break;
                case double number:
                    BinaryPrimitives.WriteDoubleLittleEndian(fixedSize, number);
                    output.Write(fixedSize);
                    break;
                default:
                    BinaryPrimitives.WriteInt64LittleEndian(fixedSize, (long)value);
                    output.Write(fixedSize);
                    break;
            }
    }

    /// <summary>A body as gzip packs it.</summary>
    public static byte[] Packed(ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);
        return packed.ToArray();
    }

    private void PutLevels(IBufferWriter<byte> body, List<int> levels)
    {
        var encoded = new ArrayBufferWriter<byte>();
        HybridEncoding.Write(
            encoded,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(levels),
            HybridEncoding.BitsFor(leaf.Lists)
        );
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, encoded.WrittenCount);
        body.Write(length);
        body.Write(encoded.WrittenSpan);
    }
}
