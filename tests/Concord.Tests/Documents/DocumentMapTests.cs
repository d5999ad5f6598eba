using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;

namespace Concord.Tests.Documents;

public sealed class DocumentMapTests
{
    private static readonly string[] Known = ["name", "size", "list", "kind", "flag"];

    [Fact]
    public void An_unknown_key_names_the_nearest_known_one()
    {
        var (_, problems) = Open("name: x\nsiez: 1\n");

        Assert.Equal(("unknown-key", 2, 1, "Did you mean 'size'?"), What(Assert.Single(problems.Problems)));
    }

    [Fact]
    public void A_key_unlike_any_lists_the_known_ones()
    {
        var (_, problems) = Open("completely-different: 1\n");

        Assert.Equal("Known here: name, size, list, kind, flag.", Assert.Single(problems.Problems).Mend);
    }

    [Fact]
    public void A_key_twice_is_reported_where_it_stands_again()
    {
        var (map, problems) = Open("name: first\nsize: 1\nname: second\n");

        Assert.Equal(("duplicate-key", 3, 1, "Remove one of them."), What(Assert.Single(problems.Problems)));
        Assert.Equal("first", map!.Text("name"));
    }

    [Fact]
    public void A_key_twice_in_JSON_is_reported_too()
    {
        var problems = new ProblemList("x.json");
        DocumentMap.Open(JsonFile.Parse("{\"name\": 1, \"name\": 2}"u8.ToArray(), problems)!, problems, "x", Known);

        Assert.Equal(("duplicate-key", 1, 13, "Remove one of them."), What(Assert.Single(problems.Problems)));
    }

    [Theory]
    [InlineData("- a\n")]
    [InlineData("word\n")]
    [InlineData("")]
    public void What_is_no_map_is_not_opened(string text)
    {
        var (map, problems) = Open(text);

        Assert.Null(map);
        Assert.Equal("wrong-type", Assert.Single(problems.Problems).Rule);
    }

    [Fact]
    public void Values_of_the_wrong_type_are_all_reported()
    {
        var (map, problems) = Open("name: [a]\nsize: big\nlist: {a: 1}\nkind: Many\nflag: yes\n");

        Assert.Equal(
            ("", 7.0, 0, Severity.Notice, false),
            (
                map!.Text("name"),
                map.Number("size", 7, _ => null),
                map.Texts("list").Count,
                map.Choice("kind", Severity.Notice),
                map.Flag("flag", false)
            )
        );

        Assert.Equal(
            [("wrong-type", 1, 7), ("wrong-value", 2, 7), ("wrong-type", 3, 7), ("wrong-value", 4, 7), ("wrong-type", 5, 7)],
            problems.Problems.Select(p => (p.Rule, p.Line ?? 0, p.Column ?? 0))
        );
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("1,5")]
    [InlineData("١")]
    [InlineData("'1'")]
    [InlineData("0x10")]
    public void Only_a_finite_number_is_a_number(string text)
    {
        var (map, problems) = Open($"size: {text}\n");

        Assert.Null(map!.OptionalNumber("size", _ => null));
        Assert.Equal("wrong-value", Assert.Single(problems.Problems).Rule);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("0")]
    [InlineData("11")]
    [InlineData("9999999999")]
    public void A_whole_number_stays_between_its_ends(string text)
    {
        var (map, problems) = Open($"size: {text}\n");

        Assert.Equal(3, map!.Whole("size", 3, least: 1, most: 10));
        Assert.Contains("from 1 to 10", Assert.Single(problems.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_key_is_reported_once_and_an_optional_one_is_not()
    {
        var (map, problems) = Open("size: 1\nkind:\n");

        Assert.Equal(("", null), (map!.Text("name"), map.OptionalText("kind")));
        Assert.Equal("missing-key", Assert.Single(problems.Problems).Rule);
    }

    private static (DocumentMap? Map, ProblemList Problems) Open(string text)
    {
        var problems = new ProblemList("x.yaml");
        return (DocumentMap.Open(YamlDocument.Parse(Encoding.UTF8.GetBytes(text), problems)!, problems, "x", Known), problems);
    }

    private static (string, int?, int?, string) What(Problem p) => (p.Rule, p.Line, p.Column, p.Mend);
}
