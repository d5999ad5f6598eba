using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Concord.App.Host.Documents;

namespace Concord.App.Host;

/// <summary>The API's JSON: strict where it reads, snake_case, made at compile time so that the first answer comes at once.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 16
)]
[JsonSerializable(typeof(SessionDocument))]
[JsonSerializable(typeof(ItemDocument))]
[JsonSerializable(typeof(FilesDocument))]
[JsonSerializable(typeof(SavedDocument))]
[JsonSerializable(typeof(ConflictDocument))]
[JsonSerializable(typeof(InvalidDocument))]
[JsonSerializable(typeof(PendingDocument))]
[JsonSerializable(typeof(SummaryDocument))]
[JsonSerializable(typeof(SubmittedDocument))]
[JsonSerializable(typeof(SubmitStepDocument))]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(GradeBody))]
[JsonSerializable(typeof(DraftBody))]
internal sealed partial class HostJson : JsonSerializerContext
{
    public static Task WriteAsync<T>(HttpContext context, T document, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, type);
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <exception cref="BadHttpRequestException">The body is too large, or not what it should be.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new BadHttpRequestException("null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BadHttpRequestException("Not the JSON that is expected.", e);
        }
    }
}
