namespace Concord.Pipeline.GitHub;

/// <summary>A release.</summary>
/// <param name="Id">Its number among all releases.</param>
/// <param name="TagName">Its tag.</param>
/// <param name="HtmlUrl">Its page.</param>
/// <param name="UploadUrl">Where assets go: a template that ends in <c>{?name,label}</c>.</param>
internal sealed record Release(long Id, string TagName, string HtmlUrl, string UploadUrl)
{
    public string? Name { get; init; }
    public string? Body { get; init; }
    public bool Draft { get; init; }
    public bool Prerelease { get; init; }
}

/// <summary>A file of a release.</summary>
/// <param name="Id">Its number among all assets.</param>
/// <param name="Name">Its name.</param>
/// <param name="State"><c>uploaded</c>, or <c>starter</c> where an upload broke off.</param>
/// <param name="Size">In bytes.</param>
internal sealed record ReleaseAsset(long Id, string Name, string State, long Size)
{
    public string? BrowserDownloadUrl { get; init; }

    /// <summary>Such as <c>sha256:…</c>; null for old ones.</summary>
    public string? Digest { get; init; }

    public bool IsWhole => State == "uploaded";
}

/// <summary>A release as it should be.</summary>
/// <param name="TagName">The tag; made at <paramref name="TargetCommitish"/> where it is not there.</param>
/// <param name="TargetCommitish">A commit's full id.</param>
/// <param name="Name">The title.</param>
/// <param name="Body">The text, in Markdown.</param>
internal sealed record NewRelease(string TagName, string TargetCommitish, string Name, string Body)
{
    public bool Prerelease { get; init; }
}

internal sealed record ReleaseChange(string Name, string Body, bool Prerelease);
