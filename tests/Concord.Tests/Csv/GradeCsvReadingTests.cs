using System.Diagnostics;
using System.Text;
using Concord.Core.Domain;

namespace Concord.Tests.Csv;

public sealed class GradeCsvReadingTests
{
    private const string At = "2026-11-02T09:00:00Z";

    [Fact]
    public void Windows_line_ends_a_byte_order_mark_and_any_column_order_are_read()
    {
        var (sheet, problems) = GradeFiles.Read(
            "\uFEFFseconds,graded_at,notes,status,aesthetics,functionality,output,model,challenge\r\n"
                + $"30,{At},\"first\r\nsecond\",flagged,3,0,3fa9c1d20b7e,lab/one,bars\r\n"
        );

        Assert.Empty(problems);
        var grade = Assert.Single(sheet.Grades);
        Assert.Equal($"bars|lab/one|3fa9c1d20b7e|0/3|Flagged|{At}|Utc|30|first\r\nsecond", GradeFiles.Text(grade));
        Assert.Equal(2, sheet.Grades.LineOf(0));
    }

    [Fact]
    public void The_last_line_needs_no_line_end() =>
        Assert.Single(GradeFiles.Read($"{GradeFiles.Header}\n{GradeFiles.Good}").Sheet.Grades);

    [Fact]
    public void A_header_alone_is_an_empty_file_of_grades()
    {
        var (sheet, problems) = GradeFiles.Read(GradeFiles.Header + "\n");

        Assert.Empty(problems);
        Assert.Empty(sheet.Grades);
    }

    [Fact]
    public void A_criterion_is_read_under_its_earlier_name()
    {
        var (sheet, problems) = GradeFiles.Read(
            $"{GradeFiles.Header.Replace("functionality", "quality", StringComparison.Ordinal)}\n{GradeFiles.Good}\n"
        );

        Assert.Empty(problems);
        Assert.Equal([4, 3], sheet.Grades[0].Scores);
    }

    [Fact]
    public void A_criterion_under_both_its_names_is_a_duplicate_column()
    {
        var (_, problems) = GradeFiles.Read($"{GradeFiles.Header},quality\n{GradeFiles.Good},4\n");

        Assert.Equal(("duplicate-column", 1, GradeFiles.Header.Length + 2), Place(Assert.Single(problems)));
    }

    [Fact]
    public void A_blank_score_is_not_zero()
    {
        var (sheet, _) = GradeFiles.Read($"{GradeFiles.Header}\nbars,lab/one,3fa9c1d20b7e,0,,graded,,{At},\n");

        Assert.Equal([0, null], sheet.Grades[0].Scores);
        Assert.Null(sheet.Grades[0].Seconds);
    }

    [Theory]
    [InlineData("6", "score-range")]
    [InlineData("-1", "score-range")]
    [InlineData("5.1", "score-range")]
    [InlineData("2.5", "score-step")]
    [InlineData("NaN", "score-not-a-number")]
    [InlineData("Infinity", "score-not-a-number")]
    [InlineData("١", "score-not-a-number")]
    [InlineData("５", "score-not-a-number")]
    [InlineData("\"5,0\"", "score-not-a-number")]
    [InlineData("1e1", "score-not-a-number")]
    [InlineData(" 5", "score-not-a-number")]
    [InlineData("5 ", "score-not-a-number")]
    [InlineData("+5", "score-not-a-number")]
    [InlineData("0x1", "score-not-a-number")]
    [InlineData(".5", "score-not-a-number")]
    [InlineData("5.", "score-not-a-number")]
    [InlineData("five", "score-not-a-number")]
    public void A_score_that_cannot_be_is_reported_with_its_cell(string score, string rule)
    {
        var (sheet, problems) = GradeFiles.Read(
            $"{GradeFiles.Header}\n{GradeFiles.Good}\nbars,lab/two,3fa9c1d20b7e,{score},3,graded,,{At},30\n"
        );

        Assert.Equal((rule, 3, 27), Place(Assert.Single(problems)));
        Assert.Contains("functionality", problems[0].What, StringComparison.Ordinal);
        Assert.Single(sheet.Grades);
    }

    [Theory]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,9,graded,,2026-11-02T09:00:00Z,30", "score-range", 29)]
    [InlineData("../bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30", "wrong-id", 1)]
    [InlineData(",lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30", "wrong-id", 1)]
    [InlineData("bars,lab/../x,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,30", "wrong-id", 6)]
    [InlineData("bars,lab/one,3FA9C1D20B7E,4,3,graded,,2026-11-02T09:00:00Z,30", "wrong-id", 14)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,Graded,,2026-11-02T09:00:00Z,30", "wrong-status", 31)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,,,2026-11-02T09:00:00Z,30", "wrong-status", 31)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00,30", "wrong-time", 39)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00+01:00,30", "wrong-time", 39)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02,30", "wrong-time", 39)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02 09:00:00Z,30", "wrong-time", 39)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-02-30T09:00:00Z,30", "wrong-time", 39)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,,30", "wrong-time", 39)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,3.5", "wrong-seconds", 60)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,-1", "wrong-seconds", 60)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,,2026-11-02T09:00:00Z,99999999999", "wrong-seconds", 60)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,skipped,why,2026-11-02T09:00:00Z,30", "skipped-with-scores", 31)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,,,skipped,,2026-11-02T09:00:00Z,30", "skipped-without-reason", 37)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,,,skipped, ,2026-11-02T09:00:00Z,30", "skipped-without-reason", 37)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,,,graded,,2026-11-02T09:00:00Z,30", "no-scores", 29)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,\"é,😀\",2026-11-02T09:00:00,30", "wrong-time", 45)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded", "field-count", null)]
    [InlineData("bars,lab/one,3fa9c1d20b7e,4,3,graded,a, b,2026-11-02T09:00:00Z,30", "field-count", null)]
    [InlineData("", "blank-line", 1)]
    public void A_cell_that_cannot_be_is_reported_with_its_place(string row, string rule, int? column)
    {
        var (sheet, problems) = GradeFiles.Read($"{GradeFiles.Header}\n{row}\n{GradeFiles.Good}\n");

        Assert.Equal((rule, 2, column), Place(Assert.Single(problems)));
        Assert.Single(sheet.Grades);
    }

    [Fact]
    public void A_place_after_a_note_of_several_lines_is_the_real_line()
    {
        var (sheet, problems) = GradeFiles.Read(
            $"{GradeFiles.Header}\nbars,lab/one,3fa9c1d20b7e,4,3,graded,\"one\ntwo\n\nfour\",{At},30\nbars,lab/two,3fa9c1d20b7e,4,3,graded,\"one\ntwo\",{At},x\n"
        );

        Assert.Equal(("wrong-seconds", 7, 27), Place(Assert.Single(problems)));
        Assert.Equal(2, sheet.Grades.LineOf(0));
    }

    [Fact]
    public void An_unknown_column_names_the_nearest_known_one()
    {
        var (sheet, problems) = GradeFiles.Read(
            $"{GradeFiles.Header.Replace("functionality", "functionalty", StringComparison.Ordinal)}\n{GradeFiles.Good}\n"
        );

        Assert.Equal([("unknown-column", 1, 24), ("missing-column", 1, (int?)null)], problems.Select(Place));
        Assert.Equal("Did you mean 'functionality'?", problems[0].Mend);
        Assert.Empty(sheet.Grades);
    }

    [Fact]
    public void A_duplicate_header_is_reported_where_it_stands_again()
    {
        var (_, problems) = GradeFiles.Read($"{GradeFiles.Header},status\n{GradeFiles.Good},graded\n");

        Assert.Equal(("duplicate-column", 1, GradeFiles.Header.Length + 2), Place(Assert.Single(problems)));
    }

    [Fact]
    public void A_row_twice_in_a_file_names_the_first_line()
    {
        var (_, problems) = GradeFiles.Read($"{GradeFiles.Header}\n{GradeFiles.Good}\n{GradeFiles.Good}\n");

        Assert.Equal(("duplicate-row", 3, null), Place(Assert.Single(problems)));
        Assert.Contains("line 2", problems[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bad_row_of_a_file_is_reported_at_once()
    {
        var (sheet, problems) = GradeFiles.Read(
            $"""
            {GradeFiles.Header}
            bars,lab/one,3fa9c1d20b7e,9,NaN,graded,,{At},30
            bars,lab/two,3fa9c1d20b7e,4,3,good,,2026-11-02T09:00:00,30

            bars,lab/two
            {GradeFiles.Good}
            {GradeFiles.Good}
            """
        );

        Assert.Equal(
            [
                ("score-range", 2, 27),
                ("score-not-a-number", 2, 29),
                ("wrong-status", 3, 31),
                ("wrong-time", 3, 37),
                ("blank-line", 4, 1),
                ("field-count", 5, (int?)null),
                ("duplicate-row", 7, (int?)null),
            ],
            problems.Select(Place)
        );
        Assert.All(problems, p => Assert.Equal((GradeFiles.Path, Severity.Error), (p.Path, p.Severity)));
        Assert.All(problems, p => Assert.NotEqual("", p.Mend));
        Assert.Single(sheet.Grades);
    }

    [Fact]
    public void An_unclosed_quote_is_reported_on_the_line_of_its_row()
    {
        var (_, problems) = GradeFiles.Read(
            $"{GradeFiles.Header}\n{GradeFiles.Good}\nbars,lab/two,3fa9c1d20b7e,4,3,graded,\"oops,{At},30\nmore\nand more\n"
        );

        Assert.Equal(("csv-syntax", 3, null), Place(Assert.Single(problems)));
    }

    [Theory]
    [InlineData("say \"hi\"")]
    [InlineData("\"hi\" there")]
    public void A_quote_in_the_middle_of_a_cell_is_an_error(string note)
    {
        var (_, problems) = GradeFiles.Read($"{GradeFiles.Header}\nbars,lab/two,3fa9c1d20b7e,4,3,graded,{note},{At},30\n");

        Assert.Equal(("csv-syntax", 2, null), Place(Assert.Single(problems)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void A_NUL_byte_is_reported_where_it_stands(string mark)
    {
        Assert.Equal(("nul-byte", 2, 5), Place(Assert.Single(GradeFiles.Read($"{mark}{GradeFiles.Header}\nbars\0").Problems)));
        Assert.Equal(("nul-byte", 1, 3), Place(Assert.Single(GradeFiles.Read($"{mark}ab\0").Problems)));
    }

    [Theory]
    [InlineData(0xE9)]
    [InlineData(0xC0)]
    [InlineData(0xFF)]
    public void A_byte_that_is_no_UTF8_is_reported_where_it_stands(byte wrong)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"{GradeFiles.Header}\nbars,é"), wrong, (byte)'\n'];

        Assert.Equal(("not-utf8", 2, 7), Place(Assert.Single(GradeFiles.Read(bytes).Problems)));
    }

    [Fact]
    public void UTF16_is_no_grade_file() =>
        Assert.Equal("nul-byte", Assert.Single(GradeFiles.Read(Encoding.Unicode.GetBytes(GradeFiles.Header)).Problems).Rule);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void An_empty_file_says_what_its_header_is(string text)
    {
        var problem = Assert.Single(GradeFiles.Read(text).Problems);

        Assert.Equal("missing-header", problem.Rule);
        Assert.Contains(GradeFiles.Header, problem.Mend, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('a', true)]
    [InlineData('a', false)]
    [InlineData(',', true)]
    [InlineData(',', false)]
    [InlineData('"', true)]
    [InlineData('"', false)]
    public void A_line_of_fifty_megabytes_is_refused_fast_and_in_bounded_memory(char filling, bool inHeader)
    {
        var start = inHeader ? "" : $"{GradeFiles.Header}\nbars,lab/one,";
        var bytes = new byte[50_000_000];
        Array.Fill(bytes, (byte)filling);
        Encoding.UTF8.GetBytes(start, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var (sheet, problems) = GradeFiles.Read(bytes);

        Assert.Empty(sheet.Grades);
        Assert.Contains(Assert.Single(problems).Rule, new[] { "csv-too-long", "csv-syntax" });
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64_000_000);
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_without_reading() =>
        Assert.Equal("too-large", Assert.Single(GradeFiles.Read(new byte[64 * 1024 * 1024 + 1]).Problems).Rule);

    private static (string, int?, int?) Place(Problem problem) => (problem.Rule, problem.Line, problem.Column);
}
