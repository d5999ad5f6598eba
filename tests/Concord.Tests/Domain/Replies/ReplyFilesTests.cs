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
    [InlineData("## a.js\n\n```js\nx\n```", "x\n")]
    [InlineData("### 1. `a.js` ###\n```js\nx\n```", "x\n")]
    [InlineData("`a.js`:\n```js\nx\n```", "x\n")]
    [InlineData("a.js:\n```js\nx\n```", "x\n")]
    [InlineData("a.js\n```js\nx\n```", "x\n")]
    [InlineData("**a.js:**\n```js\nx\n```", "x\n")]
    [InlineData("**`a.js`**:\n```js\nx\n```", "x\n")]
    [InlineData("**File: `a.js`**\n```js\nx\n```", "x\n")]
    [InlineData("1. **a.js**\n\n   ```js\n   x\n     y\n z\n   ```", "x\n  y\nz\n")]
    [InlineData("File: a.js\n~~~js\nx\n```\n~~~", "x\n```\n")]
    [InlineData("```js:a.js\nx\n```", "x\n")]
    [InlineData("```js title=\"a.js\"\nx\n```", "x\n")]
    [InlineData("```js {filename='a.js'}\nx\n```", "x\n")]
    [InlineData("```a.js\nx\n```", "x\n")]
    [InlineData("```js ./a.js\nx\n```", "x\n")]
    [InlineData("**a.js**\n```js:b.js\nx\n```", "x\n")]
    [InlineData("```js\n// a.js\nx\n```", "// a.js\nx\n")]
    [InlineData("```js\n/* File: a.js */\nx\n```", "/* File: a.js */\nx\n")]
    [InlineData("**a.js**\n```js\nx\n```\nUse it:\n```html\n<!-- b.html -->\n<p>\n```", "x\n")]
    [InlineData("```js:a.js\nx\n```\n```sh\n# run.sh\nnpm i\n```", "x\n")]
    [InlineData(
        "## Using D3.js\n```js\ny\n```\n## Version 1.5\n```js\nz\n```\n## I/O\n```\n1\n```\n**a.js**\n```\nx\n```",
        "x\n"
    )]
    [InlineData("```vb.net\ny\n```\n**a.js**\n```\nx\n```", "x\n")]
    [InlineData("```js\n// ../../a.sh\n```\n```js\n// a.js\n```", "// a.js\n")]
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
        "# Usage\n```\n1\n```\n```\n2\n```",
        "The reply names no file: no line **name** stands before any of its 2 fenced blocks."
    )]
    [InlineData(
        "**a.js**\n```\n1\n```\n\n**b.js**\n````\n1\n```",
        "The reply is cut off: the block of 'b.js' on line 7 has no end."
    )]
    [InlineData(
        "**a.d/b.js**\n```\n1\n```\n**a.d**\n```\n1\n```",
        "The reply uses 'a.d' both as a file and as the folder of 'a.d/b.js'."
    )]
    [InlineData("**a.js**\n```\n1\n```\n**A.js**\n```\n1\n```", "The reply's file names 'A.js' and 'a.js' differ in case only.")]
    public void A_reply_of_another_shape_is_a_failure_with_its_reason(string text, string reason)
    {
        var reply = ReplyFiles.Parse(text);

        Assert.Empty(reply.Files);
        Assert.Equal(reason, reply.Failure);
    }

    [Theory]
    [InlineData("/etc/passwd", "is not a relative path")]
    [InlineData("~/x", "is not a relative path")]
    [InlineData("../x", "has the segment '..'")]
    [InlineData("a/../../x", "has the segment '..'")]
    [InlineData("a/..", "has the segment '..'")]
    [InlineData("a/./x.js", "has the segment '.'")]
    [InlineData("a//x.js", "has an empty segment")]
    [InlineData("..\\x", "holds a backslash")]
    [InlineData("C:/x", "begins with a drive letter")]
    [InlineData("c:x", "begins with a drive letter")]
    [InlineData("x:stream", "begins with a drive letter")]
    [InlineData("fil:stream.js", "holds one of <>:\"|?*, which not every system can store")]
    [InlineData("a\u0001b.js", "holds a control character")]
    [InlineData("a\0b.js", "holds a control character")]
    [InlineData("a\u202Eb.js", "holds a control character")]
    [InlineData(".git/hooks/pre-commit.sh", "leads into a git folder")]
    [InlineData("GIT~1/config.js", "leads into a git folder")]
    [InlineData("CON.js", "has a segment that is a device on Windows")]
    [InlineData("a/nul/x.js", "has a segment that is a device on Windows")]
    [InlineData("lpt¹.tar.js", "has a segment that is a device on Windows")]
    [InlineData("donne\u0301es.csv", "holds a letter in parts, which some systems put together")]
    [InlineData("a/.GIT/config.js", "leads into a git folder")]
    [InlineData("a./x.js", "has a segment that begins or ends with a space, or ends with a dot")]
    public void Unsafe_names_are_refused(string name, string mistake)
    {
        Assert.Equal(mistake, ReplyPath.Mistake(name));
        var reply = ReplyFiles.Parse($"**ok.js**\n```\n1\n```\n**{name}**\n```\n1\n```");

        Assert.Empty(reply.Files);
        Assert.EndsWith($"(line 6) {mistake}.", reply.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_of_markdown_may_hold_fences_of_its_own()
    {
        var reply = ReplyFiles.Parse("**README.md**\n```\n# T\n```js\n1\n```\nEnd.\n```\n**a.js**\n```js\nx\n```");

        Assert.Equal([new("README.md", "# T\n```js\n1\n```\nEnd.\n"), new("a.js", "x\n")], reply.Files);
    }

    [Fact]
    public void Nested_fences_that_do_not_add_up_are_read_as_CommonMark_does()
    {
        var reply = ReplyFiles.Parse("**README.md**\n```md\n# T\n```js\n1\n```\n\n**a.js**\n```js\nx\n```");

        Assert.Equal([new("README.md", "# T\n```js\n1\n"), new("a.js", "x\n")], reply.Files);
    }

    [Fact]
    public void A_last_block_without_an_end_is_taken_where_the_model_had_finished()
    {
        const string text = "**a.js**\n```js\nx\n```\n**b.js**\n```js\ny";

        var finished = ReplyFiles.Parse(text, complete: true);

        Assert.Equal([new("a.js", "x\n"), new("b.js", "y\n")], finished.Files);
        Assert.Contains("'b.js'", Assert.Single(finished.Notes), StringComparison.Ordinal);
        Assert.Equal("The reply is cut off: the block of 'b.js' on line 6 has no end.", ReplyFiles.Parse(text).Failure);
    }

    [Fact]
    public void A_block_without_an_end_that_swallowed_another_file_is_a_failure() =>
        Assert.Equal(
            "The block of 'a.js' on line 2 has no end before the next file.",
            ReplyFiles.Parse("**a.js**\n```js\nx\n**b.js**\n```js\ny", complete: true).Failure
        );

    [Theory]
    [InlineData("```html\n<p>\n```", "html")]
    [InlineData("```\n<!DOCTYPE html>\n```\n```sh\nnpx serve\n```", "html")]
    [InlineData("```html\n<p>\n```\n```html\n<b>\n```", null)]
    [InlineData("```\nhello\n```", null)]
    [InlineData("```css\nb {}\n```", null)]
    public void A_lone_block_without_a_name_is_the_one_expected_file_of_its_language(string text, string? language)
    {
        var reply = ReplyFiles.Parse(text, new(["index.html", "data.csv"], ["data.csv"]));

        Assert.Equal(language is null ? [] : ["index.html"], reply.Files.Select(f => f.Path));
        Assert.Equal(language is null, reply.Failure is not null);
        Assert.Equal(language is null ? 0 : 1, reply.Notes.Count);
    }

    [Fact]
    public void Protected_files_are_left_out_and_told()
    {
        const string text =
            "**a.js**\n```\nx\n```\n**Tests/A.test.js**\n```\ny\n```\n**data.csv**\n```\nz\n```\n**tests.js**\n```\nw\n```";

        var reply = ReplyFiles.Parse(text, new(["a.js"], ["tests/", "data.csv"]));

        Assert.Equal(["a.js", "tests.js"], reply.Files.Select(f => f.Path));
        Assert.Equal(
            [
                "'Tests/A.test.js' is protected, and the reply's was left out.",
                "'data.csv' is protected, and the reply's was left out.",
            ],
            reply.Notes
        );
    }

    [Theory]
    [InlineData(".gitignore")]
    [InlineData("a/.GitAttributes")]
    [InlineData(".gitmodules")]
    public void Files_that_git_obeys_are_always_protected(string name)
    {
        var reply = ReplyFiles.Parse($"**a.js**\n```\nx\n```\n**{name}**\n```\n*\n```");

        Assert.Equal(["a.js"], reply.Files.Select(f => f.Path));
        Assert.Equal([$"'{name}' is protected, and the reply's was left out."], reply.Notes);
    }

    [Theory]
    [InlineData("condor.js")]
    [InlineData("console.js")]
    [InlineData("com.js")]
    [InlineData("données.csv")]
    [InlineData(".github/x.yml")]
    public void Names_that_only_look_unsafe_are_taken(string name) => Assert.Null(ReplyPath.Mistake(name));

    [Fact]
    public void A_reply_of_protected_files_only_is_a_failure() =>
        Assert.Equal(
            "The reply writes nothing but files that the challenge protects: data.csv.",
            ReplyFiles.Parse("**data.csv**\n```\nz\n```", new([], ["data.csv"])).Failure
        );

    [Fact]
    public void Names_that_nobody_asked_for_are_told() =>
        Assert.Equal(
            ["The reply writes none of the files asked for (functions.mjs)."],
            ReplyFiles.Parse("**fileA.js**\n```\nz\n```", new(["functions.mjs"], [])).Notes
        );

    [Fact]
    public void What_is_too_large_is_a_failure()
    {
        static string File(string name, int size) => $"**{name}**\n```\n{new string('x', size)}\n```\n";

        Assert.Contains(
            "larger than 4,194,304 bytes",
            ReplyFiles.Parse(File("a.js", ReplyFiles.LargestFile)).Failure,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "together larger",
            ReplyFiles.Parse(string.Concat(Enumerable.Range(0, 5).Select(i => File($"{i}.js", 4_000_000)))).Failure,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "more than 200 files",
            ReplyFiles.Parse(string.Concat(Enumerable.Range(0, 201).Select(i => File($"{i}.js", 1)))).Failure,
            StringComparison.Ordinal
        );
    }

    // Each was slow in some reading of the format: quadratic in lines, in blocks, in blanks, in nested fences.
    [Theory]
    [InlineData("\n")]
    [InlineData("```\n")]
    [InlineData("```md\n")]
    [InlineData("```md\n```js\n")]
    [InlineData("**a.js**\n```\n")]
    [InlineData("**a.js**\n```js\n```\n")]
    [InlineData("**a.js**\n")]
    [InlineData("`")]
    [InlineData("*")]
    [InlineData("#")]
    [InlineData(" ")]
    [InlineData("~")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("# a.b c.d: \n~~~js title=\"\n~~~\n")]
    [InlineData("``` js file=\n// x\n```\n")]
    [InlineData("** a.js\n````md\n```js\n")]
    public async Task Ten_megabytes_of_anything_take_no_more_than_their_share(string piece)
    {
        // A tenth of a second each here; a reading that is quadratic takes many minutes.
        var limit = TimeSpan.FromSeconds(60);
        var text = string.Concat(Enumerable.Repeat(piece, 10 * 1024 * 1024 / piece.Length));

        var reading = Task.Run(
            () =>
            {
                foreach (var reply in (string[])[text, $"**a.md**\n```\n{text}", $"```html\n{text}\n```"])
                    ReplyFiles.Parse(reply, new(["index.html", "a.js"], ["b.js"]), complete: true);
            },
            TestContext.Current.CancellationToken
        );

        // What does not end is left behind, and not waited for.
        await reading.WaitAsync(limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Random_replies_are_read_without_a_fault_and_give_safe_names()
    {
        string[] pieces =
        [
            "```",
            "~~~",
            "````",
            "\n",
            "\n",
            "**",
            "a.js",
            "../",
            "/x",
            "# ",
            ":",
            "md",
            "`",
            " ",
            "<!--",
            "-->",
            "// ",
            "b.md",
            "\r",
        ];
        var random = new Concord.Core.Statistics.Xoshiro256(7);
        for (var run = 0; run < 20_000; run++)
        {
            var text = string.Concat(
                Enumerable
                    .Range(0, 3 + (int)(random.NextDouble() * 40))
                    .Select(_ => pieces[(int)(random.NextDouble() * pieces.Length)])
            );
            var reply = ReplyFiles.Parse(text, new(["a.js"], ["b.md"]), complete: run % 2 == 0);

            Assert.Equal(reply.Failure is null, reply.Files.Count > 0);
            Assert.All(reply.Files, f => Assert.Null(ReplyPath.Mistake(f.Path)));
            Assert.DoesNotContain(reply.Files, f => f.Path == "b.md");
        }
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
