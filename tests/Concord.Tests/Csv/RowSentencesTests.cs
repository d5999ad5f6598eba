using System.Text;
using Concord.Pipeline.Csv;

namespace Concord.Tests.Csv;

public sealed class RowSentencesTests
{
    private const string Grades = "challenge,model,output,functionality,aesthetics,status,notes,graded_at,seconds\n";
    private const string Consensus =
        "challenge,model,output,criterion,graders,consensus,median,mean,sd,min,max,ci_low,ci_high,ci_method,expected_loss,flags\n";

    [Theory]
    [InlineData(
        "bars,lab/one,aaaaaaaaaaaa,4,3,graded,,2026-11-21T09:00:00Z,30",
        "bars, lab/one (aaaaaaaaaaaa): functionality 4, aesthetics 3, 2026-11-21T09:00:00Z in 30 s"
    )]
    [InlineData(
        "bars,lab/one,aaaaaaaaaaaa,4,,flagged,\"axes, I think\",2026-11-21T09:00:00Z,",
        "bars, lab/one (aaaaaaaaaaaa): functionality 4, aesthetics –, flagged, 2026-11-21T09:00:00Z: “axes, I think”"
    )]
    [InlineData(
        "bars,lab/one,aaaaaaaaaaaa,,,skipped,blank page,2026-11-21T09:00:00Z,5",
        "bars, lab/one (aaaaaaaaaaaa): skipped, 2026-11-21T09:00:00Z in 5 s: “blank page”"
    )]
    public void A_grade_is_told_with_its_scores_by_name(string row, string sentence) =>
        Assert.Equal(sentence, One(Grades + row + "\n"));

    [Theory]
    [InlineData(
        "bars,lab/one,aaaaaaaaaaaa,functionality,3,4,4,3.67,0.58,3,5,3.1,4.6,laplace-posterior,0.17,",
        "bars, lab/one (aaaaaaaaaaaa), functionality: 4 (3.1 to 4.6, laplace-posterior) of 3 graders, given 3 to 5"
    )]
    [InlineData(
        "bars,lab/one,aaaaaaaaaaaa,functionality,0,,,,,,,,,,,failed;few",
        "bars, lab/one (aaaaaaaaaaaa), functionality: no consensus of 0 graders; failed, few"
    )]
    public void A_consensus_is_told_with_its_interval_or_that_there_is_none(string row, string sentence) =>
        Assert.Equal(sentence, One(Consensus + row + "\n"));

    [Theory]
    [InlineData(
        "rank,challenge,model,output,graders,overall,functionality,flags\n1,bars,lab/one,aaaaaaaaaaaa,3,4.5,4.5,\n",
        "bars: 1. lab/one, overall 4.5 (output aaaaaaaaaaaa, graders 3, functionality 4.5)"
    )]
    [InlineData("rank,model,outputs,overall\n,lab/one,2,\n", "unranked: lab/one, overall – (outputs 2)")]
    public void A_place_is_told_or_that_there_is_none(string table, string sentence) => Assert.Equal(sentence, One(table));

    [Fact]
    public void Any_other_table_is_told_by_its_columns_without_the_empty_ones() =>
        Assert.Equal("check links, passed false", One("check,detail,passed\nlinks,,false\n"));

    [Fact]
    public void A_row_is_one_line_which_neither_moves_the_cursor_nor_turns_the_text()
    {
        var sentence = One(
            Grades + "bars,lab/one,aaaaaaaaaaaa,4,3,graded,\"two\nlines \u001b[2J \u202Eevil\u2066\",2026-11-21T09:00:00Z,30\n"
        );

        Assert.EndsWith(@": “two lines \u001b[2J \u202eevil\u2066”", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just words\n")]
    [InlineData("a,a\n1,2\n")]
    [InlineData("a,b\n1\n")]
    [InlineData("a,b\n1,2,3\n")]
    [InlineData("<<<<<<< ours\na,b\n1,2\n")]
    public void What_is_no_table_is_not_told(string text) => Assert.Null(RowSentences.Of(Encoding.UTF8.GetBytes(text)));

    private static string One(string table) => Assert.Single(RowSentences.Of(Encoding.UTF8.GetBytes(table))!);
}
