using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Tests.Csv;

public sealed class RatingsCsvTests
{
    [Fact]
    public void Criteria_are_separate_tables_sorted_by_name()
    {
        var (tables, problems) = Read("rating,dimension,rater,item\n1,b,ann,x\n2,a,ann,x\n3,a,bob,x\n,a,cat,x\n");

        Assert.Empty(problems);
        Assert.Equal([("a", 2), ("b", 1)], tables.Select(t => (t.Criterion, t.Ratings.Count)));
    }

    [Fact]
    public void Other_columns_are_ignored_with_a_note()
    {
        var (tables, problems) = Read("item,rater,grade,when,where\nx,ann,1,today,here\n");

        Assert.Equal(1, Assert.Single(tables).Ratings.Count);
        Assert.Null(tables[0].Criterion);
        Assert.Equal(
            (Severity.Notice, "ignored-column", "Ignored columns: when, where."),
            (problems[0].Severity, problems[0].Rule, problems[0].What)
        );
    }

    [Fact]
    public void Every_rating_given_twice_is_reported_with_its_line()
    {
        var (tables, problems) = Read("item,rater,grade\nx,ann,1\nx,ann,1\ny,ann,1\ny,ann,2\n");

        Assert.Empty(tables);
        Assert.Equal([("duplicate-rating", 3), ("duplicate-rating", 5)], problems.Select(p => (p.Rule, p.Line ?? 0)));
    }

    [Theory]
    [InlineData("item,grade\nx,1\n", "missing-column", 1)]
    [InlineData("item,rater,grade,rating\nx,a,1,1\n", "duplicate-column", 1)]
    [InlineData("item,rater,grade\nx,a\n", "field-count", 2)]
    [InlineData("item,rater,grade\n,a,1\n", "missing-name", 2)]
    [InlineData("", "missing-header", 1)]
    public void A_table_that_cannot_be_read_says_where(string text, string rule, int line)
    {
        var (tables, problems) = Read(text);

        Assert.Empty(tables);
        Assert.Equal((rule, line), (Assert.Single(problems).Rule, problems[0].Line));
    }

    private static (IReadOnlyList<RatingsTable> Tables, IReadOnlyList<Problem> Problems) Read(string text)
    {
        var problems = new ProblemList("ratings.csv");
        return (RatingsCsv.Read(TableBytes.Of(Encoding.UTF8.GetBytes(text)), problems), problems.Problems);
    }
}
