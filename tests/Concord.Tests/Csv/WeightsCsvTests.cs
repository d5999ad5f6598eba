using System.Text;
using Concord.Pipeline.Csv;
using Concord.Pipeline.Documents;

namespace Concord.Tests.Csv;

public sealed class WeightsCsvTests
{
    [Fact]
    public void A_matrix_has_its_categories_in_rows_and_columns()
    {
        var problems = new ProblemList("w.csv");
        var table = WeightsCsv.Read(Encoding.UTF8.GetBytes("w,bad,good\nbad,1,.25\ngood,.25,1\n\n"), problems);

        Assert.Empty(problems.Problems);
        Assert.Equal(["bad", "good"], table!.Categories);
        Assert.Equal(
            [
                [1, 0.25],
                [0.25, 1],
            ],
            table.Weights
        );
    }

    [Theory]
    [InlineData("", "missing-header", 1)]
    [InlineData("\n", "missing-header", 1)]
    [InlineData(",1,2\n1,1,0\n", "not-square", 2)]
    [InlineData(",1,2\n1,1,0\n2,0\n", "field-count", 3)]
    [InlineData(",1,2\n2,1,0\n1,0,1\n", "wrong-category", 2)]
    [InlineData(",1,2\n1,1,x\n2,0,1\n", "not-a-number", 2)]
    [InlineData(",1,2\n1,1,NaN\n2,0,1\n", "not-a-number", 2)]
    public void A_file_that_is_no_matrix_says_where(string text, string rule, int line)
    {
        var problems = new ProblemList("w.csv");

        Assert.Null(WeightsCsv.Read(Encoding.UTF8.GetBytes(text), problems));
        Assert.Contains((rule, line), problems.Problems.Select(p => (p.Rule, p.Line ?? 0)));
    }
}
