using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Concord.Core;
using Concord.Core.Domain;

namespace Concord.Pipeline.Workspaces;

/// <summary>The rows of one grade file as the cache keeps them: columns of little-endian numbers, about 14 bytes a row.</summary>
internal static class GradeEncoding
{
    private const int DigestLength = 32;
    private const int MostScores = 255; // a byte names a score; 0 is none

    /// <summary>Encodes the rows of a file.</summary>
    /// <param name="grades">The rows.</param>
    /// <param name="placeOf">The number of each output that the rows name, in the segment.</param>
    /// <returns>The bytes; null where the rows are unusual, so that parsing them again is the simpler way.</returns>
    [MethodImpl(Hot.Loop)]
    public static byte[]? Encode(GradeTable grades, Func<int, int> placeOf)
    {
        var (values, codes) = (new List<double>(), new byte[grades.Scores.Length]);
        for (var cell = 0; cell < codes.Length; cell++)
        {
            if (!grades.Scored[cell])
                continue;
            var code = values.IndexOf(grades.Scores[cell]);
            if (code < 0)
            {
                code = values.Count;
                values.Add(grades.Scores[cell]);
                if (code == MostScores)
                    return null;
            }
            codes[cell] = (byte)(code + 1);
        }
        var (places, seconds) = (new int[grades.Count], new uint[grades.Count]);
        for (var row = 0; row < grades.Count; row++)
        {
            places[row] = placeOf(grades.OutputOf[row]);
            var (moment, fraction) = Math.DivRem(grades.GradedAt[row] - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
            if (moment is < 0 or > uint.MaxValue || fraction != 0)
                return null;
            seconds[row] = (uint)moment;
        }

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(grades.Digest);
        writer.Write(grades.Count);
        writer.Write(grades.Criteria);
        writer.Write(values.Count);
        writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
        writer.Write(codes);
        writer.Write(MemoryMarshal.AsBytes<int>(places));
        writer.Write(MemoryMarshal.AsBytes<uint>(seconds));
        writer.Write(MemoryMarshal.AsBytes(grades.Seconds));
        writer.Write(MemoryMarshal.AsBytes(grades.Status));
        var lines = Enumerable.Range(0, grades.Count).Select(grades.LineOf).ToArray();
        var plain = lines.Length == 0 || lines[^1] == lines.Length + 1;
        writer.Write(plain);
        if (!plain)
            writer.Write(MemoryMarshal.AsBytes<int>(lines));
        writer.Write(grades.Notes.Count);
        foreach (var (row, note) in grades.Notes.OrderBy(n => n.Key))
        {
            writer.Write(row);
            writer.Write(note);
        }
        return stream.ToArray();
    }

    /// <summary>Decodes what <see cref="Encode"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It did not write this.</exception>
    [MethodImpl(Hot.Loop)]
    public static GradeTable Decode(ReadOnlySpan<byte> bytes, GradedOutputs outputs)
    {
        var digest = Take(ref bytes, DigestLength).ToArray();
        var (rows, criteria, scores) = (Whole(ref bytes), Whole(ref bytes), Whole(ref bytes));
        var values = Numbers<double>(ref bytes, scores);
        var codes = Take(ref bytes, (long)rows * criteria);
        var places = Numbers<int>(ref bytes, rows);
        var moments = Numbers<uint>(ref bytes, rows);
        var seconds = Numbers<int>(ref bytes, rows);
        var status = Numbers<GradeStatus>(ref bytes, rows);
        var plain = Take(ref bytes, 1)[0] == 1;
        var columns = new GradeColumns(rows, criteria) { Lines = plain ? null : Numbers<int>(ref bytes, rows).ToArray() };
        for (var cell = 0; cell < codes.Length; cell++)
        {
            if (codes[cell] == 0)
                continue;
            columns.Scored[cell] = true;
            columns.Scores[cell] = values[codes[cell] - 1];
        }
        for (var row = 0; row < rows; row++)
        {
            if ((uint)places[row] >= (uint)outputs.Count || status[row] > GradeStatus.Flagged)
                throw new InvalidDataException("The row is of no output, or of no status.");
            columns.GradedAt[row] = DateTime.UnixEpoch.Ticks + moments[row] * TimeSpan.TicksPerSecond;
        }
        places.CopyTo(columns.OutputOf);
        seconds.CopyTo(columns.Seconds);
        status.CopyTo(columns.Status);
        for (var left = Whole(ref bytes); left > 0; left--)
            columns.Notes[Whole(ref bytes)] = Encoding.UTF8.GetString(Take(ref bytes, Length(ref bytes)));
        return new(outputs, columns, digest);
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> bytes, long count)
    {
        if (count < 0 || count > bytes.Length)
            throw new InvalidDataException("The entry ends too early.");
        var taken = bytes[..(int)count];
        bytes = bytes[(int)count..];
        return taken;
    }

    private static ReadOnlySpan<T> Numbers<T>(ref ReadOnlySpan<byte> bytes, int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Take(ref bytes, (long)count * Unsafe.SizeOf<T>()));

    private static int Whole(ref ReadOnlySpan<byte> bytes) =>
        MemoryMarshal.Read<int>(Take(ref bytes, sizeof(int))) is >= 0 and var number
            ? number
            : throw new InvalidDataException("A count is negative.");

    // As BinaryWriter writes the length of a text: seven bits a byte, the lowest first.
    private static int Length(ref ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Take(ref bytes, 1)[0];
            length |= (next & 0x7F) << shift;
            if (next < 0x80)
                return length;
        }
        throw new InvalidDataException("A text's length has no end.");
    }
}
