using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Concord.Pipeline.GitHub;

/// <summary>GitHub's JSON: what Concord needs must be there, and everything else may be as it likes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32
)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(ArtifactPage))]
[JsonSerializable(typeof(ChangedFile[]))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(HostedRepository))]
[JsonSerializable(typeof(IssueComment))]
[JsonSerializable(typeof(IssueComment[]))]
[JsonSerializable(typeof(Label))]
[JsonSerializable(typeof(Label[]))]
[JsonSerializable(typeof(LabelNames))]
[JsonSerializable(typeof(MergeRequest))]
[JsonSerializable(typeof(MergeResult))]
[JsonSerializable(typeof(NewFork))]
[JsonSerializable(typeof(NewRelease))]
[JsonSerializable(typeof(PullRequest))]
[JsonSerializable(typeof(PullRequest[]))]
[JsonSerializable(typeof(PullRequestBody))]
[JsonSerializable(typeof(PullRequestChange))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(ReleaseAsset))]
[JsonSerializable(typeof(ReleaseAsset[]))]
[JsonSerializable(typeof(ReleaseChange))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(WorkflowRun))]
internal sealed partial class GitHubJson : JsonSerializerContext
{
    /// <summary>Makes a body, anew for each attempt.</summary>
    public static Func<HttpContent> Content<T>(T document, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, type);
        return () => new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") { CharSet = "utf-8" } } };
    }

    /// <exception cref="JsonException">It is something else.</exception>
    public static T Read<T>(byte[] bytes, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("null");
}
