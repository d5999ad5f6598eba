using System.Text;
using Concord.Core.Domain;
using Concord.Core.Domain.Privacy;
using Concord.Pipeline.Exporting;

namespace Concord.Tests.Domain.Privacy;

public sealed class PseudonymTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly GraderId Ann = GraderId.Parse("ann-smith");

    // printf ann-smith | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    [Fact]
    public void A_pseudonym_is_the_beginning_of_an_hmac() =>
        Assert.Equal("g_4c4afcda8cebb2f2", Pseudonym.Of(Ann, Encoding.UTF8.GetBytes(Secret)));

    [Fact]
    public void Pseudonyms_agree_under_the_same_key_and_differ_under_different_ones()
    {
        var (first, second, other) = (
            PseudonymKey.FromEnvironment(Secret),
            PseudonymKey.FromEnvironment($" {Secret}\n"),
            PseudonymKey.FromEnvironment(Secret + "0")
        );
        Assert.Equal(first.Of(Ann), second.Of(Ann));
        Assert.NotEqual(first.Of(Ann), other.Of(Ann));
        Assert.NotEqual(first.Of(Ann), first.Of(GraderId.Parse("bob")));
        Assert.Equal((false, false), (first.IsFresh, other.IsFresh));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n")]
    public void Without_a_key_each_release_has_one_of_its_own(string? value)
    {
        var (first, second) = (PseudonymKey.FromEnvironment(value), PseudonymKey.FromEnvironment(value));
        Assert.True(first.IsFresh);
        Assert.Equal(first.Of(Ann), first.Of(Ann));
        Assert.NotEqual(first.Of(Ann), second.Of(Ann));
    }

    [Fact]
    public void A_key_that_is_too_short_is_refused_without_being_told()
    {
        var refused = Assert.Throws<ConcordException>(() => PseudonymKey.FromEnvironment(Secret[1..]));
        Assert.Contains("CONCORD_PSEUDONYM_KEY", refused.Message, StringComparison.Ordinal);
        Assert.Contains("31 bytes", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret[1..], refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Pseudonym.Of(Ann, Encoding.UTF8.GetBytes(Secret[1..])));
    }
}
