using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Concord.Pipeline.Datasets.Reading;

namespace Concord.Pipeline.Validating;

/// <summary>What is seen only beside other rows: rows and ids that come again, families and prompts in two splits. A few bytes are kept of each row.</summary>
internal sealed class RowHistory(Findings findings, PromptDigest prompts)
{
    // With 64 bits of a digest two of so many are alike by chance once in 90,000 datasets.
    private const int MostKept = 20_000_000;
    private const int MostSplits = 100;
    private const int LongestSplit = 200;

    private readonly Dictionary<ulong, long> _rows = [];
    private readonly HashSet<ulong> _pairs = [];
    private readonly List<string> _splits = [];
    private readonly FirstSplits _families = new(MostKept);
    private readonly FirstSplits _prompts = new(MostKept);
    private readonly List<(long Begin, long Offset, string File)> _files = [];
    private long _taken;

    public void Take(DatasetRow row)
    {
        if (_files.Count == 0 || _files[^1].File != row.File)
            _files.Add((_taken, _taken - row.Line, row.File));
        var place = _files[^1].Offset + row.Line;
        _taken = place + 1;
        var digest = Digest(JsonMarshal.GetRawUtf8Value(row.Value));
        if (_rows.TryGetValue(digest, out var earlier))
            findings.Warning(
                "duplicate-row",
                $"The row is the same as {PlaceOf(earlier)}.",
                "Keep one: what comes twice counts twice."
            );
        else if (_rows.Count < MostKept)
            _rows[digest] = place;
        var id = TextOf(row.Value, "pair_id");
        if (id is { Length: > 0 } && (_pairs.Contains(Digest(id)) || (_pairs.Count < MostKept && !_pairs.Add(Digest(id)))))
            findings.Error("duplicate-pair-id", "Its 'pair_id' is that of an earlier row.", "Give every pair an id of its own.");
        TakeSplit(row);
    }

    private void TakeSplit(DatasetRow row)
    {
        var ofFile = RowPair.SplitOf(row.File);
        var split = TextOf(row.Value, "split") is { Length: > 0 } own ? own : ofFile;
        if (split is null)
            return;
        if (ofFile is not null && RowPair.NormalSplit(ofFile) != RowPair.NormalSplit(split))
            findings.Error(
                "split-file",
                $"The row's 'split' is '{split}' in a file of '{ofFile}'.",
                "Move it to the file of its split."
            );
        if (NumberOf(RowPair.NormalSplit(split)) is not { } number)
            return;
        var family = TextOf(row.Value, "split_key");
        var first = family is { Length: > 0 } ? _families.Other(Digest(family), number) : null;
        if (first is { } other)
            findings.Error(
                "split-leak",
                $"The family '{family}' is in '{split}' here and in '{_splits[other]}' before.",
                "Keep a family in one split: else what is tested was learnt."
            );
        if (prompts.DigestOf(row.Value) is not { } prompt)
            return;
        // A family that leaks has told it.
        if (_prompts.Other(prompt, number) is { } before && first is null)
            findings.Error(
                "split-leak",
                $"The same prompt is in '{split}' here and in '{_splits[before]}' before.",
                "Keep all rows of a prompt in one split: else what is tested was learnt."
            );
    }

    // Beyond a few a split's name tells no split.
    private byte? NumberOf(string split)
    {
        if (split.Length > LongestSplit)
            return null;
        var number = _splits.IndexOf(split);
        if (number < 0 && _splits.Count < MostSplits)
        {
            number = _splits.Count;
            _splits.Add(split);
        }
        return number < 0 ? null : (byte)number;
    }

    private string PlaceOf(long place)
    {
        var (_, offset, file) = _files.Last(f => f.Begin <= place);
        return $"{file}:{place - offset}";
    }

    // As it reads, not as it is written: "\u0061" is "a".
    private static string? TextOf(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ulong Digest(string text) => Digest(MemoryMarshal.AsBytes(text.AsSpan()));

    private static ulong Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
