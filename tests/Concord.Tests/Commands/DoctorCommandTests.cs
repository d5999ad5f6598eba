using Concord.Tests.Support;

namespace Concord.Tests.Commands;

/// <summary>What doctor tells of where grades are handed in.</summary>
public sealed class DoctorCommandTests
{
    [Theory]
    [InlineData("https://github.com/acme/bench.git", "GitHub at github.com", "found by GH_TOKEN")]
    [InlineData("git@gitlab.acme.example:acme/bench.git", "gitlab.acme.example: its page is named", "none is needed")]
    [InlineData("https://git.acme.example/acme/bench.git", "missing", "none is needed")]
    [InlineData("../bench.git", "none: the remote is a folder", "none is needed")]
    public async Task The_remote_its_branch_its_forge_and_where_a_token_is_are_told_and_never_the_token(
        string url,
        string forge,
        string token
    )
    {
        using var clone = TestWorkspace.Create();
        clone.Git("remote", "add", "origin", url);
        clone.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");

        var result = await ConcordProcess.RunAsync(
            clone.Path,
            [("GH_TOKEN", "ghp_s3cret"), ("GH_HOST", ""), ("GITHUB_SERVER_URL", "")],
            ["dotnet", ConcordProcess.Program, "doctor"]
        );

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches(@"(?m)^remote +origin ", result.Out);
        Assert.Matches(@"(?m)^default branch +trunk ", result.Out);
        Assert.Matches($@"(?m)^forge +{forge}", result.Out);
        Assert.Matches($@"(?m)^token +{token}", result.Out);
        Assert.DoesNotContain("s3cret", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_remote_it_is_told_how_to_add_one()
    {
        using var clone = TestWorkspace.Create();

        var result = await CommandLine.RunAsync(clone.Path, "doctor");

        Assert.Contains("git remote add origin URL", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("GH_TOKEN", result.Out, StringComparison.Ordinal);
    }
}
