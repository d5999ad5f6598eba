using Concord.Pipeline.Git;

namespace Concord.Tests.Git;

public sealed class RemoteWordsTests
{
    [Theory]
    [InlineData(
        "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists."
    )]
    [InlineData("fatal: Could not read from remote repository")]
    public void What_git_said_ends_without_a_stop_for_the_sentence_around_it(string error) =>
        Assert.Equal("fatal: Could not read from remote repository", RemoteBranches.Words(new(1, [], error)));
}
