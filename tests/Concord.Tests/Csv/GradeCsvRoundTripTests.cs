using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Csv;

public sealed class GradeCsvRoundTripTests
{
    private static readonly string[] Snippets =
    [
        ",",
        "\"",
        "\"\"",
        "\n",
        "\r",
        "\r\n",
        "'",
        "''",
        "=cmd|' /C calc'!A0",
        "=",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t",
        " ",
        "  ",
        ";",
        "|",
        "\\",
        "\\n",
        "😀",
        "👩‍👩‍👧",
        "é",
        "e\u0301",
        "שלום",
        "مرحبا",
        "\u202Eright to left\u202C",
        "\u200F",
        "\uFEFF",
        "\uFFFD",
        "\u0085",
        "\u2028",
        "\u00A0",
        "\u0001",
        "\u001A",
        "\u007F",
        "a",
        "0",
        "word",
        "null",
        "#",
        "<script>",
        "﷽",
        "\uFFFF",
        "𝔘",
    ];

    [Fact]
    public void Every_grade_file_that_is_written_reads_back_equal() =>
        Prop.ForAll(
                Files,
                grades =>
                {
                    var (sheet, problems) = GradeFiles.Read(GradeCsv.Write(grades, GradeFiles.Rubric));
                    var expected = grades.Order(Comparer<Grade>.Create(Grade.FileOrder)).Select(GradeFiles.Text);
                    return problems.Count == 0 && sheet.Grades.Select(GradeFiles.Text).SequenceEqual(expected);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void Writing_what_was_read_gives_the_same_bytes() =>
        Prop.ForAll(
                Files,
                grades =>
                {
                    var written = GradeCsv.Write(grades, GradeFiles.Rubric);
                    return GradeCsv
                            .Write(GradeFiles.Read(written).Sheet.Grades, GradeFiles.Rubric)
                            .AsSpan()
                            .SequenceEqual(written)
                        && GradeCsv.Write(grades.Reverse(), GradeFiles.Rubric).AsSpan().SequenceEqual(written);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("=cmd", "'=cmd")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("'quoted", "''quoted")]
    [InlineData("''", "'''")]
    [InlineData("a=b", "a=b")]
    [InlineData(" =b", "\" =b\"")]
    [InlineData(" ", "\" \"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("\tx", "'\tx")]
    public void A_note_is_written_so_that_no_spreadsheet_runs_it(string note, string written)
    {
        var text = Encoding.UTF8.GetString(GradeCsv.Write([GradeFiles.Grade(note)], GradeFiles.Rubric));

        Assert.Equal($"{GradeFiles.Header}\nbars,lab/one,3fa9c1d20b7e,4,3,graded,{written},2026-11-02T09:00:00Z,30\n", text);
    }

    [Fact]
    public void A_note_that_is_no_text_is_refused_and_not_changed()
    {
        // Not inline data: an attribute cannot hold half of a surrogate pair.
        foreach (
            var note in new[]
            {
                "a\0b",
                "\uD83D",
                "x\uDE00y",
                "\uDE00\uD83D",
                "\uD83D\uD83D\uDE00",
                "\uFFFD and \uD83D",
                "end \uD83D",
            }
        )
            Assert.Throws<ArgumentException>(() => GradeCsv.Write([GradeFiles.Grade(note)], GradeFiles.Rubric));
        foreach (var note in new[] { "\uFFFD", "\uD83D\uDE00", "\uFFFD and \uD83D\uDE00" })
            Assert.Equal(
                note,
                GradeFiles.Read(GradeCsv.Write([GradeFiles.Grade(note)], GradeFiles.Rubric)).Sheet.Grades[0].Notes
            );
    }

    [Fact]
    public void A_note_too_long_to_be_read_is_not_written()
    {
        var longest = new string('x', 64 * 1024);

        Assert.Empty(GradeFiles.Read(GradeCsv.Write([GradeFiles.Grade(longest)], GradeFiles.Rubric)).Problems);
        Assert.Throws<ArgumentException>(() => GradeCsv.Write([GradeFiles.Grade(longest + "x")], GradeFiles.Rubric));
    }

    [Fact]
    public void Fractions_of_seconds_and_a_minus_before_zero_are_not_written()
    {
        var grade = GradeFiles.Grade("") with
        {
            Scores = [-0.0, null],
            GradedAt = new DateTime(2026, 11, 2, 9, 0, 0, 999, DateTimeKind.Utc),
            Seconds = null,
        };

        var text = Encoding.UTF8.GetString(GradeCsv.Write([grade], GradeFiles.Rubric));

        Assert.EndsWith("\nbars,lab/one,3fa9c1d20b7e,0,,graded,,2026-11-02T09:00:00Z,\n", text, StringComparison.Ordinal);
    }

    private static Arbitrary<Grade[]> Files { get; } =
        Arb.From(
            Gen.ArrayOf(
                    from challenge in Gen.Elements("bars", "Bars", "a.b", "line-chart", "9")
                    from model in Gen.Elements("lab/one", "lab/one@2", "lab/one-b", "a", "a/b/c", "Z", "lab/one@10")
                    from output in Gen.Elements("3fa9c1d20b7e", "000000000000", "ffffffffffff")
                    from scores in Gen.Choose(-1, 5).ArrayOf(2)
                    from status in Gen.Elements(GradeStatus.Graded, GradeStatus.Skipped, GradeStatus.Flagged)
                    from notes in Notes
                    from seconds in Gen.Choose(-1, int.MaxValue)
                    from at in Gen.Choose(0, int.MaxValue)
                    select Valid(
                        new(ChallengeId.Parse(challenge), ModelId.Parse(model)),
                        OutputId.Parse(output),
                        scores,
                        status,
                        notes,
                        seconds,
                        at
                    )
                )
                .Select(grades => grades.DistinctBy(g => (g.Key, g.Output)).ToArray())
        );

    private static Gen<string> Notes { get; } =
        Gen.OneOf(
            Gen.Elements(Snippets).ArrayOf().Select(string.Concat),
            ArbMap.Default.GeneratorFor<string>().Select(s => WellFormed(s ?? "")),
            from start in Gen.Elements(Snippets)
            from rest in ArbMap.Default.GeneratorFor<string>()
            select start + WellFormed(rest ?? "")
        );

    private static string WellFormed(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => r.Value != 0 && r != Rune.ReplacementChar).Select(r => r.ToString()));

    private static Grade Valid(
        OutputKey key,
        OutputId output,
        int[] scores,
        GradeStatus status,
        string notes,
        int seconds,
        int at
    )
    {
        double?[] given = [.. scores.Select(s => s < 0 ? (double?)null : s)];
        if (status == GradeStatus.Skipped)
            (given, notes) = ([null, null], string.IsNullOrWhiteSpace(notes) ? notes + "reason" : notes);
        else if (given is [null, null])
            given = [0, null];
        return new(key, output, given, status, notes, DateTime.UnixEpoch.AddSeconds(at), seconds < 0 ? null : seconds);
    }
}
