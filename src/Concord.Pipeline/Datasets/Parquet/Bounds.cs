using System.Buffers.Binary;
using System.Text;

namespace Concord.Pipeline.Datasets.Parquet;

/// <summary>The least and the greatest value of a page, so that readers can pass it over; long texts are cut, the greatest upwards.</summary>
/// <param name="Min">As PLAIN has it, without a length.</param>
/// <param name="Max">The same.</param>
internal sealed record Bounds(byte[] Min, byte[] Max)
{
    private const int Longest = 64;

    /// <returns>Null where there are no values.</returns>
    public static Bounds? Of(IReadOnlyList<object> values) =>
        values.Count == 0
            ? null
            : values[0] switch
            {
                byte[] => OfTexts(values),
                double => OfNumbers([.. values.Cast<double>()]),
                long => Of(values.Cast<long>(), sizeof(long), BinaryPrimitives.WriteInt64LittleEndian),
                _ => Of(values.Select(v => (bool)v ? (byte)1 : (byte)0), 1, (bytes, v) => bytes[0] = v),
            };

    private static Bounds Of<T>(IEnumerable<T> values, int size, PutValue<T> put) => Of(values.Min()!, values.Max()!, size, put);

    private static Bounds Of<T>(T min, T max, int size, PutValue<T> put)
    {
        var (low, high) = (new byte[size], new byte[size]);
        put(low, min);
        put(high, max);
        return new(low, high);
    }

    // Of the two zeros the least is the negative one, and which was meant is not asked.
    private static Bounds OfNumbers(double[] values)
    {
        var (min, max) = (values.Min(), values.Max());
        return Of(min == 0 ? -0.0 : min, max == 0 ? 0.0 : max, sizeof(double), BinaryPrimitives.WriteDoubleLittleEndian);
    }

    private static Bounds OfTexts(IReadOnlyList<object> values)
    {
        var (min, max) = ((byte[])values[0], (byte[])values[0]);
        foreach (var value in values)
        {
            var bytes = (byte[])value;
            if (bytes.AsSpan().SequenceCompareTo(min) < 0)
                min = bytes;
            if (bytes.AsSpan().SequenceCompareTo(max) > 0)
                max = bytes;
        }
        return new(Cut(min), Above(max));
    }

    private static byte[] Cut(byte[] text)
    {
        var end = Math.Min(text.Length, Longest);
        while (end < text.Length && (text[end] & 0xC0) == 0x80)
            end--;
        return text[..end];
    }

    // The last character that has a next one takes it.
    private static byte[] Above(byte[] text)
    {
        var cut = Cut(text);
        if (cut.Length == text.Length)
            return text;
        for (var runes = Encoding.UTF8.GetString(cut).EnumerateRunes().ToList(); runes.Count > 0; runes.RemoveAt(runes.Count - 1))
            if (Rune.IsValid(runes[^1].Value + 1))
                return Encoding.UTF8.GetBytes(
                    string.Concat(runes.SkipLast(1).Append(new Rune(runes[^1].Value + 1)).Select(r => r.ToString()))
                );
        return text;
    }

    private delegate void PutValue<in T>(Span<byte> bytes, T value);
}
