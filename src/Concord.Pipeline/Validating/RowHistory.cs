using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Concord.Pipeline.Datasets.Reading;

namespace Concord.Pipeline.Validating;

/// <summary>What is seen only beside other rows: rows and ids that come again, families in two splits. A few bytes are kept of each row.</summary>
internal sealed class RowHistory(Findings findings)
{
    // With 64 bits of a digest two of so many are alike by chance once in 90,000 datasets.
    private const int MostKept = 20_000_000;
    private const int MostFamilies = 1_000_000;

    private readonly Dictionary<ulong, long> _rows = [];
    private readonly HashSet<ulong> _pairs = [];
    private readonly Dictionary<string, string> _splitOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _saidOf = new(StringComparer.Ordinal);
    private readonly List<(long First, string File)> _files = [];
    private long _taken;

    public void Take(DatasetRow row)
    {
        if (_files.Count == 0 || _files[^1].File != row.File)
            _files.Add((_taken - row.Line, row.File));
        var place = _files[^1].First + row.Line;
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
        if (!id.IsEmpty && (_pairs.Contains(Digest(id)) || (_pairs.Count < MostKept && !_pairs.Add(Digest(id)))))
            findings.Error("duplicate-pair-id", "Its 'pair_id' is that of an earlier row.", "Give every pair an id of its own.");
        TakeSplit(row);
    }

    private void TakeSplit(DatasetRow row)
    {
        var ofFile = RowPair.SplitOf(row.File);
        var split = !TextOf(row.Value, "split").IsEmpty ? row.Value.GetProperty("split").GetString()! : ofFile;
        if (split is null)
            return;
        if (ofFile is not null && ofFile != split)
            findings.Error(
                "split-file",
                $"The row's 'split' is '{split}' in a file of '{ofFile}'.",
                "Move it to the file of its split."
            );
        if (TextOf(row.Value, "split_key").IsEmpty)
            return;
        var family = row.Value.GetProperty("split_key").GetString()!;
        if (_splitOf.TryGetValue(family, out var first))
        {
            if (first != split && _saidOf.Add(family))
                findings.Error(
                    "split-leak",
                    $"The family '{family}' is in '{split}' here and in '{first}' before.",
                    "Keep a family in one split: else what is tested was learnt."
                );
        }
        else if (_splitOf.Count < MostFamilies)
            _splitOf[family] = split;
    }

    private string PlaceOf(long place)
    {
        var (first, file) = _files.Last(f => f.First < place);
        return $"{file}:{place - first}";
    }

    private static ReadOnlySpan<byte> TextOf(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) && value.ValueKind == JsonValueKind.String
            ? JsonMarshal.GetRawUtf8Value(value)
            : default;

    private static ulong Digest(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }
}
