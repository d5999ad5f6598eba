using Concord.Core.Domain;

namespace Concord.Tests.Workspaces;

public sealed class GradeFileNameTests
{
    [Theory]
    [InlineData("..-2026-11-02.csv")]
    [InlineData("..ada-2026-11-02.csv")]
    [InlineData("Ada-2026-11-02.csv")]
    [InlineData("ada_b-2026-11-02.csv")]
    [InlineData("-2026-11-02.csv")]
    [InlineData("2026-11-02.csv")]
    [InlineData("ada-2026-11-02-2026-11-03.csv")]
    [InlineData("2026-11-02-2026-11-03.csv")]
    [InlineData("ada-2026-13-02.csv")]
    [InlineData("ada-2026-1-02.csv")]
    [InlineData("ada-2026-11-02.CSV")]
    [InlineData("ada-2026-11-02.csv.bak")]
    [InlineData("ada--b-2026-11-02.csv")]
    [InlineData("ada.adjudicated.csv")]
    [InlineData(".adjudicated.csv")]
    [InlineData("Ada-2026-11-02.adjudicated.csv")]
    [InlineData("ada-2026-11-02.adjudicated")]
    [InlineData("ada-2026-11-02.Adjudicated.csv")]
    [InlineData("ada-2026-11-02.adjudicated.adjudicated.csv")]
    [InlineData("ada-2026-11-02-2026-11-03.adjudicated.csv")]
    public void A_file_whose_name_is_no_grader_and_date_is_an_error(string name) =>
        Assert.Equal(("wrong-file-name", $"grades/{name}"), Reading.Error(Reading.Of(f => f.Write($"grades/{name}", ""))));

    [Fact]
    public void A_file_of_decisions_is_told_from_a_file_of_grades_and_has_the_name_it_was_read_by()
    {
        const string Name = "ada-b-2026-11-02.adjudicated.csv";

        Assert.True(GradeSheet.TryParseName(Name, out var lead, out var date, out var adjudicated, out _));
        Assert.Equal(("ada-b", true), (lead.Value, adjudicated));
        Assert.Equal(Name, new GradeSheet(lead, date, GradeTable.Of([])) { Adjudicated = adjudicated }.FileName);
        Assert.False(GradeSheet.TryParseName(Name, out _, out _, out var mistake));
        Assert.NotNull(mistake);
    }

    [Fact]
    public void A_grader_with_a_slash_is_a_folder_and_not_read() =>
        Assert.Equal(
            ("unexpected-file", "grades/a/b-2026-11-02.csv"),
            Reading.Error(Reading.Of(f => f.Write("grades/a/b-2026-11-02.csv", "")))
        );

    [Theory]
    [InlineData("README.md")]
    [InlineData(".gitkeep")]
    [InlineData(".concord-new-123-ada-2026-11-02.csv")]
    public void The_manual_and_what_an_interruption_left_are_passed_over(string name) =>
        Assert.Empty(Reading.Of(f => f.Write($"grades/{name}", "x")).Errors);
}
