using Concord.Core.Domain;

namespace Concord.Tests.Domain;

public sealed class GitHubLoginTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("Ada-9")]
    [InlineData("0123456789012345678901234567890123456-9")]
    [InlineData("ada_acme")]
    [InlineData("acme-app[bot]")]
    public void A_login_is_one(string text) => Assert.True(GitHubLogin.IsLogin(text));

    [Theory]
    [InlineData("")]
    [InlineData("-ada")]
    [InlineData("ada-")]
    [InlineData("a--da")]
    [InlineData("@ada")]
    [InlineData("ada\n")]
    [InlineData("ädä")]
    [InlineData("ada_")]
    [InlineData("[bot]")]
    [InlineData("not a login!!")]
    [InlineData("01234567890123456789012345678901234567-9")]
    public void Anything_else_is_none(string text) => Assert.False(GitHubLogin.IsLogin(text));
}
