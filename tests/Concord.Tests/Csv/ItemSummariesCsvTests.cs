using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;
using Concord.Tests.Support;

namespace Concord.Tests.Csv;

public sealed class ItemSummariesCsvTests
{
    [Fact]
    public void Each_item_is_a_row() =>
        Assert.Equal(
            "item,n,median,mean,sd,min,max\nx,3,2,2.333333,1.527525,1,4\ny,1,-0.5,-0.5,,-0.5,-0.5\n",
            Written("item,rater,grade\ny,a,-0.50\nx,a,1\nx,b,2\nx,c,4\n")
        );

    [Fact]
    public void Criteria_follow_one_another() =>
        Assert.Equal(
            "item,criterion,n,median,mean,sd,min,max\nx,\"a,b\",1,1,1,,1,1\ny,\"a,b\",1,1,1,,1,1\nx,c,1,2,2,,2,2\n",
            Written("item,rater,criterion,grade\nx,a,c,2\ny,a,\"a,b\",1\nx,a,\"a,b\",1\n")
        );

    [Fact]
    public void Names_are_quoted_as_all_our_CSV_is()
    {
        string[] names = [" lead", "trail ", "com,ma", "quo\"te", "new\nline", "ré", "=1+1"];
        var text =
            $"item,rater,grade\n{string.Concat(names.Select(n => $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\",a,1\n"))}";
        using var lines = new CsvLines(["item", "n", "median", "mean", "sd", "min", "max"]);
        foreach (var name in names.Order(StringComparer.Ordinal))
            lines.Add(name, "1", "1", "1", "", "1", "1");

        Assert.Equal(Encoding.UTF8.GetString(lines.ToBytes()), Written(text));
    }

    [Fact]
    public void Words_for_grades_leave_the_numbers_empty() =>
        Assert.Equal("item,n,median,mean,sd,min,max\nx,2,,,,,\n", Written("item,rater,grade\nx,a,good\nx,b,bad\n"));

    [Fact]
    public void Rows_of_many_ranges_stand_in_order()
    {
        var rows = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"i{i},r,{i % 7}\n"));
        var lines = Written($"item,rater,grade\n{rows}").TrimEnd('\n').Split('\n')[1..];
        Assert.Equal(
            Enumerable
                .Range(0, 50_000)
                .OrderBy(i => $"i{i}", StringComparer.Ordinal)
                .Select(i => $"i{i},1,{i % 7},{i % 7},,{i % 7},{i % 7}"),
            lines
        );
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_a_failure_that_says_so()
    {
        using var folder = new TempFolder();
        folder.Write("file", "");
        Assert.Throws<ConcordException>(() =>
            ItemSummariesCsv.Write(folder["file/items.csv"], Tables("item,rater,grade\nx,a,1\n"))
        );
    }

    private static string Written(string table)
    {
        using var folder = new TempFolder();
        folder.Write("items.csv", "what was there before, and longer than what is written now: " + new string('x', 10_000));
        ItemSummariesCsv.Write(folder["items.csv"], Tables(table));
        Assert.Equal(["items.csv"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
        return folder.Read("items.csv");
    }

    private static IReadOnlyList<RatingsTable> Tables(string text)
    {
        var problems = new ProblemList("r.csv");
        var tables = RatingsCsv.Read(TableBytes.Of(Encoding.UTF8.GetBytes(text)), problems);
        Assert.Empty(problems.Problems);
        return tables;
    }
}
