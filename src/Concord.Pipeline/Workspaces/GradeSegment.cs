using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Concord.Core.Domain;

namespace Concord.Pipeline.Workspaces;

/// <summary>
/// One file of the cache: a head with the rubric's sum and the outputs that its rows name, then an entry for each
/// grade file. Head and entries carry SHA-256 sums; what does not match its sum is not there.
/// </summary>
internal sealed class GradeSegment
{
    private const int SumLength = 32;
    private static readonly byte[] Magic = "concord grades 1\n"u8.ToArray();

    private readonly byte[] _bytes;
    private readonly byte[] _headSum;
    private readonly GradedOutputs _outputs = new();
    private readonly List<string> _blobs = [];
    private readonly List<(int Start, int Length)> _entries = [];

    private GradeSegment(byte[] bytes, byte[] headSum) => (_bytes, _headSum) = (bytes, headSum);

    /// <summary>The blob ids of its entries.</summary>
    public IReadOnlyList<string> Blobs => _blobs;

    /// <summary>Opens a segment.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="rubricSum">What of the rubric decides on reading, as a sum.</param>
    /// <returns>The segment; null where it is damaged, or of another version or rubric.</returns>
    public static GradeSegment? Open(byte[] bytes, byte[] rubricSum)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            if (!reader.ReadBytes(Magic.Length).SequenceEqual(Magic) || !reader.ReadBytes(SumLength).SequenceEqual(rubricSum))
                return null;
            var head = (int)reader.BaseStream.Position + sizeof(int) + reader.ReadInt32();
            if (head < 0 || head > bytes.Length - SumLength)
                return null;
            var sum = bytes[head..(head + SumLength)];
            if (!SHA256.HashData(bytes.AsSpan(0, head)).SequenceEqual(sum))
                return null;
            var segment = new GradeSegment(bytes, sum);
            for (var left = reader.ReadInt32(); left > 0; left--)
                segment._outputs.Add(
                    new(
                        new(ChallengeId.Parse(reader.ReadString()), ModelId.Parse(reader.ReadString())),
                        OutputId.Parse(reader.ReadString())
                    )
                );
            segment.Index(head + SumLength);
            return segment;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or IOException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The rows of an entry; null where it is damaged.</summary>
    public GradeTable? Read(int index)
    {
        var (start, length) = _entries[index];
        var payload = _bytes.AsSpan(start, length);
        try
        {
            return Sum(_headSum, _blobs[index], payload).AsSpan().SequenceEqual(_bytes.AsSpan(start + length, SumLength))
                ? GradeEncoding.Decode(payload, _outputs)
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Writes a segment.</summary>
    /// <param name="rubricSum">What of the rubric decides on reading, as a sum.</param>
    /// <param name="entries">What to keep, the most important first.</param>
    /// <param name="most">The most bytes that the entries may have together.</param>
    /// <returns>The file; null where nothing is left to keep.</returns>
    public static byte[]? Write(byte[] rubricSum, IEnumerable<GradePack.Entry> entries, long most)
    {
        var (outputs, places) = (new GradedOutputs(), new Dictionary<GradedOutputs, Dictionary<int, int>>());
        var kept = new List<(string Blob, byte[] Payload)>();
        foreach (var entry in entries.DistinctBy(e => e.Blob, StringComparer.Ordinal))
        {
            if (!places.TryGetValue(entry.Grades.Outputs, out var numbers))
                places[entry.Grades.Outputs] = numbers = [];
            var payload = GradeEncoding.Encode(
                entry.Grades,
                place =>
                {
                    if (!numbers.TryGetValue(place, out var number))
                        numbers[place] = number = outputs.Add(entry.Grades.Outputs[place]);
                    return number;
                }
            );
            if (payload is null || (most -= payload.Length) < 0)
                continue;
            kept.Add((entry.Blob, payload));
        }
        return kept.Count == 0 ? null : Bytes(rubricSum, outputs, kept);
    }

    private static byte[] Bytes(byte[] rubricSum, GradedOutputs outputs, List<(string Blob, byte[] Payload)> entries)
    {
        using var head = new MemoryStream();
        using (var writer = new BinaryWriter(head, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(rubricSum);
            writer.Write(0);
            writer.Write(outputs.Count);
            for (var i = 0; i < outputs.Count; i++)
            {
                writer.Write(outputs[i].Key.Challenge.Value);
                writer.Write(outputs[i].Key.Model.Value);
                writer.Write(outputs[i].Output.Value);
            }
        }
        var start = Magic.Length + SumLength;
        BinaryPrimitives.WriteInt32LittleEndian(head.GetBuffer().AsSpan(start), (int)head.Length - start - sizeof(int));
        var sum = SHA256.HashData(head.GetBuffer().AsSpan(0, (int)head.Length));
        using var stream = new MemoryStream();
        head.WriteTo(stream);
        using var body = new BinaryWriter(stream, Encoding.UTF8);
        body.Write(sum);
        foreach (var (blob, payload) in entries)
        {
            body.Write(blob);
            body.Write(payload.Length);
            body.Write(payload);
            body.Write(Sum(sum, blob, payload));
        }
        return stream.ToArray();
    }

    // Only where entries begin: their sums are looked at when they are read.
    private void Index(int start)
    {
        using var reader = new BinaryReader(new MemoryStream(_bytes), Encoding.UTF8);
        var stream = reader.BaseStream;
        for (stream.Position = start; stream.Position < stream.Length; )
        {
            var (blob, length) = (reader.ReadString(), reader.ReadInt32());
            if (length < 0 || length > stream.Length - stream.Position - SumLength)
                throw new EndOfStreamException();
            _blobs.Add(blob);
            _entries.Add(((int)stream.Position, length));
            stream.Position += length + SumLength;
        }
    }

    private static byte[] Sum(byte[] headSum, string blob, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(headSum);
        hash.AppendData(Encoding.UTF8.GetBytes(blob));
        hash.AppendData(payload);
        return hash.GetHashAndReset();
    }
}
