using Concord.Core.Domain.Replies;

namespace Concord.Tests.Domain.Replies;

public sealed class ReplyFilesTests
{
    [Fact]
    public void Named_blocks_become_files_sorted_by_name()
    {
        var reply = ReplyFiles.Parse(
            "Here you are.\n\n**style.css**\n\n```css\nb {}\n```\n\n**index.html**\n```html\n<p>\n  hi\n```\nDone."
        );

        Assert.Null(reply.Failure);
        Assert.Equal([new("index.html", "<p>\n  hi\n"), new("style.css", "b {}\n")], reply.Files);
    }

    [Theory]
    [InlineData("**a.js**\n\n\n```\nx\n```", "x\n")]
    [InlineData("**a.js**\r\n\r\n```js\r\nx\r\ny\r\n```\r\n", "x\ny\n")]
    [InlineData("**a.js**  \n```js title=\"a\"\nx\n```   ", "x\n")]
    [InlineData("**./a.js**\n```\nx\n```", "x\n")]
    [InlineData("**a.js**\n```\n```", "")]
    [InlineData("**a.js**\n```\n\n```", "\n")]
    [InlineData("**a.js**\n```\n  x\t\n\n```", "  x\t\n\n")]
    [InlineData("**a.js**\n```\nx = `y` + \"```\";\n```", "x = `y` + \"```\";\n")]
    [InlineData("**a.js**\n```\nline\u2028separator\n```", "line\u2028separator\n")]
    [InlineData("**a.js**\n````md\n```js\n1\n```\n````", "```js\n1\n```\n")]
    [InlineData("**a.js**\n```\nx\n`````", "x\n")]
    [InlineData("**a.js**\n```\nold\n```\n**a.js**\n```\nnew\n```", "new\n")]
    [InlineData("```\n**b.js**\n```\n**a.js**\n```\nx\n```", "x\n")]
    [InlineData("**Notes:**\n```sh\nnpm i\n```\n**a.js**\n```\nx\n```", "x\n")]
    [InlineData("**b.js**\nNo changes are needed.\n```sh\nnpm i\n```\n**a.js**\n```\nx\n```", "x\n")]
    [InlineData("**a.js**\n```\nx\n```\n**b.js** (remains the same)\n```\ny\n```", "x\n")]
    public void The_lines_between_the_fences_are_the_content(string text, string content)
    {
        var reply = ReplyFiles.Parse(text);

        Assert.Null(reply.Failure);
        Assert.Equal(new("a.js", content), Assert.Single(reply.Files));
    }

    [Theory]
    [InlineData("", "The reply is empty.")]
    [InlineData(" \n ", "The reply is empty.")]
    [InlineData("I cannot do this.", "The reply holds no fenced block.")]
    [InlineData("**index.html**\nsoon", "The reply holds no fenced block.")]
    [InlineData("```html\n<p>\n```", "The reply names no file: no line **name** stands before its fenced block.")]
    [InlineData(
        "# a.js\n```\n1\n```\n```\n2\n```",
        "The reply names no file: no line **name** stands before any of its 2 fenced blocks."
    )]
    [InlineData(
        "**a.js**\n```\n1\n```\n\n**b.js**\n````\n1\n```",
        "The reply is cut off: the block of 'b.js' on line 7 has no end."
    )]
    [InlineData(
        "**a/b.js**\n```\n1\n```\n**a**\n```\n1\n```",
        "The reply uses 'a' both as a file and as the folder of 'a/b.js'."
    )]
    [InlineData("**a.js**\n```\n1\n```\n**A.js**\n```\n1\n```", "The reply's file names 'A.js' and 'a.js' differ in case only.")]
    public void A_reply_of_another_shape_is_a_failure_with_its_reason(string text, string reason)
    {
        var reply = ReplyFiles.Parse(text);

        Assert.Empty(reply.Files);
        Assert.Equal(reason, reply.Failure);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/etc/passwd", "is not a relative path")]
    [InlineData("~/x", "is not a relative path")]
    [InlineData("../x", "has the segment '..'")]
    [InlineData("a/../../x", "has the segment '..'")]
    [InlineData("a/..", "has the segment '..'")]
    [InlineData("a/./x", "has the segment '.'")]
    [InlineData("a//x", "has an empty segment")]
    [InlineData("a/", "has an empty segment")]
    [InlineData("..\\x", "holds a backslash")]
    [InlineData("C:/x", "begins with a drive letter")]
    [InlineData("c:x", "begins with a drive letter")]
    [InlineData("x:stream", "begins with a drive letter")]
    [InlineData("file:stream", "holds one of <>:\"|?*, which not every system can store")]
    [InlineData("a\u0001b", "holds a control character")]
    [InlineData("a\0b", "holds a control character")]
    [InlineData("a\u202Eb", "holds a control character")]
    [InlineData(".git/hooks/pre-commit", "leads into a git folder")]
    [InlineData("a/.GIT/config", "leads into a git folder")]
    [InlineData("a./x", "has a segment that begins or ends with a space, or ends with a dot")]
    public void Unsafe_names_are_refused(string name, string mistake)
    {
        Assert.Equal(mistake, ReplyPath.Mistake(name));
        var reply = ReplyFiles.Parse($"**ok.js**\n```\n1\n```\n**{name}**\n```\n1\n```");

        Assert.Empty(reply.Files);
        Assert.EndsWith($"(line 6) {mistake}.", reply.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_may_have_200_bytes()
    {
        Assert.Null(ReplyPath.Mistake(new string('a', 200)));
        Assert.NotNull(ReplyPath.Mistake(new string('a', 201)));
        Assert.NotNull(ReplyPath.Mistake(new string('é', 101)));
        Assert.Null(ReplyPath.Mistake("src/Große Datei-1_β.mjs"));
    }
}
