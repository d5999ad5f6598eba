using Concord.Core.Domain.Preferences;

namespace Concord.Tests.Domain.Preferences;

public sealed class NearDuplicateTests
{
    [Theory]
    [InlineData("let x = 1;\nlet y = 2;", "let x=1; let y=2;\n")]
    [InlineData("a(); // first\nb();", "a();\nb();")]
    [InlineData("a();/* first\nand more */b();", "a();b();")]
    [InlineData("<p>one</p><!-- <b> -->", "<p>one</p>")]
    [InlineData("", " \n\t")]
    public void Whitespace_and_comments_make_no_difference(string a, string b)
    {
        Assert.True(NearDuplicate.Between(a, b));
        Assert.True(NearDuplicate.Between(b, a));
    }

    [Theory]
    [InlineData("ab", "a b")]
    [InlineData("let x = 1;", "let x = 2;")]
    [InlineData("", "a")]
    [InlineData("get https://a.example/1", "get https://b.example/1")]
    [InlineData("src='//a.example'", "src='//b.example'")]
    [InlineData("accept image/* now */ end", "accept image/* later */ end")]
    [InlineData("a /* never closed", "a /* never ended")]
    [InlineData("a <!-- never closed", "a <!-- never ended")]
    [InlineData("/* a */ <!-- b --> c /* never <!-- closed", "c /* never <!-- ended")]
    public void Other_differences_in_a_short_text_count(string a, string b) => Assert.False(NearDuplicate.Between(a, b));

    [Theory]
    [InlineData("<!-- ")]
    [InlineData(" /* ")]
    public void Beginnings_of_comments_without_an_end_are_not_each_searched_to_the_end(string mark)
    {
        var text = string.Concat(Enumerable.Repeat(mark, 2_000_000 / mark.Length));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.True(NearDuplicate.Between(text, text));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 8);
    }

    // One changed token among n changes 5 shingles: of n − 4 distinct ones, n − 9 are common and n + 1 are in the union.
    // (n − 9) / (n + 1) reaches 0.95 at n = 199.
    [Theory]
    [InlineData(199, true)]
    [InlineData(198, false)]
    public void One_changed_token_in_199_is_a_near_duplicate_and_in_198_is_not(int tokens, bool near)
    {
        string[] words = [.. Enumerable.Range(0, tokens).Select(i => $"w{i}")];
        var text = string.Join(' ', words);
        words[tokens / 2] = "other";
        Assert.Equal(near, NearDuplicate.Between(text, string.Join(' ', words)));
    }

    [Fact]
    public void Repetition_is_not_counted_because_shingles_are_a_set()
    {
        var once = "a b c d e f g ";
        Assert.True(NearDuplicate.Between(once + once, once + once + once));
    }
}
