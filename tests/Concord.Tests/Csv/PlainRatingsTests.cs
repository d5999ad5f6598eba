using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Csv;

/// <summary>The reader of our own and CsvHelper's must be one: whatever both can read gives the same tables and the same notes.</summary>
public sealed class PlainRatingsTests
{
    private static readonly string[] Headers =
    [
        "item,rater,grade",
        "rater,item,rating",
        "grade,item,rater",
        " item , rater,grade ",
        "item,rater,dimension,grade",
        "criterion,grade,when,rater,item",
        "\uFEFFitem,rater,grade,criterion,where",
    ];

    private static readonly string[] Names =
    [
        "a",
        "B",
        "ab",
        "item-0000001",
        "item-0000002",
        " a",
        "ü",
        "\uE000",
        "😀",
        "\uFFFF",
        "=",
    ];

    private static readonly string[] Grades = ["1", "1.0", "2", "", "-0", "0", "10", "2.50", "1e1", "good", "+3"];

    private static readonly string[] Oddities =
    [
        "\"a\"",
        "x,y",
        "\r",
        "",
        "\0",
        "a\"b",
        "\n",
        "\"a\nb\"",
        "\uFEFF",
        "\t",
        "\u0085",
        "a ",
    ];

    private static readonly Gen<string> PlainTables = Tables(Gen.Elements(Names), Gen.Elements(Grades));

    private static readonly Gen<string> OddTables = Tables(
        Gen.Frequency((20, Gen.Elements(Names)), (1, Gen.Elements(Oddities))),
        Gen.Frequency((20, Gen.Elements(Grades)), (1, Gen.Elements(Oddities)))
    );

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(RatingsBlocks.UsualSize)]
    public void Both_readers_agree_on_plain_tables(int blockSize) =>
        Prop.ForAll(
                Arb.From(PlainTables),
                text =>
                    Plain(text, blockSize) is { } plain
                        ? plain == Any(text)
                        : Any(text).Contains("duplicate-rating", StringComparison.Ordinal)
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(5)]
    [InlineData(RatingsBlocks.UsualSize)]
    public void What_is_odd_is_left_to_the_other_reader_or_read_alike(int blockSize) =>
        Prop.ForAll(Arb.From(OddTables), text => Plain(text, blockSize) is not { } plain || plain == Any(text))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_front_door_reports_what_the_plain_reader_cannot()
    {
        var problems = new ProblemList("r.csv");
        Assert.Empty(RatingsCsv.Read(Table("item,rater,grade,when\nx,ann,1,\nx,ann,2,\n"), problems));
        Assert.Equal(["ignored-column", "duplicate-rating"], problems.Problems.Select(p => p.Rule));
    }

    [Theory]
    [InlineData("item,rater,grade\nx,\"b, a\",1\n")]
    [InlineData("item,rater,grade\rx,a,1\r")]
    [InlineData("item,rater,grade\nx,a,1,2\n")]
    [InlineData("item,rater,grade\nx,a\n1\n")]
    [InlineData("item,rater,grade\nx,a\n1,y,b,2\n")]
    [InlineData("item,rater,grade\n,a,1\n")]
    [InlineData("item,rater,grade\nx,,1\n")]
    [InlineData("item,rater,grade\nx,a\r,1\n")]
    [InlineData("item,rater,grade\nx,a,1\r")]
    [InlineData("item,rater,grade,item\nx,a,1,y\n")]
    [InlineData("item,rater\nx,a\n")]
    [InlineData("item,rater,grade")]
    [InlineData("")]
    public void Odd_tables_are_not_read_here(string text) => Assert.Null(Plain(text, RatingsBlocks.UsualSize));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_not_read_here() =>
        Assert.Null(
            PlainRatings.TryRead(TableBytes.Of([.. "item,rater,grade\nx,a,1\ny,"u8, 0xC3, .. ",2\n"u8]), new ProblemList("r.csv"))
        );

    [Fact]
    public void A_table_of_many_blocks_in_any_order_is_the_same_table()
    {
        var rows = Enumerable.Range(0, 20_000).Select(i => $"i{i / 5 * 7919 % 4000:D5},r{i % 5},{i % 3}").ToArray();
        var sorted = Plain($"item,rater,grade\n{string.Join('\n', rows.Order(StringComparer.Ordinal))}\n", 1000);
        Assert.Equal(sorted, Plain($"item,rater,grade\r\n{string.Join("\r\n", rows)}", 1000));
        Assert.Equal(sorted, Any($"item,rater,grade\n{string.Join('\n', rows)}"));
    }

    [Fact]
    public void More_criteria_than_are_searched_one_by_one_are_read_too()
    {
        var text = $"item,rater,criterion,grade\n{string.Join('\n', Enumerable.Range(0, 100).Select(i => $"x,a,c{i},1"))}\n";
        Assert.Equal(100, RatingsCsv.Read(Table(text), new ProblemList("r.csv")).Count);
    }

    [Fact]
    public async Task A_stream_is_read_as_a_file_is()
    {
        var bytes = Encoding.UTF8.GetBytes(
            $"item,rater,grade\n{string.Join('\n', Enumerable.Range(0, 400_000).Select(i => $"i{i / 4:D7},r{i % 4},{i % 5}"))}\n"
        );
        Assert.InRange(bytes.Length, 4 * 1024 * 1024 + 1, int.MaxValue); // more than a block of the stream
        using var stream = new MemoryStream(bytes);
        using var streamed = await TableBytes.OfStreamAsync(stream, TestContext.Current.CancellationToken);
        using var folder = new Support.TempFolder();
        folder.Write("r.csv", bytes);
        using var file = await TableBytes.OfFileAsync(folder["r.csv"], TestContext.Current.CancellationToken);

        Assert.Equal(bytes, streamed.ToArray("r.csv"));
        var problems = new ProblemList("r.csv");
        Assert.Equal(
            Describe(PlainRatings.TryRead(file, problems)!, problems),
            Describe(PlainRatings.TryRead(streamed, problems)!, problems)
        );
    }

    [Fact]
    public async Task A_stream_without_end_is_refused()
    {
        using var stream = new Endless((byte)'x');

        var refused = await Assert.ThrowsAsync<ConcordException>(() =>
            TableBytes.OfStreamAsync(stream, TestContext.Current.CancellationToken, most: 10_000_000)
        );

        Assert.Equal("too-large", Assert.Single(refused.Problems).Rule);
        Assert.InRange(stream.Read, 10_000_000, 20_000_000);
    }

    [Fact]
    public async Task A_device_of_NULs_is_read_no_further_than_to_say_so()
    {
        using var stream = new Endless(0);
        using var bytes = await TableBytes.OfStreamAsync(stream, TestContext.Current.CancellationToken, most: 10_000_000);
        var problems = new ProblemList("r.csv");

        Assert.Empty(RatingsCsv.Read(bytes, problems));
        Assert.True(problems.HasErrors);
    }

    private sealed class Endless(byte value) : MemoryStream
    {
        public new long Read { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill(value);
            Read += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private static Gen<string> Tables(Gen<string> names, Gen<string> grades) =>
        from header in Gen.Elements(Headers)
        from rows in (
            from cells in Gen.Constant(0)
            from item in names
            from rater in names
            from grade in grades
            from criterion in names
            from other in names
            from blank in Gen.Choose(0, 9)
            from ending in Gen.Elements("\n", "\n", "\r\n")
            select (blank == 0 ? ending : "")
                + string.Join(
                    ',',
                    header
                        .Trim('\uFEFF')
                        .Split(',')
                        .Select(c =>
                            c.Trim() switch
                            {
                                "item" => item,
                                "rater" => rater,
                                "grade" or "rating" => grade,
                                "criterion" or "dimension" => criterion,
                                _ => other,
                            }
                        )
                )
                + ending
        ).ListOf()
        from sorted in Gen.Elements(true, false)
        from cut in Gen.Elements(true, false)
        let body = string.Concat(sorted ? rows.Order(StringComparer.Ordinal) : rows)
        select $"{header}\n{(cut ? body.TrimEnd('\r', '\n') : body)}";

    private static string? Plain(string text, int blockSize)
    {
        var problems = new ProblemList("r.csv");
        var tables = PlainRatings.TryRead(Table(text), problems, blockSize);
        return tables is null ? null : Describe(tables, problems);
    }

    private static string Any(string text)
    {
        var problems = new ProblemList("r.csv");
        return Describe(RatingsCsv.ReadAny(Encoding.UTF8.GetBytes(text), problems), problems);
    }

    private static TableBytes Table(string text) => TableBytes.Of(Encoding.UTF8.GetBytes(text));

    private static string Describe(IReadOnlyList<RatingsTable> tables, ProblemList problems) =>
        string.Join('\n', problems.Problems.Select(p => $"{p.Severity} {p.Rule} {p.Line} {p.What}"))
        + string.Concat(
            tables.Select(t =>
                $"\n[{t.Criterion ?? "none"}] {string.Join('|', t.Ratings.Items)} / {string.Join('|', t.Ratings.Raters)} / {string.Join('|', t.Ratings.Categories)} / "
                + $"{string.Join('|', t.Ratings.CategoryValues ?? [])} / {string.Join(' ', t.Ratings.StartOfItem.ToArray())} / "
                + $"{string.Join(' ', t.Ratings.ItemOf.ToArray())} / {string.Join(' ', t.Ratings.RaterOf.ToArray())} / {string.Join(' ', t.Ratings.CategoryOf.ToArray())}"
            )
        );
}
