using System.Text.RegularExpressions;
using Concord.Core.Domain;
using Concord.Pipeline.Judging;

namespace Concord.Tests.Judging;

/// <summary>Others' text in comments.</summary>
public sealed partial class MarkdownTests
{
    public static TheoryData<string> Attacks =>
        [
            "@everyone look",
            "mail someone@evil.example",
            "[click](https://evil.example)",
            "![pixel](http://evil.example/p.png)",
            "https://evil.example and www.evil.example and ftp://evil.example",
            "<img src=x onerror=alert(1)> <!-- concord --> </details>",
            "fixes #12, gh-12, GH-12",
            "a | b | c",
            "`code` ``two`` ```three",
            "# heading\n\n- list\r\n> quote",
            "**bold** __bold__ ~~gone~~ $\\sqrt{3}$",
            "\\",
            "\u202edrawkcab",
            "",
        ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_sentence_is_shown_as_it_is(string text)
    {
        var written = Markdown.Text(text);

        IsHarmless(written);
        Assert.DoesNotContain('\n', written);
        // What a reader sees.
        Assert.Equal(PlainText.Of(text), Escape().Replace(written, "$1").Replace("\u200B", "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_name_stays_within_its_quotes(string text)
    {
        var written = Markdown.Code(text);

        IsHarmless($"before {written} after");
        Assert.DoesNotContain('\n', written);
    }

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        Assert.True(Markdown.Text(string.Concat(Enumerable.Repeat("😀", 10_000))).Length < 600);
        Assert.True(Markdown.Code(string.Concat(Enumerable.Repeat("😀", 10_000))).Length < 600);
    }

    /// <summary>Outside code no character that GitHub would act on.</summary>
    internal static void IsHarmless(string text)
    {
        // Our own page breaks apart, and what stands in code.
        var prose = Code()
            .Replace(text, "")
            .Replace("<sub>", "", StringComparison.Ordinal)
            .Replace("</sub>", "", StringComparison.Ordinal);
        Assert.DoesNotMatch(@"@[A-Za-z0-9]", prose);
        Assert.DoesNotMatch(@"#[0-9]", prose);
        Assert.DoesNotMatch(@"(?i)://|www\.|gh-[0-9]", prose);
        Assert.DoesNotMatch(@"(?<!\\)(?:\\\\)*[<\[]", prose);
    }

    [GeneratedRegex(@"\\([\\`*_\[\]<>&~|$!#{}()])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)")]
    private static partial Regex Code();
}
