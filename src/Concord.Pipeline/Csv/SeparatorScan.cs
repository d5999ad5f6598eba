using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Concord.Pipeline.Csv;

/// <summary>Finds every comma and line break of a text, 32 bytes at a time.</summary>
internal static class SeparatorScan
{
    /// <summary>What a text has.</summary>
    /// <param name="Separators">Commas and line feeds together.</param>
    /// <param name="LineFeeds">Line feeds.</param>
    /// <param name="CarriageReturns">Carriage returns.</param>
    internal readonly record struct Counts(int Separators, int LineFeeds, int CarriageReturns);

    /// <summary>Finds the separators.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Takes the index of each; as long as the text.</param>
    /// <returns>Null where the text holds a quote or a NUL, or is not UTF-8.</returns>
    // Compiled for the very machine when first called: the image that is compiled ahead knows no wide vectors.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Counts? Find(ReadOnlySpan<byte> text, Span<int> places)
    {
        places = places[..text.Length];
        ref var first = ref MemoryMarshal.GetReference(text);
        var (found, lines, at) = (0, 0, 0);
        var (odd, returns, high) = (Vector256<byte>.Zero, Vector256<byte>.Zero, Vector256<byte>.Zero);
        for (; at <= text.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref first, (nuint)at);
            var breaks = Vector256.Equals(bytes, Vector256.Create((byte)'\n'));
            odd |= Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256<byte>.Zero);
            returns |= Vector256.Equals(bytes, Vector256.Create((byte)'\r'));
            high |= bytes;
            lines += BitOperations.PopCount(breaks.ExtractMostSignificantBits());
            var mask = (breaks | Vector256.Equals(bytes, Vector256.Create((byte)','))).ExtractMostSignificantBits();
            for (; mask != 0; mask &= mask - 1)
                places[found++] = at + BitOperations.TrailingZeroCount(mask);
        }
        var (isOdd, hasReturns, isAscii) = (
            odd != Vector256<byte>.Zero,
            returns != Vector256<byte>.Zero,
            high.ExtractMostSignificantBits() == 0
        );
        for (; at < text.Length; at++)
        {
            var b = text[at];
            if (b is (byte)',' or (byte)'\n')
                places[found++] = at;
            lines += b == '\n' ? 1 : 0;
            isOdd |= b is (byte)'"' or 0;
            hasReturns |= b == '\r';
            isAscii &= b < 0x80;
        }
        return isOdd || (!isAscii && !Utf8.IsValid(text)) ? null : new(found, lines, hasReturns ? text.Count((byte)'\r') : 0);
    }
}
