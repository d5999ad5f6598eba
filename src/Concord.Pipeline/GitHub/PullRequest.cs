namespace Concord.Pipeline.GitHub;

/// <summary>One end of a pull request.</summary>
/// <param name="Ref">The branch.</param>
/// <param name="Sha">The commit there.</param>
internal sealed record PullRequestEnd(string Ref, string Sha)
{
    /// <summary>Null where the fork is gone.</summary>
    public HostedRepository? Repo { get; init; }
    public Account? User { get; init; }
}

/// <summary>A pull request.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="Title">Its title.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="Head">What is to be merged.</param>
/// <param name="Base">Where into.</param>
internal sealed record PullRequest(
    long Number,
    string State,
    string Title,
    string HtmlUrl,
    PullRequestEnd Head,
    PullRequestEnd Base
)
{
    public string? Body { get; init; }
    public bool Draft { get; init; }

    /// <summary>Who opened it; null where the account is gone.</summary>
    public Account? User { get; init; }
    public IReadOnlyList<Label>? Labels { get; init; }

    /// <summary>When it was merged; null where it was not.</summary>
    public string? MergedAt { get; init; }
    public string? MergeCommitSha { get; init; }

    /// <summary>Null while GitHub is finding out, and in lists.</summary>
    public bool? Mergeable { get; init; }

    /// <summary>Null in lists.</summary>
    public bool? MaintainerCanModify { get; init; }

    /// <summary>How many files it changes; null in lists.</summary>
    public int? ChangedFiles { get; init; }

    public bool IsOpen => State == "open";

    public bool IsMerged => MergedAt is not null;

    /// <summary>Whether it comes from this branch of this repository.</summary>
    public bool ComesFrom(RepositoryName repository, string branch) => Head.Ref == branch && Head.Repo?.Is(repository) == true;
}
