using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Concord.Core.Domain;

/// <summary>SHA-256 of a grade file's rows: equal exactly where the rows are, in whatever order.</summary>
internal static class GradeDigest
{
    private const int FullBlock = 64 * 1024;

    [MethodImpl(Hot.Loop)]
    public static byte[] Of(GradeTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Every field but the note has one length, and the note's stands before it.
        var length = GradedOutputs.DigestLength + table.Criteria * (1 + sizeof(double)) + 1 + sizeof(long) + 2 * sizeof(int);
        var block = new byte[FullBlock + length];
        var filled = 0;
        foreach (var row in FileOrder(table))
        {
            Write(table, row, block.AsSpan(filled, length), out var note);
            filled += length;
            if (note is null && filled < FullBlock)
                continue;
            hash.AppendData(block, 0, filled);
            filled = 0;
            if (note is not null)
                hash.AppendData(note);
        }
        hash.AppendData(block, 0, filled);
        return hash.GetHashAndReset();
    }

    [MethodImpl(Hot.Loop)]
    private static void Write(GradeTable table, int row, Span<byte> to, out byte[]? note)
    {
        table.Outputs.DigestOf(table.OutputOf[row]).CopyTo(to);
        to = to[GradedOutputs.DigestLength..];
        for (var cell = row * table.Criteria; cell < (row + 1) * table.Criteria; cell++)
        {
            to[0] = table.Scored[cell] ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteDoubleLittleEndian(to[1..], table.Scores[cell]);
            to = to[(1 + sizeof(double))..];
        }
        to[0] = (byte)table.Status[row];
        BinaryPrimitives.WriteInt64LittleEndian(to[1..], table.GradedAt[row]);
        BinaryPrimitives.WriteInt32LittleEndian(to[9..], table.Seconds[row]);
        note = table.Notes.TryGetValue(row, out var text) ? Encoding.UTF8.GetBytes(text) : null;
        BinaryPrimitives.WriteInt32LittleEndian(to[13..], note?.Length ?? 0);
    }

    [MethodImpl(Hot.Loop)]
    private static int[] FileOrder(GradeTable table)
    {
        var order = new int[table.Count];
        var sorted = true;
        for (var row = 0; row < order.Length; row++)
        {
            order[row] = row;
            sorted = sorted && (row == 0 || Compare(row - 1, row) < 0);
        }
        if (!sorted)
            Array.Sort(order, Compare);
        return order;

        int Compare(int a, int b) => table.Outputs[table.OutputOf[a]].CompareTo(table.Outputs[table.OutputOf[b]]);
    }
}
