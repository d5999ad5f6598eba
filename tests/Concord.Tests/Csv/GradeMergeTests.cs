using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;

namespace Concord.Tests.Csv;

public sealed class GradeMergeTests
{
    private const string Header = "challenge,model,output,functionality,aesthetics,status,notes,graded_at,seconds\n";
    private const string One = "bars,lab/one,aaaaaaaaaaaa,4,3,graded,,2026-11-21T09:00:00Z,30\n";
    private const string OneLater = "bars,lab/one,aaaaaaaaaaaa,2,1,graded,,2026-11-21T10:00:00Z,30\n";
    private const string OneLatest = "bars,lab/one,aaaaaaaaaaaa,5,5,flagged,\"no, yes\",2026-11-21T11:00:00Z,30\n";
    private const string Two = "bars,lab/two,bbbbbbbbbbbb,1,1,graded,,2026-11-21T09:30:00Z,30\n";
    private const string Three = "lines,lab/one,cccccccccccc,,,skipped,blank page,2026-11-21T09:31:00Z,30\n";

    [Fact]
    public void Different_outputs_of_two_machines_are_all_kept() =>
        Assert.Equal(Header + One + Two + Three, Merge(Header + One, Header + One + Three, Header + One + Two));

    [Fact]
    public void Two_files_without_an_ancestor_are_joined() =>
        Assert.Equal(Header + One + Two, Merge("", Header + Two, Header + One));

    [Fact]
    public void Of_two_grades_of_one_output_the_later_stays_and_the_other_is_told()
    {
        var merge = GradeMerge.Of(Bytes(Header + One), Bytes(Header + OneLater), Bytes(Header + OneLatest), "grades/a.csv");

        Assert.Equal(Header + OneLatest, Encoding.UTF8.GetString(merge.Bytes));
        Assert.Contains("2026-11-21T10:00:00Z", Assert.Single(merge.Replaced), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grade_that_one_machine_changed_is_no_dispute()
    {
        var merge = GradeMerge.Of(Bytes(Header + One + Two), Bytes(Header + OneLater + Two), Bytes(Header + One + Two), "x");

        Assert.Equal(Header + OneLater + Two, Encoding.UTF8.GetString(merge.Bytes));
        Assert.Empty(merge.Replaced);
    }

    [Fact]
    public void What_one_machine_removed_and_the_other_left_is_gone() =>
        Assert.Equal(Header + Two, Merge(Header + One + Two, Header + Two, Header + One + Two));

    [Fact]
    public void What_one_machine_removed_and_the_other_changed_stays() =>
        Assert.Equal(Header + OneLater + Two, Merge(Header + One + Two, Header + Two, Header + OneLater + Two));

    [Fact]
    public void Grades_of_one_second_are_chosen_alike_on_either_machine()
    {
        var other = One.Replace(",4,3,", ",0,0,", StringComparison.Ordinal);

        Assert.Equal(Merge("", Header + One, Header + other), Merge("", Header + other, Header + One));
    }

    [Fact]
    public void A_criterion_that_only_one_side_knows_is_kept()
    {
        const string wide =
            "challenge,model,output,functionality,aesthetics,speed,status,notes,graded_at,seconds\nbars,lab/two,bbbbbbbbbbbb,1,1,5,graded,,2026-11-21T09:30:00Z,30\n";
        const string joined =
            "challenge,model,output,functionality,aesthetics,speed,status,notes,graded_at,seconds\nbars,lab/one,aaaaaaaaaaaa,4,3,,graded,,2026-11-21T09:00:00Z,30\nbars,lab/two,bbbbbbbbbbbb,1,1,5,graded,,2026-11-21T09:30:00Z,30\n";

        Assert.Equal(joined, Merge("", Header + One, wide));
        Assert.Equal(joined, Merge("", wide, Header + One));
    }

    [Fact]
    public void Whatever_two_machines_did_both_merge_to_the_same_bytes()
    {
        string[] rows = ["", One, OneLater, OneLatest];
        foreach (var old in rows)
        foreach (var a in rows)
        foreach (var b in rows)
        {
            var (ancestor, ours, theirs) = (Header + old + Two, Header + a + Two, Header + b + Two + Three);
            var merged = Merge(ancestor, ours, theirs);
            Assert.Equal(merged, Merge(ancestor, theirs, ours));
            Assert.Contains(Three, merged, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("<<<<<<< ours\n")]
    [InlineData("a,b\n1,2\n")]
    [InlineData(Header + "bars,lab/one\n")]
    [InlineData(Header + One + One)]
    public void What_is_no_grade_file_is_not_merged(string damaged) =>
        Assert.Throws<ConcordException>(() => Merge(Header, Header + One, damaged));

    private static string Merge(string ancestor, string ours, string theirs) =>
        Encoding.UTF8.GetString(GradeMerge.Of(Bytes(ancestor), Bytes(ours), Bytes(theirs), "grades/ada-2026-11-21.csv").Bytes);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
