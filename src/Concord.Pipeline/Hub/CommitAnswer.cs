using System.Text.Json.Serialization;

namespace Concord.Pipeline.Hub;

/// <summary>A commit that was made.</summary>
internal sealed record CommitAnswer([property: JsonConverter(typeof(GitId))] string CommitOid, string CommitUrl)
{
    public string? PullRequestUrl { get; init; }
}
