namespace Concord.Pipeline.Hub;

/// <summary>A commit that was made.</summary>
internal sealed record CommitAnswer(string CommitOid, string CommitUrl)
{
    public string? PullRequestUrl { get; init; }
}
