namespace Concord.Pipeline.GitHub;

/// <summary>A pull request as it should be.</summary>
/// <param name="Head">The repository that has the branch: the same one, or a fork.</param>
/// <param name="Branch">The branch with the changes.</param>
/// <param name="Into">The branch that they are for.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its description, in Markdown.</param>
internal sealed record NewPullRequest(RepositoryName Head, string Branch, string Into, string Title, string Body)
{
    /// <summary>Only when it is opened: a draft is made ready by hand.</summary>
    public bool Draft { get; init; }

    /// <summary>Whether maintainers may push to the branch of a personal fork.</summary>
    public bool MaintainerCanModify { get; init; } = true;
}

/// <summary>What became of it.</summary>
internal enum PullRequestOutcome
{
    Opened,
    Updated,
    Unchanged,
}

/// <summary>The pull request that is there now.</summary>
internal sealed record SubmittedPullRequest(PullRequest PullRequest, PullRequestOutcome Outcome);

internal sealed record PullRequestBody(string Title, string Head, string Base, string Body, bool Draft)
{
    public string? HeadRepo { get; init; }
    public bool? MaintainerCanModify { get; init; }
}

internal sealed record PullRequestChange(string? Title, string? Body);
