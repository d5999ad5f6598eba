using System.Collections;
using System.Text;

namespace Concord.Core.Statistics;

/// <summary>Names kept as their UTF-8 bytes in one array; a string is made when it is asked for.</summary>
/// <param name="bytes">The names, one after the other.</param>
/// <param name="starts">Where each begins; one entry more than there are names.</param>
internal sealed class Utf8Names(byte[] bytes, int[] starts) : IReadOnlyList<string>
{
    public int Count => starts.Length - 1;

    public string this[int index] => Encoding.UTF8.GetString(Bytes(index));

    public ReadOnlySpan<byte> Bytes(int index) => bytes.AsSpan(starts[index], starts[index + 1] - starts[index]);

    /// <summary>The names of a table in an order.</summary>
    public static Utf8Names Of(NameTable names, ReadOnlySpan<int> order)
    {
        var starts = new int[order.Length + 1];
        for (var i = 0; i < order.Length; i++)
            starts[i + 1] = starts[i] + names[order[i]].Length;
        var bytes = new byte[starts[^1]];
        for (var i = 0; i < order.Length; i++)
            names[order[i]].CopyTo(bytes.AsSpan(starts[i]));
        return new(bytes, starts);
    }

    public IEnumerator<string> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
