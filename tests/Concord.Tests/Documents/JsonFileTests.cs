using System.Diagnostics;
using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Tests.Documents;

public sealed class JsonFileTests
{
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{\"a\": 1,}", 1, 9)]
    [InlineData("{\n  \"a\": tru\n}", 2, 11)]
    [InlineData("{\"a\": 1} x", 1, 10)]
    [InlineData("{\"a\": NaN}", 1, 7)]
    [InlineData("{\"a\": \"é\", x}", 1, 12)]
    [InlineData("{'a': 1}", 1, 2)]
    [InlineData("// no\n{}", 1, 1)]
    public void Text_that_is_no_JSON_is_reported_with_its_place(string text, int line, int column)
    {
        var problem = Assert.Single(Parse(text).Problems);

        Assert.Equal(("json-syntax", line, column), (problem.Rule, problem.Line, problem.Column));
    }

    [Theory]
    [InlineData("{\n  \"ok\": 1,\n  \"é\": \"\\ud83d\"}", 3, 8)]
    [InlineData("{\n \"\\udc00x\": 1}", 2, 2)]
    public void Half_of_a_surrogate_pair_is_reported_with_its_place(string text, int line, int column)
    {
        var problem = Assert.Single(Parse(text).Problems);

        Assert.Equal(("json-syntax", line, column), (problem.Rule, problem.Line, problem.Column));
    }

    [Fact]
    public void A_whole_surrogate_pair_is_text() => Assert.Equal("😀", Parse("\"\\ud83d\\ude00\"").Root!.Value);

    [Fact]
    public void Nodes_know_their_place()
    {
        var root = Parse("{\n  \"a\": [\"é\", \"x\"],\n  \"b\": null}").Root!;

        Assert.Equal([(2, 3), (3, 3)], root.Keys.Select(k => (k.Line, k.Column)));
        Assert.Equal([(2, 9), (2, 14)], root.Items[0].Items.Select(k => (k.Line, k.Column)));
        Assert.Equal((NodeKind.Null, 3, 8), (root.Items[1].Kind, root.Items[1].Line, root.Items[1].Column));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(33, false)]
    [InlineData(1_000_000, false)]
    public void Nesting_is_read_to_a_depth_that_data_needs(int depth, bool read) =>
        Assert.Equal(read, Parse(new string('[', depth) + new string(']', depth)).Root is not null);

    [Fact]
    public void A_large_file_on_one_line_is_read_in_linear_time()
    {
        var text = $"[{string.Join(',', Enumerable.Repeat("\"é\"", 300_000))}]";
        var clock = Stopwatch.StartNew();

        var root = Parse(text).Root!;

        Assert.Equal((1, 1 + 1 + (4 * 299_999)), (root.Items[^1].Line, root.Items[^1].Column));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static (DocumentNode? Root, IReadOnlyList<Problem> Problems) Parse(string text)
    {
        var problems = new ProblemList("x.json");
        return (JsonFile.Parse(Encoding.UTF8.GetBytes(text), problems), problems.Problems);
    }
}
