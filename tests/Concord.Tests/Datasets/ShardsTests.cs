using System.IO.Compression;
using System.Text;
using Concord.Pipeline.Datasets;
using Concord.Tests.Support;

namespace Concord.Tests.Datasets;

public sealed class ShardsTests : IDisposable
{
    private static readonly Shape Row = Shape.Record(new("id", Shape.Whole), new("score", Shape.Number), new("text", Shape.Text));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_named_as_the_hub_names_them_and_hold_every_row_once_in_order()
    {
        using (var shards = new Shards(_folder.Path, "train", DatasetFile.Jsonl, Row, [], 1000))
        {
            for (var i = 0L; i < 100; i++)
                shards.Write([i, 4.0, new string('x', 90)]);

            Assert.Equal(100, shards.Rows);
            Assert.Equal(["train-00000-of-00012.jsonl", "train-00011-of-00012.jsonl"], Ends(shards.Finish()));
        }

        var files = Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(12, files.Length);
        var lines = files.SelectMany(File.ReadLines).ToArray();
        Assert.Equal("{\"id\":0,\"score\":4.0,\"text\":\"", lines[0][..28]);
        Assert.Equal(Enumerable.Range(0, 100), lines.Select(l => int.Parse(l[6..l.IndexOf(',')])));
    }

    [Theory]
    [InlineData(DatasetFile.Jsonl, "train-00000-of-00001.jsonl")]
    [InlineData(DatasetFile.JsonlGz, "train-00000-of-00001.jsonl.gz")]
    [InlineData(DatasetFile.Parquet, "train-00000-of-00001.parquet")]
    public void No_row_is_one_file_all_the_same(DatasetFile file, string name)
    {
        using var shards = new Shards(_folder.Path, "train", file, Row, [], 1000);

        Assert.Equal([name], shards.Finish());
        Assert.True(File.Exists(_folder[name]));
    }

    [Fact]
    public void Packed_lines_are_the_lines()
    {
        using (var shards = new Shards(_folder.Path, "test", DatasetFile.JsonlGz, Row, [], 1000))
        {
            shards.Write([1L, 0.5, "é"]);
            shards.Finish();
        }

        using var file = File.OpenRead(_folder["test-00000-of-00001.jsonl.gz"]);
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
        Assert.Equal("{\"id\":1,\"score\":0.5,\"text\":\"é\"}\n", text.ReadToEnd());
    }

    [Fact]
    public void What_was_not_finished_leaves_nothing()
    {
        using (var shards = new Shards(_folder.Path, "train", DatasetFile.Parquet, Row, [], 100))
            for (var i = 0L; i < 10; i++)
                shards.Write([i, 1.5, new string('x', 500)]);

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static string[] Ends(IReadOnlyList<string> names) => [names[0], names[^1]];
}
