using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class ReplyRenderingTests
{
    [Fact]
    public void Files_stand_in_fenced_blocks_under_their_names_sorted_by_path() =>
        Assert.Equal(
            "**a/style.css**\n\n```css\np {}\n```\n\n**index.html**\n\n```html\n<p>\n```",
            ReplyRendering.Of([new("index.html", "<p>\n"), new("a/style.css", "p {}\n")])
        );

    [Theory]
    [InlineData("<p>")]
    [InlineData("<p>\n")]
    [InlineData("<p>\r\n\n\n")]
    public void The_content_ends_in_one_line_feed(string content) =>
        Assert.Equal("**a.html**\n\n```html\n<p>\n```", ReplyRendering.Of([new("a.html", content)]));

    [Theory]
    [InlineData("`x`", "```")]
    [InlineData("```js\nx\n```", "````")]
    [InlineData("x `````", "``````")]
    public void The_fence_is_longer_than_any_run_of_backticks_inside(string content, string fence) =>
        Assert.Equal($"**a.md**\n\n{fence}md\n{content}\n{fence}", ReplyRendering.Of([new("a.md", content)]));

    [Theory]
    [InlineData("Makefile")]
    [InlineData("a.b/Makefile")]
    [InlineData("x.")]
    [InlineData("x.a b")]
    public void A_name_without_a_plain_extension_has_no_info_string(string name) =>
        Assert.Equal($"**{name}**\n\n```\nx\n```", ReplyRendering.Of([new(name, "x")]));

    [Fact]
    public void Paths_are_sorted_by_their_UTF_8_bytes_not_their_UTF_16_units()
    {
        // U+FF5E sorts after U+1F600 in UTF-16 units and before it in UTF-8 bytes.
        var text = ReplyRendering.Of([new("\U0001F600", "x"), new("\uFF5E", "x")]);
        Assert.StartsWith("**\uFF5E**", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_an_empty_block_and_no_files_are_no_text()
    {
        Assert.Equal("**a.js**\n\n```js\n```", ReplyRendering.Of([new("a.js", "\n")]));
        Assert.Equal("", ReplyRendering.Of([]));
    }
}
