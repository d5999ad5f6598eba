using System.Text.Json;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets;
using Concord.Pipeline.Datasets.Parquet;
using Concord.Pipeline.Datasets.Reading;
using Concord.Tests.Support;

namespace Concord.Tests.Datasets.Reading;

/// <summary>The rows of a Parquet file come back, whoever wrote it; what is broken or of another kind is refused.</summary>
public sealed class ParquetReadingTests : IDisposable
{
    private static readonly Shape Row = Shape.Record(
        new("id", Shape.Whole),
        new("score", Shape.Number),
        new("agrees", Shape.Flag),
        new("model", Shape.Text),
        new("prompt", Shape.List(Shape.Record(new("role", Shape.Text), new("content", Shape.Text)))),
        new("turns", Shape.List(Shape.List(Shape.Whole))),
        new("evidence", Shape.Record(new("votes", Shape.Whole), new("graders", Shape.List(Shape.Text))))
    );

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read()
    {
        object[][] rows =
        [
            Of(
                0,
                4.0,
                "a",
                [
                    [1, 2],
                    [],
                    [3],
                ]
            ),
            Of(1, -0.0, "", []),
            Of(
                2,
                0.1,
                "Ωμέγα 👩‍🚀 \0\t\"\\\u2028",
                [
                    [],
                ]
            ),
            Of(
                3,
                1e300,
                new string('é', 1_000_000),
                [
                    [long.MaxValue],
                ]
            ),
        ];

        AssertRead(rows);
    }

    [Fact]
    public void Rows_of_several_row_groups_are_read_in_order()
    {
        var random = new Random(11);
        AssertRead(
            [
                .. Enumerable
                    .Range(0, 20_000)
                    .Select(i =>
                        Of(
                            i,
                            Math.Round(random.NextDouble() * 5, 2),
                            $"lab/model-{random.Next(12)} {random.Next(10_000)}",
                            [
                                .. Enumerable
                                    .Range(0, random.Next(3))
                                    .Select(_ => Enumerable.Range(0, random.Next(20)).Select(n => (long)n).ToArray()),
                            ]
                        )
                    ),
            ]
        );
        Assert.True(new FileInfo(_folder["rows.parquet"]).Length > 200_000);
    }

    [Fact]
    public async Task Files_of_DuckDB_are_read_as_their_lines()
    {
        var names = await DatasetReaders.WriteAsync(_folder.Path);

        Assert.Equal(7, names.Length);
        foreach (var name in names.Except(["zstd", "delta"]))
            AssertSame(_folder[$"{name}.jsonl"], _folder[$"{name}.parquet"]);
        Assert.Equal(
            "x: Its columns are packed with ZSTD, which is not read here. Write it with GZIP, SNAPPY or no compression.",
            Refused("zstd.parquet")
        );
        Assert.Matches(
            "^x: The column '\\w+' is encoded as DELTA_\\w+, which is not read here\\. Write it with PLAIN",
            Refused("delta.parquet")
        );
    }

    [Fact]
    public void The_samples_are_read_but_for_the_one_that_zstd_packed()
    {
        var zstd = SourceTree.Reference("export/samples/from-csharp-duckdb.parquet");
        Assert.Equal(
            "parquet-codec",
            Assert.Throws<ConcordException>(() => DatasetReader.Read(zstd, "x").Count()).Problems[0].Rule
        );

        var path = SourceTree.Reference("export/samples/from-csharp-pure.parquet");
        var rows = DatasetReader.Read(path, "x").Select(r => r.Value.Clone()).ToArray();

        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal("assistant", r.GetProperty("chosen")[0].GetProperty("role").GetString()));
    }

    [Fact]
    public void Numbers_that_are_not_finite_can_be_told()
    {
        // The writer refuses them, so the bytes of two numbers are changed in a file that is not packed.
        var path = SourceTreeOf("plain", 3.5);
        var row = DatasetReader.Read(path, "x").Select(r => r.Value.Clone()).Single();

        Assert.Equal(double.PositiveInfinity, row.GetProperty("score").GetDouble());
    }

    [Fact]
    public void A_cut_file_is_refused_wherever_it_is_cut()
    {
        Write(
            [
                Of(
                    0,
                    1.5,
                    "a",
                    [
                        [1],
                    ]
                ),
            ]
        );
        var whole = File.ReadAllBytes(_folder["rows.parquet"]);
        for (var length = 0; length < whole.Length; length += 7)
        {
            _folder.Write("cut.parquet", whole[..length]);
            Assert.StartsWith("x: The Parquet file is broken: ", Refused("cut.parquet"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_read_or_refused()
    {
        Write(
            [
                .. Enumerable
                    .Range(0, 30)
                    .Select(i =>
                        Of(
                            i,
                            i / 8.0,
                            $"m{i % 3}",
                            [
                                [i],
                                [],
                                [1, 2],
                            ]
                        )
                    ),
            ]
        );
        var whole = File.ReadAllBytes(_folder["rows.parquet"]);
        var random = new Random(3);
        var (read, refused) = (0, 0);
        for (var trial = 0; trial < 6000; trial++)
        {
            var bytes = whole.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _folder.Write("changed.parquet", bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                // A changed count may well stand for a billion rows of nothing.
                read += DatasetReader.Read(_folder["changed.parquet"], "x").Take(1000).Sum(_ => 1) > 0 ? 1 : 0;
            }
            catch (ConcordException)
            {
                refused++;
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64_000_000, $"trial {trial}");
        }
        Assert.True(read > 100 && refused > 1000, $"{read} {refused}");
    }

    [Theory]
    [InlineData("no file", "it does not end as such a file does")]
    [InlineData("PAR1", "it is too short")]
    public void What_is_no_such_file_is_refused(string text, string why)
    {
        _folder.Write("other.parquet", text + (text == "PAR1" ? "" : new string(' ', 100)));

        Assert.Contains(why, Refused("other.parquet"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(8, 9)]
    public void A_row_of_too_many_bytes_is_refused_in_whatever_columns_it_has_them(int columns, int megabytes)
    {
        var fields = Enumerable.Range(0, columns).Select(i => new Field($"c{i}", Shape.Text)).ToArray();
        using (var file = File.Create(_folder["long.parquet"]))
        using (var writer = new ParquetWriter(Shape.Record(fields), file, []))
        {
            writer.Write([.. Enumerable.Repeat(new string('x', megabytes << 20), columns)]);
            writer.Finish();
        }

        Assert.Contains(" more than 67,108,864 bytes as JSON.", Refused("long.parquet"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 12, "a page does not say its size")]
    [InlineData(3, 11, "two of its columns lie in the same place")]
    [InlineData(1_000_000_000_000, 12, "The file says that it has more than 1,")]
    public void What_the_end_of_the_file_says_of_rows_and_places_is_not_believed(long rows, int second, string why)
    {
        _folder.Write("bomb.parquet", Footed(rows, 4, second));

        Assert.Contains(why, Refused("bomb.parquet"), StringComparison.OrdinalIgnoreCase);
    }

    // Two columns of eight bytes each; Thrift's compact protocol, by hand.
    private static byte[] Footed(long rows, long first, long second)
    {
        byte[] Number(long value)
        {
            var bytes = new List<byte>();
            var left = (ulong)value << 1;
            for (; left >= 0x80; left >>= 7)
                bytes.Add((byte)(left | 0x80));
            return [.. bytes, (byte)left];
        }
        byte[] Chunk(long start) => [0x3C, 0x45, 0, 0x16, .. Number(rows), 0x26, .. Number(8), 0x26, .. Number(start), 0, 0];
        byte[] Leaf(char name) => [0x15, 4, 0x25, 0, 0x18, 1, (byte)name, 0];
        byte[] footer =
        [
            .. (byte[])[0x29, 0x3C, 0x48, 1, (byte)'r', 0x15, 4, 0],
            .. Leaf('a'),
            .. Leaf('b'),
            .. (byte[])[0x29, 0x1C, 0x19, 0x2C],
            .. Chunk(first),
            .. Chunk(second),
            0x26,
            .. Number(rows),
            0,
            0,
        ];
        return [.. "PAR1"u8, .. new byte[20], .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
    }

    private string Refused(string file) =>
        Assert.Throws<ConcordException>(() => DatasetReader.Read(_folder[file], "x").Count()).Message;

    private string SourceTreeOf(string name, double wanted)
    {
        var path = _folder[$"{name}.parquet"];
        using (var file = File.Create(path))
        using (var writer = new ParquetWriter(Shape.Record(new Field("score", Shape.Number)), file, []))
        {
            writer.Write([wanted]);
            writer.Finish();
        }
        // The page's gzip is exchanged for one of the same length.
        var bytes = File.ReadAllBytes(path);
        Span<byte> number = stackalloc byte[8];
        var at = Find(bytes, Concord.Pipeline.Datasets.Parquet.Page.Packed(Bytes(wanted)));
        Concord.Pipeline.Datasets.Parquet.Page.Packed(Bytes(double.PositiveInfinity)).CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Bytes(double value) => BitConverter.GetBytes(value);

    private static int Find(byte[] bytes, byte[] part) =>
        bytes.AsSpan().IndexOf(part) is var at and >= 0
            ? at
            : throw new InvalidOperationException("The page is not where it was.");

    private void AssertRead(object[][] rows)
    {
        Write(rows);
        using (var file = File.Create(_folder["rows.jsonl"]))
        using (var writer = new JsonLinesWriter(Row, file))
        {
            foreach (var row in rows)
                writer.Write(row);
            writer.Finish();
        }
        AssertSame(_folder["rows.jsonl"], _folder["rows.parquet"]);
    }

    private static void AssertSame(string lines, string parquet)
    {
        using var wanted = DatasetReader.Read(lines, "x").GetEnumerator();
        foreach (var row in DatasetReader.Read(parquet, "x"))
        {
            Assert.True(wanted.MoveNext());
            Assert.Equal(wanted.Current.Line, row.Line);
            if (!JsonElement.DeepEquals(wanted.Current.Value, row.Value))
                Assert.Equal(wanted.Current.Value.GetRawText(), row.Value.GetRawText());
        }
        Assert.False(wanted.MoveNext());
    }

    private void Write(object[][] rows)
    {
        using var file = File.Create(_folder["rows.parquet"]);
        using var writer = new ParquetWriter(Row, file, [new("about", "a test")]);
        foreach (var row in rows)
            writer.Write(row);
        writer.Finish();
    }

    private static object[] Of(long id, double score, string model, long[][] turns) =>
        [
            id,
            score,
            id % 3 == 0,
            model,
            new object[] { new object[] { "user", $"Draw {id}." }, new object[] { "assistant", model } },
            turns.Select(object (t) => t.Cast<object>().ToArray()).ToArray(),
            new object[] { id % 5, id % 2 == 0 ? Array.Empty<object>() : ["ada", "bo"] },
        ];
}
