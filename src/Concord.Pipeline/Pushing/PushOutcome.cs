namespace Concord.Pipeline.Pushing;

/// <summary>How a file is kept on the Hub.</summary>
public enum PushedWay
{
    /// <summary>Not asked, because the dataset is not there yet.</summary>
    Unknown,

    /// <summary>In the repository.</summary>
    Regular,

    /// <summary>In the store for large files.</summary>
    Large,
}

/// <summary>A file that was pushed, or would be.</summary>
/// <param name="Path">Its path there.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Way">How it is kept.</param>
public sealed record PushedFile(string Path, long Size, PushedWay Way);

/// <summary>What was done, or would be.</summary>
/// <param name="Dataset">As <c>owner/name</c>.</param>
/// <param name="Revision">The branch.</param>
/// <param name="Page">Where to look at it: the commit, the pull request, or the dataset.</param>
public sealed record PushOutcome(string Dataset, string Revision, string Page)
{
    /// <summary>Whether the dataset was made.</summary>
    public bool IsNew { get; init; }

    /// <summary>Whether the branch was made.</summary>
    public bool IsNewBranch { get; init; }

    /// <summary>Whether the change is proposed in a pull request.</summary>
    public bool IsPullRequest { get; init; }

    /// <summary>Files that are new or other than they were there.</summary>
    public IReadOnlyList<PushedFile> Files { get; init; } = [];

    /// <summary>Paths that went: parts of the same splits, of an earlier push.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>How many files were there as they are.</summary>
    public int Same { get; init; }

    /// <summary>Bytes that went to the store for large files.</summary>
    public long Sent { get; init; }

    /// <summary>Bytes that the store had already.</summary>
    public long Found { get; init; }

    /// <summary>The commit that has the files; null before there is one.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether a commit was made, and not merely found.</summary>
    public bool IsCommitted { get; init; }

    /// <summary>Whether the tag was there, at this commit.</summary>
    public bool WasTagged { get; init; }
}
