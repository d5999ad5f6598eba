using System.IO.Compression;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Datasets.Reading;
using Concord.Tests.Support;

namespace Concord.Tests.Datasets.Reading;

/// <summary>JSON lines are read strictly, and what is wrong has its line.</summary>
public sealed class JsonLinesReadingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_a_line_with_or_without_a_last_line_feed()
    {
        _folder.Write("a.jsonl", "{\"a\":1}\n{\"a\":\"é\\ud83d\\udc7e\"}\r\n{\"a\":[]}");

        Assert.Equal(
            [(1L, "{\"a\":1}"), (2L, "{\"a\":\"é\\ud83d\\udc7e\"}"), (3L, "{\"a\":[]}")],
            DatasetReader.Read(_folder["a.jsonl"], "a.jsonl").Select(r => (r.Line, r.Value.GetRawText()))
        );
    }

    [Theory]
    [InlineData("\uFEFF{\"a\":1}", "bom", 2)]
    [InlineData("", "empty-line", 1)]
    [InlineData("[1]", "not-an-object", 1)]
    [InlineData("null", "not-an-object", 1)]
    [InlineData("{\"a\":1,\"a\":2}", "duplicate-key", 1)]
    [InlineData("{\"b\":[{\"a\":1,\"\\u0061\":2}]}", "duplicate-key", 1)]
    [InlineData("{\"a\":\"\\ud83d\"}", "lone-surrogate", 1)]
    [InlineData("{\"\\uDC00\":1}", "lone-surrogate", 1)]
    [InlineData("{\"a\":NaN}", "non-finite", 1)]
    [InlineData("{\"a\":-Infinity}", "non-finite", 1)]
    [InlineData("{\"a\":1", "json-syntax", 1)]
    [InlineData("{\"a\":1}{\"a\":2}", "json-syntax", 1)]
    [InlineData("{'a':1}", "json-syntax", 1)]
    public void A_line_that_is_no_row_is_told_and_passed_over(string line, string rule, int rows)
    {
        _folder.Write("a.jsonl", line + "\n{\"a\":3}\n");
        var problems = new List<Problem>();

        Assert.Equal(rows, DatasetReader.Read(_folder["a.jsonl"], "a.jsonl", problems.Add).Count());
        Assert.Equal([(rule, "a.jsonl", 1)], problems.Select(p => (p.Rule, p.Path, p.Line!.Value)));
        Assert.Throws<ConcordException>(() => DatasetReader.Read(_folder["a.jsonl"], "a.jsonl").Count());
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_told()
    {
        _folder.Write("a.jsonl", [.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}\n"u8]);
        var problems = new List<Problem>();

        Assert.Empty(DatasetReader.Read(_folder["a.jsonl"], "a.jsonl", problems.Add));
        Assert.Equal("not-utf8", Assert.Single(problems).Rule);
    }

    [Fact]
    public void A_packed_line_of_half_a_gigabyte_is_refused_before_it_fills_the_memory()
    {
        using (var file = File.Create(_folder["bomb.jsonl.gz"]))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            gzip.Write("{\"a\":\""u8);
            var part = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
            for (var i = 0; i < 512; i++)
                gzip.Write(part);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var problem = Assert.Throws<ConcordException>(() => DatasetReader.Read(_folder["bomb.jsonl.gz"], "bomb").Count());

        Assert.StartsWith("bomb:1: The line has more than 67,108,864 bytes.", problem.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L * DatasetReader.LargestRow);
    }

    [Fact]
    public void A_packed_file_that_is_cut_off_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(
                Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{{\"a\":{i * 7919 % 5000}}}\n")))
            );
        _folder.Write("cut.jsonl.gz", packed.ToArray()[..(int)(packed.Length / 2)]);

        var problem = Assert.Throws<ConcordException>(() => DatasetReader.Read(_folder["cut.jsonl.gz"], "cut").Count());

        Assert.Equal("cut-gzip", problem.Problems[0].Rule);
    }

    [Fact]
    public void A_packed_file_is_whole_or_refused_wherever_it_is_cut()
    {
        byte[] Packed(string text)
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(Encoding.UTF8.GetBytes(text));
            return packed.ToArray();
        }
        // As `cat a.gz b.gz` makes it.
        byte[] first = Packed("{\"a\":1}\n");
        byte[] both = [.. first, .. Packed("{\"a\":2}\n")];
        for (var length = 3; length < both.Length; length++)
        {
            _folder.Write("cut.jsonl.gz", both[..length]);
            if (length == first.Length)
                Assert.Single(DatasetReader.Read(_folder["cut.jsonl.gz"], "cut"));
            else
                Assert.Equal(
                    "cut-gzip",
                    Assert
                        .Throws<ConcordException>(() => DatasetReader.Read(_folder["cut.jsonl.gz"], "cut").Count())
                        .Problems[0]
                        .Rule
                );
        }
        _folder.Write("cut.jsonl.gz", both);
        Assert.Equal(2, DatasetReader.Read(_folder["cut.jsonl.gz"], "cut").Count());
    }

    [Fact]
    public void A_file_that_only_its_name_packs_says_so()
    {
        _folder.Write("a.jsonl.gz", "{\"a\":1}\n");

        Assert.Equal(
            "not-gzip",
            Assert.Throws<ConcordException>(() => DatasetReader.Read(_folder["a.jsonl.gz"], "a").Count()).Problems[0].Rule
        );
    }

    [Fact]
    public void A_line_has_at_most_64_megabytes_to_the_byte()
    {
        var bytes = new byte[DatasetReader.LargestRow + 2];
        bytes.AsSpan().Fill((byte)'x');
        bytes[DatasetReader.LargestRow] = (byte)'\n';

        Assert.Equal(DatasetReader.LargestRow, new LineBuffer(new MemoryStream(bytes), "a").Next()!.Value.Length);
        bytes[DatasetReader.LargestRow] = (byte)'x';
        bytes[DatasetReader.LargestRow + 1] = (byte)'\n';
        Assert.Throws<ConcordException>(() => new LineBuffer(new MemoryStream(bytes), "a").Next());
    }

    [Fact]
    public async Task A_pipe_is_refused_before_it_is_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [_folder["a.jsonl"], _folder["a.parquet"]]))
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        _folder.Write("real.jsonl", "{\"a\":1}\n");
        File.CreateSymbolicLink(_folder["link.jsonl"], _folder["real.jsonl"]);

        foreach (var name in new[] { "a.jsonl", "a.parquet" })
        {
            var read = Task.Run(() => DatasetReader.Read(_folder[name], name).Count(), TestContext.Current.CancellationToken);
            var problem = await Assert.ThrowsAsync<ConcordException>(() =>
                read.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)
            );
            Assert.Equal("no-file", problem.Problems[0].Rule);
        }
        Assert.Single(DatasetReader.Read(_folder["link.jsonl"], "link"));
    }

    [Fact]
    public void A_folder_stands_for_the_files_of_its_data()
    {
        _folder.Write("set/README.md", "A card.");
        _folder.Write("set/data/train-00001-of-00002.jsonl", "");
        _folder.Write("set/data/train-00000-of-00002.jsonl", "");
        _folder.Write("set/data/notes.txt", "");

        Assert.Equal(
            ["set/data/train-00000-of-00002.jsonl", "set/data/train-00001-of-00002.jsonl"],
            DatasetReader.Files(_folder["set"], "set/").Select(f => f.Name)
        );
        Assert.Throws<ConcordException>(() => DatasetReader.Files(_folder["set/README.md"], "README.md"));
        Assert.Throws<ConcordException>(() => DatasetReader.Files(_folder["none"], "none"));
    }
}
