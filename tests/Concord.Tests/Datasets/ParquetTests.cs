using Concord.Pipeline.Datasets;
using Concord.Pipeline.Datasets.Parquet;
using Concord.Tests.Support;

namespace Concord.Tests.Datasets;

/// <summary>A Parquet file has the rows of the JSON lines, whoever reads it.</summary>
public sealed class ParquetTests : IDisposable
{
    private static readonly Shape Messages = Shape.List(Shape.Record(new("role", Shape.Text), new("content", Shape.Text)));

    private static readonly Shape Row = Shape.Record(
        new("id", Shape.Whole),
        new("score", Shape.Number),
        new("agrees", Shape.Flag),
        new("model", Shape.Text),
        new("prompt", Messages),
        new("tags", Shape.List(Shape.Text)),
        new("turns", Shape.List(Shape.List(Shape.Whole))),
        new("evidence", Shape.Record(new("votes", Shape.Whole), new("graders", Shape.List(Shape.Text))))
    );

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Empty_lists_emoji_and_a_text_of_a_megabyte_come_back()
    {
        var read = await ReadAsync(
            [
                Of(
                    0,
                    4.0,
                    "a",
                    ["x"],
                    [
                        [1, 2],
                        [],
                        [3],
                    ]
                ),
                Of(1, -0.0, "", [], []),
                Of(
                    2,
                    0.1,
                    "Ωμέγα 👩‍🚀 \0\t\"\\\u2028",
                    ["", "👾"],
                    [
                        [],
                    ]
                ),
                Of(
                    3,
                    1e300,
                    new string('é', 1_000_000),
                    [],
                    [
                        [long.MaxValue >> 11],
                    ]
                ),
            ]
        );

        AssertSame(read, 4);
    }

    [Fact]
    public async Task One_row_and_none_are_files_too()
    {
        AssertSame(await ReadAsync([Of(0, 0.5, "m", [], [])]), 1);
        // JSON lines of no row have no line to compare.
        var path = _folder["none.parquet"];
        Write(path, Row, []);
        Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(path)[^4..]);
    }

    [Fact]
    public async Task A_hundred_thousand_rows_lie_in_several_row_groups()
    {
        var random = new Random(7);
        AssertSame(
            await ReadAsync(
                [
                    .. Enumerable
                        .Range(0, 100_000)
                        .Select(i =>
                            Of(
                                i,
                                Math.Round(random.NextDouble() * 5, 2),
                                $"lab/model-{random.Next(12)}",
                                [.. Enumerable.Range(0, random.Next(4)).Select(t => $"tag {random.Next(1000)} {t}")],
                                [
                                    .. Enumerable
                                        .Range(0, random.Next(3))
                                        .Select(_ => Enumerable.Range(0, random.Next(3)).Select(n => (long)n).ToArray()),
                                ]
                            )
                        ),
                ]
            ),
            100_000
        );
    }

    [Fact]
    public void What_is_no_number_is_refused()
    {
        using var file = new MemoryStream();
        using var writer = new ParquetWriter(Row, file, []);

        Assert.Throws<ArgumentException>(() => writer.Write(Of(0, double.NaN, "m", [], [])));
    }

    private static object[] Of(long id, double score, string model, string[] tags, long[][] turns) =>
        [
            id,
            score,
            id % 3 == 0,
            model,
            new object[] { new object[] { "user", $"Draw {id}." }, new object[] { "assistant", model } },
            tags,
            turns.Select(object (t) => t.Cast<object>().ToArray()).ToArray(),
            new object[] { id % 5, tags.Take(1).ToArray<object>() },
        ];

    private async Task<Dictionary<string, DatasetReaders.Reading>> ReadAsync(object[][] rows)
    {
        var (parquet, lines) = (_folder["rows.parquet"], _folder["rows.jsonl"]);
        Write(parquet, Row, rows);
        using (var file = File.Create(lines))
        using (var writer = new JsonLinesWriter(Row, file))
        {
            foreach (var row in rows)
                writer.Write(row);
            writer.Finish();
        }
        return await DatasetReaders.CompareAsync(parquet, lines);
    }

    private static void Write(string path, Shape shape, object[][] rows)
    {
        using var file = File.Create(path);
        using var writer = new ParquetWriter(shape, file, [new("about", "a test")]);
        foreach (var row in rows)
            writer.Write(row);
        writer.Finish();
    }

    private static void AssertSame(Dictionary<string, DatasetReaders.Reading> read, int rows)
    {
        Assert.Equal(["duckdb", "hyparquet", "wasm"], read.Keys.Order());
        Assert.All(read, r => Assert.Equal((r.Key, rows, null), (r.Key, r.Value.Rows, r.Value.Differs)));
    }
}
