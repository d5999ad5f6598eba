using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Concord.Pipeline.Hub;

/// <summary>The Hub's JSON: what Concord needs must be there, and everything else may be as it likes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = 32
)]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(CardCheck))]
[JsonSerializable(typeof(CardVerdict))]
[JsonSerializable(typeof(CommitAnswer))]
[JsonSerializable(typeof(CompleteRequest))]
[JsonSerializable(typeof(DiscussionPage))]
[JsonSerializable(typeof(HostedDataset))]
[JsonSerializable(typeof(NewBranch))]
[JsonSerializable(typeof(NewDataset))]
[JsonSerializable(typeof(NewTag))]
[JsonSerializable(typeof(PreuploadAnswer))]
[JsonSerializable(typeof(PreuploadRequest))]
[JsonSerializable(typeof(RefList))]
[JsonSerializable(typeof(HostedFile[]))]
[JsonSerializable(typeof(VerifyRequest))]
internal sealed partial class HubJson : JsonSerializerContext
{
    /// <summary>Makes a body, anew for each attempt.</summary>
    public static Func<Action, HttpContent> Content<T>(T document, JsonTypeInfo<T> type, string media = "application/json")
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, type);
        return _ => new ByteArrayContent(bytes) { Headers = { ContentType = new(media) } };
    }

    /// <exception cref="JsonException">It is something else.</exception>
    public static T Read<T>(byte[] bytes, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("null");
}
