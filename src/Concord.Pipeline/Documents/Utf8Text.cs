using System.Text;

namespace Concord.Pipeline.Documents;

/// <summary>Bytes to text, strictly: what is not UTF-8 is an error with its place, never a replacement character.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a file; a BOM is taken away.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="largest">The most bytes that such a file may have.</param>
    /// <returns>The text; null where it is too large, holds a NUL byte or is not UTF-8.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes, ProblemList problems, int largest)
    {
        if (bytes.Length > largest)
        {
            problems.Error(
                "too-large",
                null,
                null,
                $"The file has {bytes.Length:#,0} bytes; at most {largest:#,0} are read.",
                "Split it, or remove what does not belong in it."
            );
            return null;
        }
        bytes = WithoutBom(bytes);
        return IsCleanText(bytes, problems) ? Strict.GetString(bytes) : null;
    }

    /// <summary>The bytes after a byte order mark, where there is one.</summary>
    public static ReadOnlySpan<byte> WithoutBom(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>Whether bytes are UTF-8 without NUL; what is wrong is reported with its place.</summary>
    public static bool IsCleanText(ReadOnlySpan<byte> bytes, ProblemList problems)
    {
        if (bytes.IndexOf((byte)0) is var nul and >= 0)
        {
            var (line, column) = Place(bytes, nul);
            problems.Error(
                "nul-byte",
                line,
                column,
                "The file holds a NUL byte, so it is not text.",
                "Save it as UTF-8 text; UTF-16 files look like this."
            );
            return false;
        }
        if (InvalidAt(bytes) is { } at)
        {
            var (line, column) = Place(bytes, at);
            problems.Error("not-utf8", line, column, $"The byte 0x{bytes[at]:X2} is not UTF-8.", "Save the file as UTF-8.");
            return false;
        }
        return true;
    }

    /// <summary>The 1-based line and column (in characters) of a byte.</summary>
    public static (int Line, int Column) Place(ReadOnlySpan<byte> bytes, int offset)
    {
        var before = bytes[..offset];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    private static int? InvalidAt(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return null;
        var offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
            offset += consumed;
        return offset;
    }
}
