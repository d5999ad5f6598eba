using System.Text;
using Concord.Core.Domain;
using Concord.Pipeline.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Concord.Tests.Documents;

public sealed class YamlDocumentTests
{
    [Theory]
    [InlineData("a: [1, 2\nb: 3\n", 1)]
    [InlineData("a: 1\n\tb: 2\n", 1)]
    [InlineData("a: \"open\nb: 2\n", 1)]
    [InlineData("a: b: c\n", 1)]
    [InlineData("{", 1)]
    [InlineData("a: 1\n--- \nb: 2\n", 2)]
    public void Text_that_is_no_YAML_is_reported_with_its_line(string text, int line)
    {
        var problem = Assert.Single(Parse(text).Problems);

        Assert.Equal("yaml-syntax", problem.Rule);
        Assert.InRange(problem.Line ?? 0, line, line + 2);
    }

    [Theory]
    [InlineData("a: &x 1\nb: *x\n", 1, 4)]
    [InlineData("b: *x\n", 1, 4)]
    [InlineData("a: &x [1]\n", 1, 4)]
    [InlineData("a: &x {b: 1}\n", 1, 4)]
    [InlineData("- ok\n- !!python/object:os.system ls\n", 2, 3)]
    [InlineData("a: !!int 1\n", 1, 4)]
    public void Anchors_aliases_and_tags_are_refused_with_their_place(string text, int line, int column)
    {
        var (root, problems) = Parse(text);

        Assert.Null(root);
        Assert.Equal(("yaml-syntax", line, column), (Assert.Single(problems).Rule, problems[0].Line, problems[0].Column));
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_at_once()
    {
        var text =
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + string.Concat(
                Enumerable
                    .Range(1, 20)
                    .Select(i =>
                        $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i - 1)}", 9))}]\n"
                    )
            );

        Assert.Equal("yaml-syntax", Assert.Single(Parse(text).Problems).Rule);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(40, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_read_to_a_depth_that_a_configuration_needs(int depth, bool read)
    {
        var (root, problems) = Parse(new string('[', depth) + new string(']', depth));

        Assert.Equal(read, root is not null);
        Assert.Equal(read, problems.Count == 0);
    }

    [Fact]
    public void Quoted_words_are_text_and_bare_ones_are_plain()
    {
        var root = Parse("- '1'\n- 1\n- \"null\"\n- null\n- ~\n-\n- yes\n").Root!;

        Assert.Equal(
            [NodeKind.Text, NodeKind.Plain, NodeKind.Text, NodeKind.Null, NodeKind.Null, NodeKind.Null, NodeKind.Plain],
            root.Items.Select(i => i.Kind)
        );
        Assert.Equal((3, 3), (root.Items[2].Line, root.Items[2].Column));
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_are_read()
    {
        var root = Parse("\uFEFFa: 1\r\nb: two\r\n").Root!;

        Assert.Equal(["a", "b"], root.Keys.Select(k => k.Value));
        Assert.Equal(["1", "two"], root.Items.Select(k => k.Value));
    }

    [Fact]
    public void An_empty_file_is_nothing() => Assert.Equal(NodeKind.Null, Parse("# only a comment\n").Root!.Kind);

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        var problems = new ProblemList("x.yaml");

        Assert.Null(YamlDocument.Parse([(byte)'a', 0xFF], problems));
        Assert.Equal(("not-utf8", 1, 2), (problems.Problems[0].Rule, problems.Problems[0].Line, problems.Problems[0].Column));
    }

    [Fact]
    public void Whatever_the_text_the_reader_answers_with_a_root_or_a_problem() =>
        Prop.ForAll(
                Arb.From(
                    Gen.Elements(
                            "a",
                            ": ",
                            "- ",
                            "\n",
                            "  ",
                            "[",
                            "]",
                            "{",
                            "}",
                            ",",
                            "'",
                            "\"",
                            "|",
                            ">",
                            "#",
                            "&x ",
                            "*x",
                            "!t ",
                            "? ",
                            "---\n",
                            "...\n",
                            "%",
                            "\t",
                            "é",
                            "\\",
                            "1",
                            "\r\n"
                        )
                        .ArrayOf()
                        .Select(string.Concat)
                ),
                text =>
                {
                    var (root, problems) = Parse(text);
                    return root is null == problems.Count > 0
                        || problems.All(p => p.What.Contains("second", StringComparison.Ordinal));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    private static (DocumentNode? Root, IReadOnlyList<Problem> Problems) Parse(string text)
    {
        var problems = new ProblemList("x.yaml");
        return (YamlDocument.Parse(Encoding.UTF8.GetBytes(text), problems), problems.Problems);
    }
}
