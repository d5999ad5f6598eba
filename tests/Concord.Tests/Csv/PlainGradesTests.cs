using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Csv;

/// <summary>The quick reader of plain grade files agrees with CsvHelper, or has no opinion.</summary>
public sealed class PlainGradesTests
{
    private const string At = "2026-11-02T09:00:00Z";

    private static readonly string[] Cells =
    [
        "bars",
        "Bars",
        "../bars",
        "",
        "lab/one",
        "lab/two@2",
        "lab/files",
        "3fa9c1d20b7e",
        "3fa9c1d20b7f",
        "3FA9C1D20B7E",
        "0",
        "4",
        "5",
        "6",
        "3.0",
        "2.5",
        "-0",
        "05",
        "+1",
        "1e0",
        "٣",
        "graded",
        "flagged",
        "skipped",
        "Graded",
        "why not",
        " ",
        "\u00A0",
        "'=x",
        "''",
        "=x",
        "é😀",
        "\"a, b\"",
        "\"two\nlines\"",
        At,
        "2026-02-30T09:00:00Z",
        "2024-02-29T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "2026-11-02T24:00:00Z",
        "2026-11-02T09:00:60Z",
        "30",
        "007",
        "2147483647",
        "2147483648",
        "-1",
        "1,2",
        "\r",
        "\0",
        "\n",
    ];

    [Theory]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30")]
    [InlineData("bars,lab/one,3fa9c1d20b7e,,3,flagged,'=look,2026-11-02T09:00:00Z,")]
    [InlineData("bars,lab/one,3fa9c1d20b7e,,,skipped,né,2026-11-02T09:00:00Z,0")]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4.0,3,graded,,2026-11-02T09:00:00Z,30")]
    public void A_plain_row_is_read_without_CsvHelper(string row)
    {
        var table = new PlainGrades(GradeFiles.Rubric).Read(Encoding.UTF8.GetBytes($"{GradeFiles.Header}\n{row}\n"));

        Assert.Equal(Text(Slow($"{GradeFiles.Header}\n{row}\n", out _)), Text(table!));
    }

    [Theory]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,\"a\",2026-11-02T09:00:00Z,30")]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30\r")]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,9,graded,,2026-11-02T09:00:00Z,30")]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30,")]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,skipped,why,2026-11-02T09:00:00Z,30")]
    [InlineData("")]
    public void What_is_odd_is_left_to_CsvHelper(string row) =>
        Assert.Null(new PlainGrades(GradeFiles.Rubric).Read(Encoding.UTF8.GetBytes($"{GradeFiles.Header}\n{row}\n")));

    [Fact]
    public void A_row_twice_in_a_file_is_left_to_CsvHelper_and_in_two_files_it_is_not()
    {
        var reader = new PlainGrades(GradeFiles.Rubric);
        var once = Encoding.UTF8.GetBytes($"{GradeFiles.Header}\n{GradeFiles.Good}\n");

        Assert.NotNull(reader.Read(once));
        Assert.NotNull(reader.Read(once));
        Assert.Null(reader.Read([.. once, .. Encoding.UTF8.GetBytes(GradeFiles.Good)]));
        Assert.NotNull(reader.Read(once));
    }

    [Fact]
    public void Whatever_it_reads_CsvHelper_reads_the_same_without_a_problem()
    {
        var (plain, odd) = (0, 0);
        Prop.ForAll(
                Files,
                text =>
                {
                    if (new PlainGrades(GradeFiles.Rubric).Read(Encoding.UTF8.GetBytes(text)) is not { } table)
                    {
                        odd++;
                        return true;
                    }
                    plain++;
                    var slow = Slow(text, out var problems);
                    return problems.Count == 0 && Text(slow) == Text(table) && slow.Digest.SequenceEqual(table.Digest);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        Assert.True(plain > 300 && odd > 300, $"{plain} plain and {odd} odd files: one side was hardly tried.");
    }

    [Fact]
    public void The_digest_of_the_rows_does_not_depend_on_their_order_and_on_all_else()
    {
        string[] rows =
        [
            "bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30",
            "bars,lab/two,3fa9c1d20b7e,1,,flagged,x,2026-11-02T09:00:00Z,",
        ];
        string[] others =
        [
            rows[1].Replace("lab/two", "lab/twp", StringComparison.Ordinal),
            rows[1].Replace("b7e", "b7f", StringComparison.Ordinal),
            rows[1].Replace("1,,", ",1,", StringComparison.Ordinal),
            rows[1].Replace("1,,", "1,0,", StringComparison.Ordinal),
            rows[1].Replace("flagged", "graded", StringComparison.Ordinal),
            rows[1].Replace(",x,", ",y,", StringComparison.Ordinal),
            rows[1].Replace(":00Z", ":01Z", StringComparison.Ordinal),
            rows[1] + "0",
        ];

        Assert.Equal(Digest(rows[0], rows[1]), Digest(rows[1], rows[0]));
        Assert.Equal(9, others.Select(o => Digest(rows[0], o)).Append(Digest(rows[0], rows[1])).Distinct().Count());

        static string Digest(params string[] rows) =>
            Convert.ToHexString(Slow($"{GradeFiles.Header}\n{string.Join('\n', rows)}\n", out _).Digest);
    }

    private static Arbitrary<string> Files { get; } =
        Arb.From(
            from rows in (
                from model in Gen.Elements("lab/one", "lab/two", "a", "b@3", "c/d")
                from output in Gen.Elements("3fa9c1d20b7e", "000000000000")
                from first in Gen.Elements("0", "4", "5", "")
                from second in Gen.Elements("0", "3", "1.0")
                from note in Gen.Elements("", "", "ok", "'+1", "é")
                from seconds in Gen.Elements("", "7")
                from odd in Gen.Choose(0, 79)
                from cell in Gen.Choose(0, 8)
                from value in Gen.Elements(Cells)
                select Row(["bars", model, output, first, second, "graded", note, At, seconds], odd == 0 ? cell : null, value)
            ).ArrayOf()
            from header in Gen.Frequency(
                (9, Gen.Constant(GradeFiles.Header)),
                (1, Gen.Elements("\uFEFF" + GradeFiles.Header, GradeFiles.Header + ",x", "seconds," + GradeFiles.Header))
            )
            from end in Gen.Elements("\n", "\n", "", "\n\n")
            from twice in Gen.Choose(0, 4)
            select header
                + string.Concat(
                    rows.DistinctBy(r => twice == 0 ? r : string.Join(',', r.Split(',').Take(3))).Select(r => "\n" + r)
                )
                + end
        );

    private static string Row(string[] cells, int? odd, string value)
    {
        if (odd is { } cell)
            cells[cell] = value;
        return string.Join(',', cells);
    }

    private static GradeTable Slow(string text, out IReadOnlyList<Problem> problems)
    {
        var list = new ProblemList(GradeFiles.Path);
        var table = GradeCsv.ReadAny(Encoding.UTF8.GetBytes(text), GradeFiles.Rubric, list);
        problems = list.Problems;
        return table;
    }

    private static string Text(GradeTable table) =>
        string.Join('\n', table.Select((g, i) => $"{table.LineOf(i)}: {GradeFiles.Text(g)}"));
}
