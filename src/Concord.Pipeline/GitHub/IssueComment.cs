namespace Concord.Pipeline.GitHub;

/// <summary>A comment on a pull request, which is an issue too.</summary>
/// <param name="Id">Its number among all comments.</param>
/// <param name="HtmlUrl">Its page.</param>
internal sealed record IssueComment(long Id, string HtmlUrl)
{
    public string? Body { get; init; }

    /// <summary>Who wrote it; null where the account is gone.</summary>
    public Account? User { get; init; }
}

internal sealed record CommentBody(string Body);
