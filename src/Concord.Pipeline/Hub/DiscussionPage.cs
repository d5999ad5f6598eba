namespace Concord.Pipeline.Hub;

/// <summary>A page of the pull requests of a dataset.</summary>
/// <param name="Discussions">The newest first.</param>
internal sealed record DiscussionPage(IReadOnlyList<Discussion> Discussions)
{
    public int Count { get; init; }
    public int Start { get; init; }
}

internal sealed record Discussion(int Num, string Title)
{
    public bool IsPullRequest { get; init; }
    public string? Status { get; init; }
}
