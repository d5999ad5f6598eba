using Concord.Core.Domain;

namespace Concord.Tests.Domain;

/// <summary>The small texts that files are made of.</summary>
public sealed class TextFormTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0000001, "0")]
    [InlineData(4.5, "4.5")]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(2.0 / 3, "0.666667")]
    [InlineData(-1.25, "-1.25")]
    [InlineData(1e9, "1000000000")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(1e-7, "0")]
    public void A_number_is_written_with_at_most_six_decimals(double? value, string text) =>
        Assert.Equal(text, NumberText.Of(value));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void An_undefined_number_is_never_written(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberText.Of(value));

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("007", 7.0)]
    [InlineData("-2.50", -2.5)]
    public void Digits_are_a_number(string text, double number)
    {
        Assert.True(NumberText.TryParse(text, out var value));
        Assert.Equal(number, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("--1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,0")]
    [InlineData("1e1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("١")]
    [InlineData("(1)")]
    [InlineData("1000000000000000000000000000000")]
    public void Anything_else_is_no_number(string text) => Assert.False(NumberText.TryParse(text, out _));

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("=1", "'=1")]
    [InlineData("'", "''")]
    [InlineData("'''", "''''")]
    [InlineData("\r\n", "'\r\n")]
    [InlineData("\n=1", "\n=1")]
    public void What_is_guarded_comes_back_exactly(string text, string guarded)
    {
        Assert.Equal(guarded, SpreadsheetGuard.Guard(text));
        Assert.Equal(text, SpreadsheetGuard.Unguard(guarded));
    }

    [Fact]
    public void An_apostrophe_before_a_harmless_text_stays() => Assert.Equal("'tis", SpreadsheetGuard.Unguard("'tis"));

    [Theory]
    [InlineData("2026-11-02T09:14:31Z", true)]
    [InlineData("0001-01-01T00:00:00Z", true)]
    [InlineData("2026-11-02T09:14:31", false)]
    [InlineData("2026-11-02T09:14:31z", false)]
    [InlineData("2026-11-02T09:14:31+00:00", false)]
    [InlineData("2026-11-02T09:14:31.5Z", false)]
    [InlineData("2026-11-02T24:00:00Z", false)]
    [InlineData("2026-11-02T09:14:60Z", false)]
    [InlineData("2026-02-29T09:14:31Z", false)]
    [InlineData("2026-11-2T09:14:31Z", false)]
    [InlineData(" 2026-11-02T09:14:31Z", false)]
    [InlineData("٢٠٢٦-11-02T09:14:31Z", false)]
    [InlineData("", false)]
    public void A_time_is_in_UTC_and_says_so(string text, bool valid)
    {
        Assert.Equal(valid, Timestamp.TryParse(text, out var moment));
        if (valid)
            Assert.Equal((text, DateTimeKind.Utc), (Timestamp.Of(moment), moment.Kind));
    }

    [Theory]
    [InlineData("ada-2026-11-02.csv", "ada", "2026-11-02")]
    [InlineData("grader-a-2024-02-29.csv", "grader-a", "2024-02-29")]
    public void A_grade_files_name_tells_the_grader_and_the_day(string name, string grader, string date)
    {
        Assert.True(GradeSheet.TryParseName(name, out var id, out var day, out var mistake));
        Assert.Equal((grader, date, null), (id.Value, $"{day:yyyy-MM-dd}", mistake));
        Assert.Equal(
            (name, $"grades/{name}"),
            (new GradeSheet(id, day, GradeTable.Of([])).FileName, new GradeSheet(id, day, GradeTable.Of([])).Path)
        );
    }

    [Theory]
    [InlineData("ada-2026-11-02.txt", ".csv")]
    [InlineData("ada.csv", "-yyyy-MM-dd.csv")]
    [InlineData("ada_2026-11-02.csv", "-yyyy-MM-dd.csv")]
    [InlineData("-2026-11-02.csv", "-yyyy-MM-dd.csv")]
    [InlineData("ada-2026-02-30.csv", "'2026-02-30' is not a date")]
    [InlineData("Ada-2026-11-02.csv", "'Ada' is not a grader's slug")]
    [InlineData("..-2026-11-02.csv", "'..' is not a grader's slug")]
    [InlineData("a-2026-11-01-2026-11-02.csv", "not itself end in a date")]
    public void A_wrong_name_says_what_is_wrong(string name, string expected)
    {
        Assert.False(GradeSheet.TryParseName(name, out _, out _, out var mistake));
        Assert.Contains(expected, mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("functionalty", "functionality")]
    [InlineData("STATUS", "status")]
    [InlineData("zzzzzzzz", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_named_where_one_is_near(string word, string? nearest) =>
        Assert.Equal(nearest, Nearest.To(word, ["functionality", "status", "notes"]));

    [Fact]
    public void Without_a_near_word_the_known_ones_are_listed()
    {
        Assert.Equal("None is known here.", Nearest.Hint("x", []));
        Assert.Equal("Known here: aaaaaa, bbbbbb.", Nearest.Hint("xyz", ["aaaaaa", "bbbbbb"]));
        Assert.EndsWith(
            " …",
            Nearest.Hint("x", [.. Enumerable.Range(100, 13).Select(i => $"word{i}")]).TrimEnd('.'),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_scale_takes_its_ends_and_its_steps_only()
    {
        var scale = new Scale(1, 2, 0.1, Concord.Core.Statistics.MeasurementLevel.Interval);

        Assert.All(
            Enumerable.Range(0, 11),
            i => Assert.True(scale.OnStep(1 + (i * 0.1)) && scale.InRange(Math.Min(2, 1 + (i * 0.1))))
        );
        Assert.False(scale.OnStep(1.05));
        Assert.False(scale.InRange(2.1) || scale.InRange(0.9));
    }

    [Fact]
    public void Problems_are_sorted_by_place_and_told_once()
    {
        Problem At(string path, int? line, int? column) => new(Severity.Error, "rule", path, line, column, "What.", "Mend.");

        Assert.Equal(
            ["a: What. Mend.", "a:2: What. Mend.", "a:2:1: What. Mend.", "a:10:1: What. Mend.", "b: What. Mend."],
            Problem
                .Sorted(
                    [At("b", null, null), At("a", 10, 1), At("a", 2, 1), At("a", 2, null), At("a", null, null), At("a", 2, 1)]
                )
                .Select(p => p.ToString())
        );
    }
}
