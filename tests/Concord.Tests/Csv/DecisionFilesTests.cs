using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Tests.Csv;

/// <summary>Files of decisions have the columns of grade files, and rules of their own.</summary>
public sealed class DecisionFilesTests
{
    [Fact]
    public void A_decision_scores_what_it_decides_and_says_why()
    {
        var (sheet, problems) = Read("bars,lab/one,3fa9c1d20b7e,,3,graded,Legend is right.,2026-11-02T09:00:00Z,");

        Assert.Empty(problems);
        Assert.True(sheet.Adjudicated);
        Assert.Equal([null, 3.0], sheet.Grades[0].Scores);
        Assert.Equal((GradeStatus.Graded, "Legend is right."), (sheet.Grades[0].Status, sheet.Grades[0].Notes));
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        Grade[] rows =
        [
            GradeFiles.Grade("'=1, \"why\"", functionality: null),
            GradeFiles.Grade("Taken back.", "lab/two", status: GradeStatus.Withdrawn) with
            {
                Scores = [null, null],
            },
        ];

        var (sheet, problems) = Read(GradeCsv.Write(rows, GradeFiles.Rubric));

        Assert.Empty(problems);
        Assert.Equal(rows, sheet.Grades);
    }

    [Theory]
    [InlineData("4,3,graded,", "decision-without-reason")]
    [InlineData("4,3,graded,  ", "decision-without-reason")]
    [InlineData(",,withdrawn,", "decision-without-reason")]
    [InlineData("4,,withdrawn,no", "withdrawn-with-scores")]
    [InlineData(",,graded,why", "no-scores")]
    [InlineData("4,3,flagged,why", "wrong-status")]
    [InlineData(",,skipped,why", "wrong-status")]
    [InlineData("4,3,decided,why", "wrong-status")]
    [InlineData("9,3,graded,why", "score-range")]
    public void Every_other_row_is_an_error(string cells, string rule)
    {
        var (sheet, problems) = Read($"bars,lab/one,3fa9c1d20b7e,{cells},2026-11-02T09:00:00Z,30");

        Assert.Empty(sheet.Grades);
        var problem = Assert.Single(problems);
        Assert.Equal((rule, 2), (problem.Rule, problem.Line));
        Assert.NotEqual("", problem.Mend);
    }

    [Fact]
    public void Withdrawn_stays_unknown_in_a_file_of_grades()
    {
        var (_, problems) = GradeFiles.Read(
            $"{GradeFiles.Header}\nbars,lab/one,3fa9c1d20b7e,,,withdrawn,why,2026-11-02T09:00:00Z,30\n"
        );

        var problem = Assert.Single(problems, p => p.Rule == "wrong-status");
        Assert.DoesNotContain("withdrawn'?", problem.Mend, StringComparison.Ordinal);
    }

    private static (GradeSheet Sheet, IReadOnlyList<Problem> Problems) Read(string row) =>
        Read(Encoding.UTF8.GetBytes($"{GradeFiles.Header}\n{row}\n"));

    private static (GradeSheet Sheet, IReadOnlyList<Problem> Problems) Read(byte[] bytes)
    {
        var problems = new ProblemList("grades/ada-2026-11-02.adjudicated.csv");
        var sheet = GradeCsv.Read(bytes, GraderId.Parse("ada"), new(2026, 11, 2), GradeFiles.Rubric, problems, adjudicated: true);
        return (sheet, problems.Problems);
    }
}
